// The outbox: what should exist in an outside system, and how far it has come there.
//
// A worker leases what it acts upon. A lease that ran out belongs to a worker that is gone: whether its act was done
// is not known, so what was `sent` comes back as `unknown`. Keys are `system:number`, permanent.

import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type EffectState = 'intended' | 'sent' | 'unknown' | 'confirmed' | 'refused' | 'dead';

export type LeasedEffect = {
  readonly key: string;
  /** `invoice`, `bill`, `payment`, … */
  readonly kind: string;
  /** The document it is about. */
  readonly number: string;
  /** `intended`: never sent. Otherwise it is in doubt whether it was. */
  readonly was: 'intended' | 'unknown';
  readonly attempts: number;
  readonly correlation?: string;
};

const OPEN = `e.state in ('intended', 'sent', 'unknown')`;

// A supplementary or a credit note never goes before an earlier document of one of its shipments, for it may build on
// it. Decided at one instant: the count in the number is the order. A payment goes after its invoice, and is undone after
// it went. The `case` keeps the planner from joining the whole outbox with all documents: for an invoice nothing is asked,
// for the others a few index look-ups.
const AFTER_EARLIER = `
  case when e.kind in ('invoice', 'bill') then true
       when e.kind = 'payment' then exists (
    select from lading.erp_payment p join lading.invoice i on i.tenant = p.tenant and i.number = p.invoice
     where p.tenant = e.tenant and p.number = e.subject and i.state = 'posted')
       when e.kind = 'payment-undo' then not exists (
    select from lading.effect ahead
     where ahead.tenant = e.tenant and ahead.key = e.system || ':' || e.subject
       and ahead.state in ('intended', 'sent', 'unknown'))
       else not exists (
    select from lading.invoice this
      join lading.invoice_line mine on mine.tenant = this.tenant and mine.number = this.number
      join lading.invoice_line theirs on theirs.tenant = mine.tenant and theirs.shipment = mine.shipment
      join lading.invoice earlier on earlier.tenant = theirs.tenant and earlier.number = theirs.number
      join lading.effect ahead on ahead.tenant = e.tenant and ahead.key = e.system || ':' || earlier.number
     where this.tenant = e.tenant and this.number = e.subject
       and ahead.state <> 'confirmed'
       and (earlier.decided_at, substring(earlier.number from '\\d+$')::int)
         < (this.decided_at, substring(this.number from '\\d+$')::int)) end`;

/** Takes up to `limit` due effects, oldest due first, and marks those never sent as `sent`: durably, before the act. */
export async function leaseEffects(
  client: Queryable,
  tenant: string,
  system: string,
  limit: number,
  now: Instant,
  leasedUntil: Instant,
): Promise<LeasedEffect[]> {
  const { rows } = await client.query<LeasedEffect & { correlation: string | null }>({
    name: 'lease-effects',
    text: `with due as (
       select e.tenant, e.key, case e.state when 'intended' then 'intended' else 'unknown' end as was
         from lading.effect e
        where e.tenant = $1 and e.system = $2 and ${OPEN}
          and e.next_at <= to_timestamp($4::float8 / 1000)
          and (e.leased_until is null or e.leased_until <= to_timestamp($4::float8 / 1000))
          and ${AFTER_EARLIER}
        order by e.next_at, e.created_at, e.key
        limit $3
        for update of e skip locked)
     update lading.effect e
        set state = case due.was when 'intended' then 'sent' else 'unknown' end,
            leased_until = to_timestamp($5::float8 / 1000), changed_at = to_timestamp($4::float8 / 1000)
       from due where e.tenant = due.tenant and e.key = due.key
     returning e.key, e.kind, e.subject as number, due.was, e.attempts, e.correlation`,
    values: [tenant, system, limit, now, leasedUntil],
  });
  return rows.map((row) => ({ ...row, correlation: row.correlation ?? undefined }));
}

/** What was in doubt and is proven absent is sent now: marked so first. */
export async function markSent(client: Queryable, tenant: string, keys: readonly string[], at: Instant) {
  await client.query(
    `update lading.effect set state = 'sent', changed_at = to_timestamp($3::float8 / 1000)
      where tenant = $1 and key = any($2) and state = 'unknown'`,
    [tenant, keys, at],
  );
}

/** A worker that is still at it keeps what it leased. */
export async function extendLeases(client: Queryable, tenant: string, keys: readonly string[], until: Instant) {
  await client.query(
    `update lading.effect set leased_until = to_timestamp($3::float8 / 1000)
      where tenant = $1 and key = any($2) and state in ('sent', 'unknown') and leased_until is not null`,
    [tenant, keys, until],
  );
}

export type SettledEffect = {
  readonly key: string;
  readonly state: EffectState;
  readonly attempts: number;
  readonly reason?: string;
  readonly nextAt?: Instant;
  readonly externalId?: string;
};

/** Writes what became of effects and gives their leases back. What another worker found confirmed stays so. */
export async function settleEffects(
  client: Queryable,
  tenant: string,
  settled: readonly SettledEffect[],
  at: Instant,
): Promise<void> {
  await client.query(
    `update lading.effect e
        set state = new.state, attempts = new.attempts, reason = new.reason, external_id = new.external_id,
            next_at = to_timestamp(new.next_at / 1000), leased_until = null,
            changed_at = to_timestamp($8::float8 / 1000)
       from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::float8[])
         as new (key, state, attempts, reason, external_id, next_at)
      where e.tenant = $1 and e.key = new.key and e.state <> 'confirmed'`,
    [
      tenant,
      settled.map(({ key }) => key),
      settled.map(({ state }) => state),
      settled.map(({ attempts }) => attempts),
      settled.map(({ reason }) => reason),
      settled.map(({ externalId }) => externalId),
      settled.map(({ nextAt }) => nextAt),
      at,
    ],
  );
}

/** When the next effect of the system wants attention, breaker and pace aside; `undefined` when none does by itself. */
export async function nextEffectAt(client: Queryable, tenant: string, system: string): Promise<Instant | undefined> {
  const { rows } = await client.query<{ at: number | null }>({
    name: 'next-effect-at',
    text: `select min(greatest(e.next_at, e.leased_until)) as at
       from lading.effect e
      where e.tenant = $1 and e.system = $2 and ${OPEN} and ${AFTER_EARLIER}`,
    values: [tenant, system],
  });
  return rows[0]?.at ?? undefined;
}

export type EffectSelection = {
  readonly system?: string;
  readonly keys?: readonly string[];
  readonly states?: readonly ('refused' | 'dead')[];
  readonly changedFrom?: Instant;
  readonly changedTo?: Instant;
};

export type StoppedEffect = {
  readonly key: string;
  readonly system: string;
  readonly state: 'refused' | 'dead';
  readonly reason: string;
  readonly attempts: number;
  readonly changedAt: Instant;
};

/** Effects that wait for a person, newest first; at most `limit`. */
export async function stoppedEffects(
  client: Queryable,
  tenant: string,
  selection: EffectSelection,
  limit: number,
): Promise<StoppedEffect[]> {
  const { rows } = await client.query<StoppedEffect>(
    `select key, system, state, coalesce(reason, '') as reason, attempts,
            changed_at as "changedAt"
       from lading.effect
      where tenant = $1 and state = any($2)
        and ($3::text is null or system = $3)
        and ($4::text[] is null or key = any($4))
        and ($5::float8 is null or changed_at >= to_timestamp($5::float8 / 1000))
        and ($6::float8 is null or changed_at <= to_timestamp($6::float8 / 1000))
      order by changed_at desc, key
      limit $7`,
    [
      tenant,
      selection.states ?? ['refused', 'dead'],
      selection.system,
      selection.keys,
      selection.changedFrom,
      selection.changedTo,
      limit,
    ],
  );
  return rows;
}

/**
 * Sets refused and dead effects going again. They come back as `unknown`: whatever happened to them since, they are
 * looked up before anything is sent. Returns the keys that were stopped and now are not.
 */
export async function resumeEffects(
  client: Queryable,
  tenant: string,
  keys: readonly string[],
  at: Instant,
): Promise<string[]> {
  const { rows } = await client.query<{ key: string }>(
    `update lading.effect
        set state = 'unknown', attempts = 0, next_at = to_timestamp($3::float8 / 1000), leased_until = null,
            changed_at = to_timestamp($3::float8 / 1000)
      where tenant = $1 and key = any($2) and state in ('refused', 'dead')
     returning key`,
    [tenant, keys, at],
  );
  return rows.map(({ key }) => key);
}
