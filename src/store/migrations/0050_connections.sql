-- Outside systems that somebody holds, and when each partner was last heard: silence is noticed, not only errors.
set search_path = lading, pg_temp;

-- While it is held nothing goes to the system; what is wanted there waits, and nothing is given up.
alter table system_state add column held_since timestamptz, add column held_by text, add column held_reason text;

-- Follows behind the messages (store/heard.ts), so that taking one in costs nothing for it.
create table partner_heard (
  tenant text not null, partner text not null,    -- the one it was found to come from, else as the channel named it
  last_at timestamptz not null,
  primary key (tenant, partner)
);
create table heard_mark (
  tenant text not null, message_id bigint not null, -- messages up to this one are in partner_heard
  primary key (tenant)
);

do $$
declare name text;
begin
  foreach name in array array['partner_heard', 'heard_mark'] loop
    execute format('alter table lading.%I enable row level security', name);
    execute format('alter table lading.%I force row level security', name);
    execute format($policy$create policy tenancy on lading.%I
      using (tenant = current_setting('lading.tenant', true))
      with check (tenant = current_setting('lading.tenant', true))$policy$, name);
  end loop;
end $$;
