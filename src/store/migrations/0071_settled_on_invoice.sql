-- What payments and credit notes have settled of a document stands on it, kept by the database with each allocation: what is open
-- is then read from the few documents that are, however many were paid.
set search_path = lading, pg_temp;

-- Of an invoice what was paid or set off, of a credit note what was given of it.
alter table invoice add column settled_minor bigint not null default 0;

update invoice i set settled_minor = s.minor
  from (select tenant, number, sum(minor)::bigint as minor
          from (select tenant, invoice as number, amount_minor as minor from allocation
                union all
                select tenant, source, amount_minor from allocation where source_kind = 'credit-note') as parts
         group by tenant, number) as s
 where s.tenant = i.tenant and s.number = i.number;

create function settle_document() returns trigger language plpgsql as $$
declare
  of record := coalesce(new, old);
  delta bigint := coalesce(new.amount_minor, 0) - coalesce(old.amount_minor, 0);
begin
  if delta <> 0 then
    update lading.invoice set settled_minor = settled_minor + delta
     where tenant = of.tenant and (number = of.invoice or (of.source_kind = 'credit-note' and number = of.source));
  end if;
  return null;
end $$;
create trigger settle_document after insert or delete or update of amount_minor on allocation for each row
  execute function settle_document();

create index invoice_open on invoice
  (tenant, ((decided_at at time zone 'UTC')::date + coalesce(payment_terms_days, 0)), number)
  where subtotal_minor + tax_minor > settled_minor;
