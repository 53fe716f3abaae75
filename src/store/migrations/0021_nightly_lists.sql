-- What is done at an hour of each day, when it is next due, and the lists that were taken then.

set search_path to lading;

create table job_due (
  tenant text not null, job text not null,
  at text not null, timezone text not null,       -- as the setup has it
  due_at timestamptz not null,
  primary key (tenant, job)
);

create table nightly_list (
  tenant text not null, taken_at timestamptz not null,
  lists jsonb not null,                           -- by name: how many there were, and the first of them
  primary key (tenant, taken_at)
);

do $$
declare name text;
begin
  foreach name in array array['job_due', 'nightly_list']
  loop
    execute format('alter table lading.%I enable row level security', name);
    execute format('alter table lading.%I force row level security', name);
    execute format($policy$create policy tenancy on lading.%I
      using (tenant = current_setting('lading.tenant', true))
      with check (tenant = current_setting('lading.tenant', true))$policy$, name);
  end loop;
end $$;
