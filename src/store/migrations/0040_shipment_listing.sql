-- What a list of shipments shows, filters and sorts by, in rows of its own: a shipment's row carries all its facts, and a
-- list that reads those of a hundred thousand is slow whatever its indexes. Written with the shipment, where it differs.
set search_path = lading, pg_temp;

create table shipment_listing (
  tenant text not null, shipment text collate "C" not null,
  customer text not null, carrier text, mode text not null, status text not null, billing text not null,
  origin text, destination text,                  -- `Joliet, IL, US`
  planned_pickup_at timestamptz, planned_delivery_at timestamptz,
  picked_up_at timestamptz, delivered_at timestamptz,
  planned_by text[] not null,                     -- partners who sent a plan of it
  -- What really happened, else what is planned; lists are sorted by it, so there is always one.
  pickup_at timestamptz not null
    generated always as (coalesce(picked_up_at, planned_pickup_at, '-infinity')) stored,
  delivery_at timestamptz not null
    generated always as (coalesce(delivered_at, planned_delivery_at, '-infinity')) stored,
  primary key (tenant, shipment)
) with (fillfactor = 80);
create index shipment_listing_by_pickup on shipment_listing (tenant, pickup_at, shipment);
create index shipment_listing_by_customer on shipment_listing (tenant, customer, pickup_at, shipment);

alter table shipment_listing enable row level security;
alter table shipment_listing force row level security;
create policy tenancy on shipment_listing
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));

-- What is in `shipment_listing` for it now, as JSON: compared, so that only a change writes there.
alter table shipment add column listing text not null default '';

-- Numbers are searched by how they begin, byte by byte, whatever the collation of the database.
create index reference_by_prefix on reference (tenant, value collate "C");
create index invoice_by_prefix on invoice (tenant, number collate "C");
create index invoice_by_erp_prefix on invoice (tenant, erp_number collate "C") where erp_number is not null;

-- What is there already is listed by what is known here; the rest comes with its next decision, which is due at once.
alter table shipment no force row level security;
alter table shipment_listing no force row level security;
insert into shipment_listing (tenant, shipment, customer, carrier, mode, status, billing, picked_up_at, delivered_at, planned_by)
select tenant, shipment, customer, carrier, coalesce(mode, ''), status, billing, picked_up_at, delivered_at, '{}'
  from shipment where status is not null and customer is not null and billing is not null;
update shipment set wake_at = least(wake_at, now()) where status is not null;
alter table shipment force row level security;
alter table shipment_listing force row level security;
