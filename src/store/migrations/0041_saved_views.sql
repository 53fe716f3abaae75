-- Views that people keep: the filters and the order of a list, under a name of their own.
set search_path = lading, pg_temp;

create table saved_view (
  tenant text not null, owner text not null,      -- who signs in, or `key:` and a key's id
  list text not null, name text not null,
  query jsonb not null,                           -- { filter: value }, as in the page's address
  changed_at timestamptz not null,
  primary key (tenant, owner, list, name)
);

alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy tenancy on saved_view
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
