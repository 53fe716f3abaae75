-- The ledger: what was expected, earned and invoiced, double entry, never changed and always balanced.
--
-- It follows the charges from behind: who decides only leaves a mark where something the ledger books has changed, and one
-- writer at a time books what the marks name. Debits are positive, credits negative.

set search_path to lading;

create sequence ledger_posting_seq;
create table ledger_entry (
  tenant text not null,
  posting bigint not null,                        -- what was booked together: balanced by entity and currency
  position integer not null,                      -- in its posting, from 1
  legal_entity text not null default '',          -- empty where none is known
  currency text not null,
  account text not null,
  amount_minor bigint not null check (amount_minor <> 0),
  booked_on date not null,
  period date generated always as ((date_trunc('month', booked_on::timestamp))::date) stored,
  late_for date,                                  -- the period it belonged to, which was locked
  cause text not null check (cause in ('expected', 'delivery', 'document', 'correction')),
  reason text not null,
  shipment text not null, side text not null, code text not null,
  stage text not null check (stage in ('expected', 'accrued', 'invoiced')),
  customer text not null default '', carrier text not null default '',
  lane text not null default '', mode text not null default '',
  posted_at timestamptz not null,
  primary key (tenant, posting, position)
);
create index ledger_entry_by_shipment on ledger_entry (tenant, shipment);
create index ledger_entry_by_period on ledger_entry (tenant, period, posting);

-- Periods nobody books into any more; entity `*` is every one.
create table ledger_lock (
  tenant text not null, legal_entity text not null, period date not null check (extract(day from period) = 1),
  locked_at timestamptz not null, locked_by text not null,
  primary key (tenant, period, legal_entity)
);

-- Belongs to a locked period, and waits for a yes to be booked in the next open one.
create table ledger_late (
  tenant text not null, legal_entity text not null, period date not null, shipment text not null,
  since timestamptz not null, approved_by text, approved_at timestamptz,
  primary key (tenant, period, legal_entity, shipment)
);
create index ledger_late_by_shipment on ledger_late (tenant, shipment);

-- A mark says no more than "look at it". Each is a row of its own: who marks waits for nobody, and one that is made while
-- its shipment is being booked is not lost.
create table ledger_due (
  tenant text not null, mark bigint generated always as identity, shipment text not null,
  primary key (tenant, mark)
);

-- ── marks ───────────────────────────────────────────────────────────────────────────────────────

create function mark_for_ledger() returns trigger language plpgsql as $$
begin
  insert into lading.ledger_due (tenant, shipment) values (new.tenant, new.shipment);
  return null;
end $$;
-- Most events change none of this, and then nothing is called.
create trigger ledger_due after update on shipment for each row
  when ((old.charges <> '[]' or new.charges <> '[]')
        and (old.charges <> new.charges
             or old.delivered_at is distinct from new.delivered_at
             or old.customer is distinct from new.customer
             or old.carrier is distinct from new.carrier
             or old.mode is distinct from new.mode
             or (coalesce(old.status, 'planned') in ('planned', 'declined'))
                <> (coalesce(new.status, 'planned') in ('planned', 'declined'))
             or (coalesce(old.status, '') in ('refused', 'returned', 'cancelled'))
                <> (coalesce(new.status, '') in ('refused', 'returned', 'cancelled'))))
  execute function mark_for_ledger();

create function mark_bill_for_ledger() returns trigger language plpgsql as $$
begin
  insert into lading.ledger_due (tenant, shipment)
  select distinct l.tenant, l.shipment from lading.carrier_invoice_line l
   where l.tenant = new.tenant and l.id = new.id and l.shipment is not null;
  return null;
end $$;
create trigger ledger_due after update of posted_at on carrier_invoice for each row
  when (old.posted_at is distinct from new.posted_at) execute function mark_bill_for_ledger();

-- Who books a shipment's charges may be said by its policy, or by an order.
create function mark_policy_for_ledger() returns trigger language plpgsql as $$
begin
  insert into lading.ledger_due (tenant, shipment)
  select s.tenant, s.shipment from lading.shipment s
   where s.tenant = new.tenant and s.customer = new.id and s.charges <> '[]';
  return null;
end $$;
create trigger ledger_due after insert on rule_version for each row
  when (new.kind = 'policy' and new.version > 1) execute function mark_policy_for_ledger();

create function mark_order_for_ledger() returns trigger language plpgsql as $$
begin
  insert into lading.ledger_due (tenant, shipment)
  select distinct r.tenant, r.shipment from lading.reference r
   where r.tenant = new.tenant and r.type = 'order' and r.value = new."order";
  return null;
end $$;
create trigger ledger_due after insert or update of data on customer_order for each row
  when (new.data like '%"legalEntity"%') execute function mark_order_for_ledger();

insert into ledger_due (tenant, shipment) select tenant, shipment from shipment where charges <> '[]';

-- ── what holds, whoever writes ──────────────────────────────────────────────────────────────────

create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: book a correction instead' using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete or truncate on ledger_entry
  for each statement execute function refuse_ledger_change();

-- Who books and who locks a period pass one after the other; the lock ends with the transaction.
create function hold_ledger(of_tenant text) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('lading ledger ' || of_tenant, 0))
$$;

create function check_ledger() returns trigger language plpgsql as $$
declare
  wrong record;
  writer text;
begin
  for writer in select distinct tenant from added loop
    perform lading.hold_ledger(writer);
  end loop;
  select e.posting, e.legal_entity, e.currency, sum(e.amount_minor) as off into wrong
    from lading.ledger_entry e
   where (e.tenant, e.posting) in (select distinct a.tenant, a.posting from added a)
   group by e.tenant, e.posting, e.legal_entity, e.currency having sum(e.amount_minor) <> 0 limit 1;
  if found then
    raise exception 'posting % does not balance: % % are left over', wrong.posting, wrong.off, wrong.currency
      using errcode = 'check_violation', constraint = 'ledger_balanced';
  end if;
  select a.period, a.legal_entity into wrong
    from (select distinct tenant, period, legal_entity from added) a
    join lading.ledger_lock l
      on l.tenant = a.tenant and l.period = a.period and l.legal_entity in ('*', a.legal_entity) limit 1;
  if found then
    raise exception 'period % is locked', to_char(wrong.period, 'YYYY-MM')
      using errcode = 'check_violation', constraint = 'ledger_period_open';
  end if;
  return null;
end $$;
create trigger balanced_and_open after insert on ledger_entry
  referencing new table as added for each statement execute function check_ledger();

-- ── proof ───────────────────────────────────────────────────────────────────────────────────────

-- Charge by charge: what the ledger holds at each stage, and what was decided and documented. Nothing waits and nothing is
-- due: then both are the same. What is earned and not invoiced is accrued; before that, from tender on, it is expected.
create view ledger_proof with (security_invoker = true) as
with billed as (
  select l.tenant, l.shipment, l.code, i.currency, sum(l.amount_minor) as amount
    from carrier_invoice_line l
    join carrier_invoice i on i.tenant = l.tenant and i.id = l.id
   where i.posted_at is not null and l.shipment is not null
   group by l.tenant, l.shipment, l.code, i.currency
), charged as (
  select s.tenant, s.shipment, cell->>0 as side, cell->>1 as code, cell->>2 as currency, cell->>3 as state,
         (cell->>4)::numeric as amount,
         case when s.delivered_at is not null or s.status in ('refused', 'returned', 'cancelled') then 'accrued'
              when coalesce(s.status, 'planned') not in ('planned', 'declined') then 'expected' end as outstanding
    from shipment s, jsonb_array_elements(s.charges::jsonb) as cell
), due as (
  select tenant, shipment, side, code, currency, 'invoiced' as stage, amount from charged
   where side = 'sell' and state = 'invoiced'
  union all
  select tenant, shipment, side, code, currency, outstanding, amount from charged
   where side = 'sell' and state not in ('invoiced', 'waived')
  union all
  select tenant, shipment, side, code, currency, outstanding, amount from charged c
   where side = 'buy'
     and not exists (select from billed b where b.tenant = c.tenant and b.shipment = c.shipment
                        and b.code = c.code and b.currency = c.currency)
  union all
  select tenant, shipment, 'buy', code, currency, 'invoiced', amount from billed
), either as (
  select tenant, shipment, side, code, currency, stage, amount as due, 0::numeric as booked from due where stage is not null
  union all
  select tenant, shipment, side, code, currency, stage, 0, amount_minor from ledger_entry
   where account in ('expected-receivable', 'accrued-receivable', 'receivable', 'expected-cost', 'accrued-cost', 'cost')
)
select tenant, shipment, side, code, currency, stage, sum(due) as due_minor, sum(booked) as booked_minor,
       sum(booked) - sum(due) as difference_minor
  from either group by tenant, shipment, side, code, currency, stage;

do $$
declare name text;
begin
  foreach name in array array['ledger_entry', 'ledger_lock', 'ledger_late', 'ledger_due']
  loop
    execute format('alter table lading.%I enable row level security', name);
    execute format('alter table lading.%I force row level security', name);
    execute format($policy$create policy tenancy on lading.%I
      using (tenant = current_setting('lading.tenant', true))
      with check (tenant = current_setting('lading.tenant', true))$policy$, name);
  end loop;
end $$;
