-- Exceptions as they are worked: who has one, what money depends on it, what was waived, and what people did and said.
set search_path = lading, pg_temp;

alter table exception
  add column assignee text,                       -- who signs in, or `key:` and a key's id
  -- Closed by a person's word, which holds until the cause is said in other words, comes by another message, or ends.
  add column waives boolean not null default false,
  add column customer text,
  add column stake_minor numeric(40), add column stake_currency text,
  -- Lists are sorted by it, so there is always one: major units; below all where nothing is known.
  add column stake_major numeric not null default -1,
  add column to_weigh boolean not null default true;  -- what depends on it is to be looked up

create index exception_open_by_id on exception (tenant, id) where closed_at is null;
create index exception_open_by_due on exception (tenant, due_at, id) where closed_at is null;
create index exception_open_by_stake on exception (tenant, stake_major, id) where closed_at is null;
create index exception_by_assignee on exception (tenant, assignee, id) where assignee is not null;
create index exception_by_customer on exception (tenant, customer, id) where customer is not null;
create index exception_by_prefix on exception (tenant, subject collate "C");
create index exception_waived on exception (tenant, kind, subject) where waives;
create index exception_to_weigh on exception (tenant, id) where to_weigh and closed_at is null;

create table exception_act (
  tenant text not null, id bigint generated always as identity,
  exception_id bigint not null, at timestamptz not null,
  actor text not null, act text not null,         -- assigned, commented, waived, linked, mended, approved, refused, replayed
  says text,                                      -- the comment, or the reason
  detail jsonb,
  primary key (tenant, exception_id, id)
);

create function refuse_act_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was done about an exception is kept: add to it' using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete or truncate on exception_act
  for each statement execute function refuse_act_change();

alter table exception_act enable row level security;
alter table exception_act force row level security;
create policy tenancy on exception_act
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));

create index payment_by_number on payment (tenant, payment);
