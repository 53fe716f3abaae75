-- A payment by its name alone, as its exception and other customers' payments of one number ask for it; and the documents that an
-- allocation settles, found by their key.
set search_path = lading, pg_temp;

create index payment_by_name on payment (tenant, payment);

create or replace function settle_document() returns trigger language plpgsql as $$
declare
  of record := coalesce(new, old);
  delta bigint := coalesce(new.amount_minor, 0) - coalesce(old.amount_minor, 0);
  numbers text[] := case of.source_kind when 'credit-note' then array[of.invoice, of.source] else array[of.invoice] end;
begin
  if delta <> 0 then
    update lading.invoice set settled_minor = settled_minor + delta where tenant = of.tenant and number = any(numbers);
  end if;
  return null;
end $$;
