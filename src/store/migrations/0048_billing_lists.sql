-- Lists of invoices and of carriers' invoices are sorted by when they came, found by how their numbers begin, and an
-- invoice by what it corrects.
set search_path = lading, pg_temp;

create index invoice_by_decided on invoice (tenant, decided_at, number);
create index invoice_by_corrected on invoice (tenant, corrects) where corrects is not null;
create index carrier_invoice_by_prefix on carrier_invoice (tenant, invoice collate "C");
create index carrier_invoice_by_verdict on carrier_invoice (tenant, verdict, id);
