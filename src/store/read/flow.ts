// The way through as it is just now: how fast messages come in and are applied, what waits at each station, and how each
// outside system is doing.
import type { Instant } from '../../model/time.ts';
import type { Queryable } from '../database.ts';
import { utc, withoutNulls } from '../reading.ts';

/** Rates are counted over the last hour, and no further back than this many. */
const MOST_COUNTED = 20_000;

export type FlowRow = {
  /** In the last hour. */
  readonly received: number;
  readonly lastReceivedAt?: string;
  readonly untranslated: number;
  readonly oldestUntranslatedAt?: string;
  /** Messages with an open problem that integration mends. */
  readonly failing: number;
  readonly waitingFacts: number;
  /** Of those: so long that somebody was told. */
  readonly unmatched: number;
  /** Events in the last hour. */
  readonly applied: number;
  readonly lastAppliedAt?: string;
  readonly toDecide: number;
};

export async function flowNow(db: Queryable, tenant: string, now: Instant): Promise<FlowRow> {
  const { rows } = await db.query(
    `with since as (select to_timestamp($2::float8 / 1000) - interval '1 hour' as hour),
     got as (select received_at from lading.message where tenant = $1 order by id desc limit $3),
     done as (select recorded_at from lading.event where tenant = $1 order by id desc limit $3)
     select (select count(*)::int from got, since where received_at > hour) as received,
            (select ${utc('max(received_at)')} from got) as "lastReceivedAt",
            (select count(*)::int from lading.inbox where tenant = $1) as untranslated,
            (select ${utc('min(received_at)')} from lading.inbox where tenant = $1) as "oldestUntranslatedAt",
            (select count(*)::int from lading.exception
              where tenant = $1 and closed_at is null and message_id is not null and owner = 'integration') as failing,
            (select count(*)::int from lading.waiting where tenant = $1) as "waitingFacts",
            (select count(*)::int from lading.waiting where tenant = $1 and raised) as unmatched,
            (select count(*)::int from done, since where recorded_at > hour) as applied,
            (select ${utc('max(recorded_at)')} from done) as "lastAppliedAt",
            (select count(*)::int from lading.shipment
              where tenant = $1 and wake_at <= to_timestamp($2::float8 / 1000)) as "toDecide"`,
    [tenant, now, MOST_COUNTED],
  );
  return withoutNulls<FlowRow>(rows[0] ?? {});
}

export type SystemFlow = {
  readonly system: string;
  readonly breaker: 'closed' | 'open' | 'half-open';
  readonly waiting: number;
  /** Sent, and not known to have arrived: looked up before anything is sent again. */
  readonly unknown: number;
  /** Refused or given up: somebody must mend them. */
  readonly failing: number;
  /** In the last hour. */
  readonly confirmed: number;
  readonly lastSuccessAt?: string;
  readonly lastFailureAt?: string;
  readonly lastFailure?: string;
  /** When it is tried again while its breaker is open. */
  readonly probeAt?: string;
};

/** By name; also one that nothing was ever sent to, once its state is known. */
export async function systemsNow(db: Queryable, tenant: string, now: Instant): Promise<SystemFlow[]> {
  const { rows } = await db.query(
    `with sent as (
       select system, count(*) filter (where state in ('intended', 'sent'))::int as waiting,
              count(*) filter (where state = 'unknown')::int as unknown,
              count(*) filter (where state in ('refused', 'dead'))::int as failing,
              count(*) filter (where state = 'confirmed'
                and changed_at > to_timestamp($2::float8 / 1000) - interval '1 hour')::int as confirmed
         from lading.effect where tenant = $1 group by system)
     select system, coalesce(s.breaker, 'closed') as breaker, coalesce(waiting, 0) as waiting,
            coalesce(unknown, 0) as unknown, coalesce(failing, 0) as failing, coalesce(confirmed, 0) as confirmed,
            ${utc('s.last_success_at')} as "lastSuccessAt", ${utc('s.last_failure_at')} as "lastFailureAt",
            s.last_failure as "lastFailure",
            case when s.breaker <> 'closed' then ${utc('s.probe_at')} end as "probeAt"
       from sent full join (select * from lading.system_state where tenant = $1) s using (system)
      order by system`,
    [tenant, now],
  );
  return rows.map(withoutNulls<SystemFlow>);
}
