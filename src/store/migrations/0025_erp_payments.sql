-- Payments as they are registered in the ERP: one row for each part of a payment that settles an invoice there. A part that is
-- not right any more (taken back, or settled otherwise) is undone, and what is right is registered as a new one.

set search_path to lading;

create table erp_payment (
  tenant text not null,
  number text not null,                           -- pay:customer/payment/invoice#1, permanent
  customer text not null, payment text not null, invoice text not null, sequence integer not null,
  currency text not null, amount_minor bigint not null, received_on date not null,
  journal text not null,                          -- code of the journal there
  undone boolean not null default false,          -- it is to be undone there; its effect says how far that is
  erp_id text, erp_number text, registered_at timestamptz, undone_at timestamptz,
  primary key (tenant, number)
);
create index erp_payment_by_payment on erp_payment (tenant, customer, payment, invoice);

alter table erp_payment enable row level security;
alter table erp_payment force row level security;
create policy tenancy on erp_payment
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
