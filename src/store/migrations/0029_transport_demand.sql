-- Orders of which somebody is asked to carry them: what was asked, and the answers.

set search_path to lading;

-- Since when a partner is asked, and how many interchanges it was sent.
create table demand_recipient (
  tenant text not null, recipient text not null,
  began_at timestamptz not null, last_control bigint not null default 0,
  primary key (tenant, recipient)
);

create table transport_demand (
  tenant text not null, "order" text not null, customer text not null,
  recipient text not null,                      -- the partner that is asked
  asked_by text not null,                       -- the partner that told of the order
  revision integer not null,                    -- of the last message, from 1
  under_way boolean not null,                   -- what became of the last message is not known yet
  answer_due_at timestamptz,                    -- when an answer is overdue; null: none is awaited, or it was said that it is
  acknowledged_at timestamptz,                  -- 997, or a webhook's 2xx
  answer text check (answer in ('accepted', 'declined')), answered_at timestamptz,
  primary key (tenant, "order", customer)
);
create index transport_demand_awaited on transport_demand (tenant, answer_due_at) where answer_due_at is not null;

-- Orders to look at: they changed, or their journey may have ended.
create table demand_due (
  tenant text not null, "order" text not null, customer text not null,
  asked_by text not null, recipient text not null, due_at timestamptz not null,
  primary key (tenant, "order", customer)
);

-- One row a message to the recipient; its life is that of the effect `demand:<recipient>:<subject>`.
create table demand_message (
  tenant text not null, subject text not null,  -- order/customer/revision
  recipient text not null, "order" text not null, customer text not null, revision integer not null,
  purpose text not null check (purpose in ('original', 'change', 'cancel')),
  content text not null,                        -- JSON
  control bigint not null,                      -- of the X12 interchange, by recipient from 1
  made_at timestamptz not null, taken_at timestamptz,
  rejected_as text,                             -- the document that a 997 rejected it under
  primary key (tenant, subject)
);
create index demand_message_of_order on demand_message (tenant, "order", customer, revision);
create index demand_message_by_control on demand_message (tenant, recipient, control);

do $$
declare name text;
begin
  foreach name in array array['demand_recipient', 'transport_demand', 'demand_due', 'demand_message'] loop
    execute format('alter table lading.%I enable row level security', name);
    execute format('alter table lading.%I force row level security', name);
    execute format($policy$create policy tenancy on lading.%I
      using (tenant = current_setting('lading.tenant', true))
      with check (tenant = current_setting('lading.tenant', true))$policy$, name);
  end loop;
end $$;
