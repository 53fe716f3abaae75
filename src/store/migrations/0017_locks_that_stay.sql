-- Locks of the ledger are kept as the ledger is: one that ends is marked with who ended it, and none is changed or goes away.
-- And entries find every lock that is in force, whatever transaction they come in.

set search_path to lading;

alter table ledger_lock drop constraint ledger_lock_pkey;
alter table ledger_lock
  add column lock bigint generated always as identity,
  add column unlocked_at timestamptz,
  add column unlocked_by text,
  add primary key (tenant, lock),
  add check ((unlocked_at is null) = (unlocked_by is null));
create unique index ledger_lock_in_force on ledger_lock (tenant, period, legal_entity) where unlocked_at is null;

create function refuse_lock_change() returns trigger language plpgsql set search_path = lading, pg_temp as $$
begin
  raise exception 'a lock of the ledger is never taken away: unlock it, with a name' using errcode = 'restrict_violation';
end $$;
create trigger kept before delete or truncate on ledger_lock for each statement execute function refuse_lock_change();

-- After whoever is booking: its entries are in, and the next finds the lock.
create function check_ledger_lock() returns trigger language plpgsql set search_path = lading, pg_temp as $$
begin
  perform hold_ledger(new.tenant);
  if tg_op = 'INSERT' and new.unlocked_at is null then return new; end if;
  if tg_op = 'UPDATE' and old.unlocked_at is null and new.unlocked_at is not null and coalesce(new.unlocked_by, '') <> ''
     and (new.tenant, new.lock, new.period, new.legal_entity, new.locked_at, new.locked_by)
       = (old.tenant, old.lock, old.period, old.legal_entity, old.locked_at, old.locked_by) then
    return new;
  end if;
  raise exception 'a lock of the ledger is made in force, and changes only by being unlocked, with a name'
    using errcode = 'restrict_violation';
end $$;
create trigger in_force before insert or update on ledger_lock for each row execute function check_ledger_lock();

-- Two ways round the lock are shut: a snapshot taken before the lock was there, and a tenant that changes in mid-statement
-- and hides the locks from whoever looks for them.
create or replace function check_ledger() returns trigger language plpgsql set search_path = lading, pg_temp as $$
declare
  wrong record;
  writer text;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the ledger is written in read committed transactions, which see every lock'
      using errcode = 'invalid_transaction_state';
  end if;
  for writer in select distinct tenant from added loop
    if writer is distinct from current_setting('lading.tenant', true) then
      raise exception 'entries of tenant % are written as that tenant', writer using errcode = 'insufficient_privilege';
    end if;
    perform hold_ledger(writer);
  end loop;
  select e.posting, e.legal_entity, e.currency, sum(e.amount_minor) as off into wrong
    from ledger_entry e
   where (e.tenant, e.posting) in (select distinct a.tenant, a.posting from added a)
   group by e.tenant, e.posting, e.legal_entity, e.currency having sum(e.amount_minor) <> 0 limit 1;
  if found then
    raise exception 'posting % does not balance: % % are left over', wrong.posting, wrong.off, wrong.currency
      using errcode = 'check_violation', constraint = 'ledger_balanced';
  end if;
  select a.period, a.legal_entity into wrong
    from (select distinct tenant, period, legal_entity from added) a
    join ledger_lock l
      on l.tenant = a.tenant and l.period = a.period and l.legal_entity in ('*', a.legal_entity) and l.unlocked_at is null
   limit 1;
  if found then
    raise exception 'period % is locked', to_char(wrong.period, 'YYYY-MM')
      using errcode = 'check_violation', constraint = 'ledger_period_open';
  end if;
  return null;
end $$;
