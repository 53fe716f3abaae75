-- What an ERP that holds the orders is to be told of their shipments: one row a shipment and milestone, kept when it is told, so
-- that it is not told again.

set search_path to lading;

create table order_news (
  tenant text not null, shipment text not null, milestone text not null,
  state text not null default 'due' check (state in ('due', 'told', 'not-held')),
  next_at timestamptz,                            -- none: at once
  reason text,                                    -- why it is not told yet
  primary key (tenant, shipment, milestone)
);
create index order_news_due on order_news (tenant, next_at) where state = 'due';

alter table order_news enable row level security;
alter table order_news force row level security;
create policy tenancy on order_news
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
