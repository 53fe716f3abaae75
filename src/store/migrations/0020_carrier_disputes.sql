-- Disputes about carriers' invoices, their life step by step, and what is paid once they are settled.

set search_path to lading;

alter table carrier_invoice
  add column bill_is_draft boolean not null default false;  -- left in the ERP as a draft, by the policy of then

create table carrier_dispute (
  tenant text not null, id bigint not null,                 -- its carrier's invoice
  carrier text not null, invoice text not null, currency text not null,
  state text not null check (state in ('open', 'sent', 'accepted', 'short-paid', 'written-off', 'resolved')),
  disputed_minor numeric(40) not null, recovered_minor numeric(40) not null default 0,
  payable jsonb,                                            -- settled: per shipment and code, what is paid in place of what was billed
  opened_at timestamptz not null, changed_at timestamptz not null,
  primary key (tenant, id)
);
create index carrier_dispute_by_carrier on carrier_dispute (tenant, carrier, id);

create table carrier_dispute_step (
  tenant text not null, id bigint not null, position integer not null,
  state text not null, at timestamptz not null, actor text not null, reason text not null,
  primary key (tenant, id, position)
);

insert into carrier_dispute (tenant, id, carrier, invoice, currency, state, disputed_minor, opened_at, changed_at)
select i.tenant, i.id, i.carrier, i.invoice, i.currency, 'open',
       (select coalesce(sum(greatest((line ->> 2)::numeric - (line ->> 3)::numeric, 0)), 0)
          from jsonb_array_elements(i.compared) as line where not (line ->> 4)::boolean),
       coalesce(i.audited_at, i.arrived_at), coalesce(i.audited_at, i.arrived_at)
  from carrier_invoice i where i.verdict = 'disputed';
insert into carrier_dispute_step (tenant, id, position, state, at, actor, reason)
select tenant, id, 1, 'open', opened_at, 'lading', 'The bill differs from what is expected.' from carrier_dispute;

do $$
declare name text;
begin
  foreach name in array array['carrier_dispute', 'carrier_dispute_step']
  loop
    execute format('alter table lading.%I enable row level security', name);
    execute format('alter table lading.%I force row level security', name);
    execute format($policy$create policy tenancy on lading.%I
      using (tenant = current_setting('lading.tenant', true))
      with check (tenant = current_setting('lading.tenant', true))$policy$, name);
  end loop;
end $$;
