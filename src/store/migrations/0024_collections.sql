-- Customer disputes: what a customer objects to on an invoice of ours. While one is open, the invoice is not collected.
-- (What we object to on a carrier's invoice is another matter, with tables of its own.)

set search_path to lading;

create table customer_dispute (
  tenant text not null, id bigint generated always as identity,
  invoice text not null, customer text not null, reason text not null,
  opened_at timestamptz not null, opened_by text not null,
  closed_at timestamptz, closed_by text, outcome text,
  primary key (tenant, id)
);
create unique index customer_dispute_open on customer_dispute (tenant, invoice) where closed_at is null;
create index customer_dispute_by_customer on customer_dispute (tenant, customer);

alter table customer_dispute enable row level security;
alter table customer_dispute force row level security;
create policy tenancy on customer_dispute
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
