-- The account: common invoices and credit, orders and their coverage, carriers' bills, payments.
--
-- What concerns several shipments is decided by those who hold it in common: a customer's account, an order, a carrier's
-- bills. Each has a short list of what is due; whoever works on it holds its row, so that any number of workers may run.

set search_path to lading;

-- What was settled about a shipment in common with others, and what it last claimed and offered: JSON, compared like `names`.
alter table shipment
  add column standing   text not null default '{}',
  add column claims     text not null default '[]',
  add column candidates text not null default '[]';

alter table invoice_line
  add column "order" text, add column line integer,
  add column quantity text, add column quantity_delta text, add column unit_price text,
  add column tax_rate text not null default '0', add column tax_minor bigint not null default 0;

-- ── accounts ────────────────────────────────────────────────────────────────────────────────────

-- First documents that wait for their account, one a shipment and currency.
create table billing_candidate (
  tenant text not null, customer text not null, shipment text not null, currency text not null,
  legal_entity text, ready_since timestamptz not null, lines jsonb not null,
  primary key (tenant, shipment, currency)
);
create index billing_candidate_by_customer on billing_candidate (tenant, customer);

create table account_due (
  tenant text not null, customer text not null, due_at timestamptz not null,
  primary key (tenant, customer)
);

create table payment (
  tenant text not null, customer text not null, payment text not null, currency text not null,
  amount_minor bigint not null, left_minor bigint not null, received_on date not null,
  remittance jsonb not null default '[]', event_id bigint not null, recorded_at timestamptz not null,
  primary key (tenant, customer, payment)
);
create index payment_left on payment (tenant, customer) where left_minor > 0;

-- What settled how much of which invoice: a payment, or a credit note set off.
create table allocation (
  tenant text not null, source_kind text not null check (source_kind in ('payment', 'credit-note')),
  customer text not null, source text not null, invoice text not null,
  amount_minor bigint not null, at timestamptz not null,
  primary key (tenant, source_kind, customer, source, invoice)
);
create index allocation_by_invoice on allocation (tenant, invoice);

-- ── orders ──────────────────────────────────────────────────────────────────────────────────────

create table order_claim (
  tenant text not null, customer text not null, "order" text not null, line integer not null, shipment text not null,
  planned text not null, kept text not null, wanted text not null, documented text not null,
  due_since timestamptz, status text not null,
  placed bigint,                                  -- the event of the order it was decided upon
  primary key (tenant, "order", customer, line, shipment)
);
create index order_claim_by_shipment on order_claim (tenant, shipment);

create index invoice_line_by_order on invoice_line (tenant, "order") where "order" is not null;

-- By number alone: exceptions name an order by it, whosever it is.
create table order_due (
  tenant text not null, "order" text not null,
  primary key (tenant, "order")
);

-- ── carriers' bills ─────────────────────────────────────────────────────────────────────────────

create table carrier_invoice (
  tenant text not null, id bigint not null,       -- its event: the order of arrival
  carrier text not null, invoice text not null, currency text not null, issued_on date not null,
  arrived_at timestamptz not null, message_id bigint not null,
  line_count integer not null,
  billed_minor numeric(40) not null,              -- theirs, and they may write any figure
  verdict text check (verdict in ('approved', 'disputed', 'duplicate', 'unmatched')),
  expected_minor numeric(40) not null default 0,
  compared jsonb not null default '[]',           -- per shipment and code: billed, expected, and whether it is within tolerance
  audited_at timestamptz,
  bill text,                                      -- the document it became in the ERP, once, whatever is found later
  posted_at timestamptz, erp_id text, erp_number text,
  primary key (tenant, id)
);
create index carrier_invoice_by_number on carrier_invoice (tenant, carrier, invoice, id);
create index carrier_invoice_by_bill on carrier_invoice (tenant, bill) where bill is not null;

create table carrier_invoice_line (
  tenant text not null, id bigint not null, position integer not null, carrier text not null,
  names text not null,                            -- [[type, value], …]: what may find its shipment, in the order to try
  shipment text, code text not null, amount_minor numeric(40) not null,
  state text check (state in ('approved', 'disputed')),  -- null: it bills nothing, its invoice is unmatched or a duplicate
  primary key (tenant, id, position)
);
create index carrier_invoice_line_by_shipment on carrier_invoice_line (tenant, shipment);
create index carrier_invoice_line_billing on carrier_invoice_line (tenant, shipment) where state is not null;
-- Names of lines whose shipment is not known yet.
create table carrier_invoice_name (
  tenant text not null, type text not null, value text not null, id bigint not null,
  primary key (tenant, value, type, id)
);

-- What is to be looked at, and why does not matter. Each mark is a row of its own, so that marking waits for nobody and a
-- mark that is made while its invoice is being looked at is not lost.
create table carrier_invoice_due (
  tenant text not null, carrier text not null, id bigint not null, mark bigint generated always as identity,
  primary key (tenant, carrier, id, mark)
);

do $$
declare name text;
begin
  foreach name in array array['billing_candidate', 'account_due', 'payment', 'allocation', 'order_claim', 'order_due',
                              'carrier_invoice', 'carrier_invoice_line', 'carrier_invoice_name', 'carrier_invoice_due']
  loop
    execute format('alter table lading.%I enable row level security', name);
    execute format('alter table lading.%I force row level security', name);
    execute format($policy$create policy tenancy on lading.%I
      using (tenant = current_setting('lading.tenant', true))
      with check (tenant = current_setting('lading.tenant', true))$policy$, name);
  end loop;
end $$;
