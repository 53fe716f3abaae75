-- Links by which anybody may follow one shipment for a while. Of a link's token only the SHA-256 is kept.
set search_path = lading, pg_temp;

create table tracking_link (
  tenant text not null, id bigint generated always as identity,
  shipment text not null, hash bytea not null,
  created_at timestamptz not null, created_by text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant, id)
);
create unique index tracking_link_by_hash on tracking_link (tenant, hash);
create index tracking_link_by_shipment on tracking_link (tenant, shipment, id);

alter table tracking_link enable row level security;
alter table tracking_link force row level security;
create policy tenancy on tracking_link
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
