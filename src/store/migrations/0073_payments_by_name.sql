-- A payment by its name alone, as its exception and other customers' payments of one number ask for it; and the documents that an
-- allocation settles, each found by its key: of an `or` the planner makes a scan where it knows nothing of the table yet.
set search_path = lading, pg_temp;

create index payment_by_name on payment (tenant, payment);

create or replace function settle_document() returns trigger language plpgsql as $$
declare
  of record := coalesce(new, old);
  delta bigint := coalesce(new.amount_minor, 0) - coalesce(old.amount_minor, 0);
begin
  if delta = 0 then return null; end if;
  update lading.invoice set settled_minor = settled_minor + delta where tenant = of.tenant and number = of.invoice;
  if of.source_kind = 'credit-note' then
    update lading.invoice set settled_minor = settled_minor + delta where tenant = of.tenant and number = of.source;
  end if;
  return null;
end $$;
