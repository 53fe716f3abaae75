-- Payments as banks tell them: with what the payer wrote, under further names, and sometimes taken back.

set search_path to lading;

alter table payment
  add column text text not null default '',
  add column "references" text[] not null default '{}',  -- other names of the same payment
  add column reversed_by text;                            -- it was taken back whole, and settles nothing

create table payment_reversal (
  tenant text not null, customer text not null, reversal text not null, currency text not null,
  amount_minor bigint not null, reversed_on date not null,
  names text[] not null,                                  -- by which it may name its payment
  payment text,                                           -- which it took back; null: not found yet
  event_id bigint not null, recorded_at timestamptz not null,
  primary key (tenant, customer, reversal)
);
create index payment_reversal_open on payment_reversal (tenant, customer) where payment is null;

alter table payment_reversal enable row level security;
alter table payment_reversal force row level security;
create policy tenancy on payment_reversal
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
