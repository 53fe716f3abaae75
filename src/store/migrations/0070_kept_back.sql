-- Credit notes that a remittance keeps back and that were not set off yet: the payment is looked at again although its money is
-- spent, or it brought none (a remittance over nothing, whose invoices and notes cancel out).
set search_path = lading, pg_temp;

alter table payment add column kept_back_minor bigint not null default 0;

drop index payment_left;
create index payment_left on payment (tenant, customer) where left_minor > 0 or kept_back_minor > 0;
