-- Bills that are in the ERP, whose costs it is still to add to the value of the goods that they brought here: one row a bill.

set search_path to lading;

create table landed_cost (
  tenant text not null, bill text not null,
  state text not null default 'due' check (state in ('due', 'landed', 'none', 'left')), -- left: to a person, for the receipt never came
  noted_at timestamptz not null,                  -- when the bill was confirmed
  next_at timestamptz,                            -- none: at once; of what is under way: when it is due again
  reason text,                                    -- why it is not done, or not needed
  primary key (tenant, bill)
);
create index landed_cost_due on landed_cost (tenant, next_at nulls first) where state = 'due';

alter table landed_cost enable row level security;
alter table landed_cost force row level security;
create policy tenancy on landed_cost
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
