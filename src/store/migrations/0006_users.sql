-- People who sign in, and their sessions. A password is kept as its Argon2id hash, a session's token as its SHA-256.
set search_path = lading, pg_temp;

create table app_user (
  tenant text not null, name text not null,
  display_name text not null, role text not null,
  partner text,                                   -- whom a partner's or customer's user belongs to
  password text,                                  -- null: signs in elsewhere (OIDC)
  created_at timestamptz not null,
  disabled_at timestamptz,
  failures integer not null default 0,            -- wrong passwords since the last right one
  locked_until timestamptz,
  primary key (tenant, name)
);
create table user_session (
  tenant text not null, id text not null,
  hash bytea not null, name text not null,
  created_at timestamptz not null, last_seen_at timestamptz not null, expires_at timestamptz not null,
  primary key (tenant, id),
  foreign key (tenant, name) references app_user on delete cascade
);
create index user_session_by_name on user_session (tenant, name);

do $$
declare name text;
begin
  foreach name in array array['app_user', 'user_session'] loop
    execute format('alter table lading.%I enable row level security', name);
    execute format('alter table lading.%I force row level security', name);
    execute format($policy$create policy tenancy on lading.%I
      using (tenant = current_setting('lading.tenant', true))
      with check (tenant = current_setting('lading.tenant', true))$policy$, name);
  end loop;
end $$;
