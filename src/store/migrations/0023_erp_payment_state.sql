-- What the ERP says is still open on documents of ours: payments that were entered there move our receivables too.

set search_path to lading;

alter table allocation drop constraint allocation_source_kind_check;
alter table allocation add constraint allocation_source_kind_check check (source_kind in ('payment', 'credit-note', 'erp'));

-- One row a change; `seen_at` is when it was last read so. The row last read counts.
create table erp_payment_state (
  tenant text not null, number text not null, read_at timestamptz not null, seen_at timestamptz not null,
  system text not null, residual_minor bigint not null, payment_state text, recorded_at timestamptz not null,
  primary key (tenant, number, read_at)
);

alter table erp_payment_state enable row level security;
alter table erp_payment_state force row level security;
create policy tenancy on erp_payment_state
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
