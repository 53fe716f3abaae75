// What is known of each way in and out: outside systems beside their flow (flow.ts), partners by what they send, and
// what would go out now.
import type { Queryable } from '../database.ts';
import { utc, withoutNulls } from '../reading.ts';

export type SystemHold = {
  readonly system: string;
  readonly heldSince?: string;
  readonly heldBy?: string;
  readonly heldReason?: string;
  readonly keyEndsAt?: string;
  readonly oldestWaitingAt?: string;
  readonly nextTryAt?: string;
};

export async function systemHolds(db: Queryable, tenant: string): Promise<SystemHold[]> {
  const { rows } = await db.query(
    `with waits as (
       select system, min(created_at) as oldest, min(next_at) as next from lading.effect
        where tenant = $1 and state in ('intended', 'sent', 'unknown') group by system)
     select system, ${utc('s.held_since')} as "heldSince", s.held_by as "heldBy", s.held_reason as "heldReason",
            ${utc('s.key_ends_at')} as "keyEndsAt", ${utc('w.oldest')} as "oldestWaitingAt",
            ${utc('w.next')} as "nextTryAt"
       from waits w full join (select * from lading.system_state where tenant = $1) s using (system)`,
    [tenant],
  );
  return rows.map(withoutNulls<SystemHold>);
}

export type PartnerTraffic = {
  readonly partner: string;
  readonly lastHeardAt?: string;
  readonly knownSince: string;
  /** Messages with an open problem. */
  readonly problems: number;
};

const TAIL_MESSAGES = 20_000;

/** By id, as of now: what the follower has not seen yet is counted in. */
export async function partnerTraffic(
  db: Queryable,
  tenant: string,
  partners: readonly string[],
): Promise<PartnerTraffic[]> {
  const { rows } = await db.query(
    `with tail as (
       select coalesce(sender, partner) as partner, max(received_at) as last_at
         from (select sender, partner, received_at from lading.message
                where tenant = $1
                  and id > coalesce((select message_id from lading.heard_mark where tenant = $1), 0)
                order by id desc limit ${TAIL_MESSAGES}) as newest group by 1),
     wrong as (
       select coalesce(m.sender, m.partner) as partner, count(distinct m.id)::int as problems
         from lading.exception e join lading.message m on m.tenant = e.tenant and m.id = e.message_id
        where e.tenant = $1 and e.closed_at is null and e.message_id is not null and e.owner = 'integration' group by 1)
     select r.id as partner, ${utc('greatest(h.last_at, t.last_at)')} as "lastHeardAt",
            ${utc('r.imported_at')} as "knownSince", coalesce(w.problems, 0) as problems
       from lading.rule_version r
       left join lading.partner_heard h on h.tenant = r.tenant and h.partner = r.id
       left join tail t on t.partner = r.id
       left join wrong w on w.partner = r.id
      where r.tenant = $1 and r.kind = 'partner' and r.version = 1 and r.id = any($2::text[]) order by r.id`,
    [tenant, partners],
  );
  return rows.map(withoutNulls<PartnerTraffic>);
}

export type WaitingEffect = {
  readonly key: string;
  readonly kind: string;
  readonly subject: string;
  readonly state: string;
  readonly attempts: number;
  readonly reason?: string;
  readonly nextAt?: string;
  readonly createdAt: string;
  readonly customer?: string;
  readonly currency?: string;
  readonly totalMinor?: string;
};

const MOST_SHOWN = 200;

/** In the order they would go. Amounts are with tax, of our own documents. */
export async function waitingEffects(db: Queryable, tenant: string, system: string): Promise<WaitingEffect[]> {
  const { rows } = await db.query(
    `select e.key, e.kind, e.subject, e.state, e.attempts, e.reason, ${utc('e.next_at')} as "nextAt",
            ${utc('e.created_at')} as "createdAt", i.customer, i.currency,
            (i.subtotal_minor + i.tax_minor)::text as "totalMinor"
       from lading.effect e
       left join lading.invoice i on i.tenant = e.tenant and i.number = e.subject
      where e.tenant = $1 and e.system = $2 and e.state in ('intended', 'sent', 'unknown')
      order by e.next_at, e.created_at, e.key limit ${MOST_SHOWN}`,
    [tenant, system],
  );
  return rows.map(withoutNulls<WaitingEffect>);
}

export type WaitingSum = {
  readonly kind: string;
  readonly currency?: string;
  readonly count: number;
  readonly totalMinor: string;
};

/** All of it, by kind and currency. */
export async function waitingSums(db: Queryable, tenant: string, system: string): Promise<WaitingSum[]> {
  const { rows } = await db.query(
    `select e.kind, i.currency, count(*)::int as count,
            coalesce(sum(i.subtotal_minor + i.tax_minor), 0)::text as "totalMinor"
       from lading.effect e
       left join lading.invoice i on i.tenant = e.tenant and i.number = e.subject
      where e.tenant = $1 and e.system = $2 and e.state in ('intended', 'sent', 'unknown')
      group by e.kind, i.currency order by e.kind, i.currency`,
    [tenant, system],
  );
  return rows.map(withoutNulls<WaitingSum>);
}
