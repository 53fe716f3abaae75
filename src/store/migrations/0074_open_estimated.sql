-- What is open, said so that the planner can tell how many documents are: then it reads the table where most are open, and the
-- index where most were paid.
set search_path = lading, pg_temp;

create statistics invoice_open_minor on (subtotal_minor + tax_minor - settled_minor) from invoice;

drop index invoice_open;
create index invoice_open on invoice
  (tenant, ((decided_at at time zone 'UTC')::date + coalesce(payment_terms_days, 0)), number)
  where subtotal_minor + tax_minor - settled_minor > 0;
