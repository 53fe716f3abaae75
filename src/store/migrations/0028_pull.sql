-- Reading what others change in an outside system: how far each watch has come, and what was read last of each record.

set search_path to lading;

create table pull_cursor (
  tenant text not null, system text not null, watch text not null,
  since text,                                   -- the mark from which the pass under way reads; null: everything
  mark text,                                    -- the system's own time when the pass under way, or the last one, began
  in_pass boolean not null default false,
  after_id bigint not null default 0,           -- the last id that this pass has seen
  read_count bigint not null default 0, total bigint,  -- of the first load
  loaded_at timestamptz,                        -- when the first load was through
  next_at timestamptz not null, leased_until timestamptz,
  hinted boolean not null default false,        -- the system told that something changed: look twice
  failures integer not null default 0, last_error text, last_read_at timestamptz,
  primary key (tenant, system, watch)
);

create table outside_record (
  tenant text not null, system text not null, model text not null, id bigint not null,
  version integer not null,                     -- counts what was told of it, from 1
  digest bytea not null,                        -- of what was told last
  identity text not null,                       -- what is needed to tell of it once it is gone
  gone_at timestamptz,
  primary key (tenant, system, model, id)
);

do $$
declare name text;
begin
  foreach name in array array['pull_cursor', 'outside_record'] loop
    execute format('alter table lading.%I enable row level security', name);
    execute format('alter table lading.%I force row level security', name);
    execute format($policy$create policy tenancy on lading.%I
      using (tenant = current_setting('lading.tenant', true))
      with check (tenant = current_setting('lading.tenant', true))$policy$, name);
  end loop;
end $$;
