-- What the nightly comparison of our books with those of an outside system found: when it was made last, and what differs.

set search_path to lading;

create table comparison (
  tenant text not null, system text not null,
  due_at timestamptz not null,                     -- when it is to be made next
  leased_until timestamptz,                        -- somebody is at it
  compared_at timestamptz, documents integer,
  failure text,                                    -- why the last try came to nothing
  primary key (tenant, system)
);

create table document_difference (
  tenant text not null, system text not null, document text not null, what text not null,
  ours text not null, theirs text not null,
  since timestamptz not null,                      -- first found so
  primary key (tenant, system, document, what)
);

alter table comparison enable row level security;
alter table comparison force row level security;
create policy tenancy on comparison
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
alter table document_difference enable row level security;
alter table document_difference force row level security;
create policy tenancy on document_difference
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));

-- A credit note that a person made in the ERP against a document of ours.
alter table invoice add column by_hand boolean not null default false;

-- A document that was cancelled there counts for nothing here, until it is posted again.
alter table invoice drop constraint invoice_state_check;
alter table invoice add constraint invoice_state_check check (state in ('decided', 'posted', 'cancelled'));
