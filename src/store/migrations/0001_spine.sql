-- The spine: messages in, facts, shipments, charges, documents, effects out.
--
-- Every table carries `tenant` and is guarded by row-level security, also against its owner (force). The big
-- ones, message and event, are partitioned by month: retention drops partitions.

create schema if not exists lading;
set search_path to lading;

-- ── in ──────────────────────────────────────────────────────────────────────────────────────────

create sequence message_id_seq;
create table message (
  tenant         text        not null,
  id             bigint      not null,
  received_at    timestamptz not null,
  partner        text        not null,            -- as named by the channel
  sender         text,                            -- the partner it was found to come from
  channel        text        not null,            -- http, folder, cli
  bound          boolean     not null default false,  -- the channel proves who it is
  file_name      text,
  media_type     text,
  kind           text,                            -- x12, json, …; null until translated
  sha256         bytea       not null,
  body           bytea       not null,
  correlation    text        not null,
  state          text        not null default 'received' check (state in ('received', 'translated')),
  again          boolean     not null default false,  -- worked on before: its events may be there already
  duplicate      boolean     not null default false,
  quarantined    boolean     not null default false,
  events         integer     not null default 0,
  problems       jsonb,                           -- [{ kind, subject, detail, offset? }]
  acknowledgement bytea,                          -- the 997 or 999 that answers it
  primary key (tenant, id, received_at)
) partition by range (received_at);
create table message_default partition of message default;

-- Not yet translated. Its rows go when their message is done, so it stays small whatever the archive holds.
create table inbox (
  tenant text not null, message_id bigint not null, received_at timestamptz not null,
  bytes integer not null,                         -- of the body, so that a batch is bounded without reading it
  primary key (tenant, message_id)
);
-- The oldest messages that nobody holds, one by one until they are enough: what does not fit must stay free for the
-- next, or it would be passed over and its order lost.
create function claim_inbox(of_tenant text, most integer, most_bytes bigint, only_id bigint)
  returns table (id bigint, at timestamptz) language plpgsql set search_path = lading, pg_temp as $$
declare
  free cursor for select i.message_id, i.received_at, i.bytes from inbox i
                   where i.tenant = of_tenant and (only_id is null or i.message_id = only_id)
                   order by i.message_id for update skip locked;
  next record;
  taken_bytes bigint := 0;
begin
  open free;
  while most > 0 and taken_bytes < most_bytes loop
    fetch free into next;
    exit when not found;
    id := next.message_id;
    at := next.received_at;
    return next;
    most := most - 1;
    taken_bytes := taken_bytes + next.bytes;
  end loop;
  close free;
end $$;
-- The same bytes from the same partner are a double (kinds other than canonical JSON).
create table message_key (
  tenant text not null, partner text not null, sha256 bytea not null, message_id bigint not null,
  primary key (tenant, sha256, partner)
);

create sequence event_id_seq increment by 1000;   -- a block a call, see store/events.ts
create table event (
  tenant      text        not null,
  id          bigint      not null,
  recorded_at timestamptz not null,
  message_id  bigint      not null,
  position    integer     not null,               -- in its message, from 0
  type        text        not null,
  source      text        not null,
  key         text        not null,               -- CloudEvents id
  sender      text        not null,
  reported_at timestamptz not null,
  shipment    text,                               -- null while it waits, or where it is not about a shipment
  data        text        not null,               -- JSON as validated; read back whole, never searched inside
  primary key (tenant, id, recorded_at)
) partition by range (recorded_at);
create table event_default partition of event default;
create index event_by_shipment on event (tenant, shipment, id);
create index event_by_message on event (tenant, message_id);

-- CloudEvents source and id are the idempotency key of canonical JSON. Files have theirs by their bytes.
create table event_key (
  tenant text not null, source text not null, key text not null, event_id bigint not null,
  primary key (tenant, source, key)
);

-- ── what is known ───────────────────────────────────────────────────────────────────────────────

create table shipment (
  tenant       text   not null,
  shipment     text   not null,
  facts        text   not null,                   -- compact JSON, see store/facts.ts
  fact_count   integer not null,
  -- What is in `reference`, `charge` and `exception` for it now, as JSON: compared, so that only a change writes there.
  names        text   not null default '[]',
  charges      text   not null default '[]',
  problems     text   not null default '[]',
  documents    integer not null default 0,        -- how many were decided: where none was, none need be looked for
  rating_date  date,
  customer     text,
  carrier      text,
  mode         text,
  status       text,
  billing      text,
  picked_up_at timestamptz,
  delivered_at timestamptz,
  wake_at      timestamptz,
  decided_at   timestamptz,
  created_at   timestamptz not null,
  primary key (tenant, shipment)
) with (fillfactor = 70, toast_tuple_target = 8160);  -- facts are read and written with every event: not compressed
create index shipment_to_wake on shipment (tenant, wake_at) where wake_at is not null;
create index shipment_by_customer on shipment (tenant, customer, shipment);

create table reference (
  tenant text not null, type text not null, value text not null, shipment text not null,
  taught_at timestamptz,                          -- learned from a message reported then: the last lesson finds alone
  primary key (tenant, value, type, shipment)
);

-- Facts whose shipment is not known yet, and the names under which it may become known.
create table waiting (
  tenant text not null, event_id bigint not null, message_id bigint not null,
  sender text not null, fact text not null, subject text not null,
  names text not null,                            -- [[type, value], …] in the order to try them
  since timestamptz not null, raised boolean not null default false,
  primary key (tenant, event_id)
);
create index waiting_to_raise on waiting (tenant, since) where not raised;
create index waiting_raised on waiting (tenant, subject) where raised;
create index waiting_by_message on waiting (tenant, message_id);
create table waiting_name (
  tenant text not null, type text not null, value text not null, event_id bigint not null,
  primary key (tenant, value, type, event_id)
);

create table customer_order (
  tenant text not null, customer text not null, "order" text not null,
  data text not null, reported_at timestamptz not null, event_id bigint not null,
  primary key (tenant, "order", customer)
);

create table charge (
  tenant text not null, shipment text not null, side text not null, code text not null,
  currency text not null, state text not null, amount_minor bigint not null,
  primary key (tenant, shipment, side, code, currency, state)
);

-- ── what should exist outside ───────────────────────────────────────────────────────────────────

create table invoice (
  tenant text not null, number text not null,
  kind text not null check (kind in ('invoice', 'supplementary', 'credit-note')),
  customer text not null, legal_entity text, currency text not null,
  shipments text[] not null, corrects text, payment_terms_days integer,
  subtotal_minor bigint not null, tax_minor bigint not null default 0,
  decided_at timestamptz not null, approved_by text,
  state text not null default 'decided' check (state in ('decided', 'posted')),
  posted_at timestamptz, erp_id text, erp_number text,
  primary key (tenant, number)
);
create index invoice_by_customer on invoice (tenant, customer, decided_at);
create table invoice_line (
  tenant text not null, number text not null, position integer not null,
  shipment text not null, code text not null, amount_minor bigint not null,
  description text not null, derivation jsonb not null,
  primary key (tenant, number, position)
);
create index invoice_line_by_shipment on invoice_line (tenant, shipment);

create table effect (
  tenant text not null,
  key text not null,                              -- system:number, permanent; never an attempt, never a time
  system text not null, kind text not null, subject text not null,
  state text not null default 'intended'
    check (state in ('intended', 'sent', 'unknown', 'confirmed', 'refused', 'dead')),
  attempts integer not null default 0,
  next_at timestamptz, leased_until timestamptz,
  reason text, external_id text, correlation text,
  created_at timestamptz not null, changed_at timestamptz not null,
  primary key (tenant, key)
);
create index effect_due on effect (tenant, system, next_at) where state in ('intended', 'sent', 'unknown');

-- Pace and breaker of each outside system, shared by all workers.
create table system_state (
  tenant text not null, system text not null,
  breaker text not null default 'closed' check (breaker in ('closed', 'open', 'half-open')),
  failures integer not null default 0, opened_at timestamptz, probe_at timestamptz,
  tokens double precision, refilled_at timestamptz,
  last_success_at timestamptz, last_failure_at timestamptz, last_failure text,
  primary key (tenant, system)
);

create table exception (
  tenant text not null, id bigint generated always as identity,
  kind text not null, subject text not null, detail text not null, owner text not null,
  shipment text, message_id bigint,
  opened_at timestamptz not null, due_at timestamptz not null, closed_at timestamptz,
  primary key (tenant, id)
);
create unique index exception_open on exception (tenant, kind, subject) where closed_at is null;
create index exception_by_message on exception (tenant, message_id) where message_id is not null;
create index exception_by_shipment on exception (tenant, shipment) where shipment is not null;
create index exception_by_subject on exception (tenant, subject);

create table attachment (
  tenant text not null, sha256 bytea not null, media_type text, content bytea not null,
  primary key (tenant, sha256)
);

-- ── rules ───────────────────────────────────────────────────────────────────────────────────────

create table rule_version (
  tenant text not null, kind text not null, id text not null, version integer not null,
  content jsonb not null, imported_at timestamptz not null, imported_by text not null,
  primary key (tenant, kind, id, version)
);
create table fuel_price (
  tenant text not null, index text not null, effective date not null, price text not null,
  reported_at timestamptz not null, event_id bigint,
  primary key (tenant, index, effective)
);
-- Counts changes of rules and fuel prices. Who decides holds a share lock on it, so an import and a decision under the
-- rules before it never pass each other.
create table rule_stamp (
  tenant text not null, stamp bigint not null,
  primary key (tenant)
);

-- ── who may, and who did ────────────────────────────────────────────────────────────────────────

create table api_key (
  tenant text not null, id text not null, hash bytea not null,
  name text not null, role text not null, partner text,
  created_at timestamptz not null, expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz,
  primary key (tenant, id)
);
create table audit_entry (
  tenant text not null, id bigint generated always as identity,
  at timestamptz not null, actor text not null, action text not null, subject text, detail jsonb,
  previous bytea, hash bytea not null,
  primary key (tenant, id)
);
create table idempotency (
  tenant text not null, key text not null, request bytea not null,
  status integer, answer jsonb, created_at timestamptz not null,
  primary key (tenant, key)
);

-- ── months ──────────────────────────────────────────────────────────────────────────────────────

-- Makes the partition of the month that holds `at`. Belongs to the owner, for the application may not create tables.
-- Rows that are already in the default partition stay there: then the month is not split off.
create function ensure_month(parent text, at timestamptz) returns void
  language plpgsql security definer set search_path = lading, pg_temp as $$
declare
  first_day timestamptz := date_trunc('month', at at time zone 'UTC') at time zone 'UTC';
  next_day  timestamptz := (date_trunc('month', at at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  part      text := parent || '_' || to_char(at at time zone 'UTC', 'YYYY_MM');
begin
  if parent not in ('message', 'event') then raise exception 'not partitioned by month: %', parent; end if;
  if to_regclass('lading.' || part) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended('lading month', 0));
  if to_regclass('lading.' || part) is not null then return; end if;
  -- Every message is written twice, at intake and with its verdict: room for the second on the same page.
  execute format('create table lading.%I partition of lading.%I for values from (%L) to (%L) with (fillfactor = %s)',
                 part, parent, first_day, next_day, case parent when 'message' then 55 else 100 end);
exception when check_violation then return;
end $$;

-- ── tenancy ─────────────────────────────────────────────────────────────────────────────────────

do $$
declare name text;
begin
  for name in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname = 'lading' and c.relkind in ('r', 'p') and not c.relispartition
                 and c.relname <> 'migration'
  loop
    execute format('alter table lading.%I enable row level security', name);
    execute format('alter table lading.%I force row level security', name);
    execute format($policy$create policy tenancy on lading.%I
      using (tenant = current_setting('lading.tenant', true))
      with check (tenant = current_setting('lading.tenant', true))$policy$, name);
  end loop;
end $$;
