-- What pages ask at once is answered from what it is about, however much is stored beside it: charges that are on no posted
-- document, messages that were set aside, invoices by amount, and the words of orders.
set search_path = lading, pg_temp;

create index charge_unposted on charge (tenant, shipment, currency) include (amount_minor)
  where side = 'sell' and state in ('expected', 'pending');
create index message_quarantined on message (tenant, id) where quarantined;
create index invoice_by_total on invoice (tenant, (subtotal_minor + tax_minor), number);

-- In small letters once, when it is written: that is what searching took its time with.
alter table customer_order add column words text collate "C" generated always as (lower(data) collate "C") stored;
