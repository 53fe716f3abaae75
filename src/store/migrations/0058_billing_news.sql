-- Shipments with goods of orders, whose billing an ERP that holds the orders is to be told anew: one row a shipment, marked with
-- whatever may have changed it. What was told last is kept, so that what did not change is not told.

set search_path to lading;

create table billing_news (
  tenant text not null, shipment text not null,
  state text not null default 'due' check (state in ('due', 'leased', 'told', 'not-held')),
  marks bigint not null default 1,                -- raised by each mark: what is marked while it is told is told again
  next_at timestamptz,                            -- none: at once; of a leased one: when the lease ends
  told text,                                      -- what was told last, as JSON
  trouble text,                                   -- why it is not told yet
  primary key (tenant, shipment)
);
create index billing_news_due on billing_news (tenant, next_at) where state in ('due', 'leased');

insert into billing_news (tenant, shipment) select distinct tenant, shipment from order_claim;

alter table billing_news enable row level security;
alter table billing_news force row level security;
create policy tenancy on billing_news
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
