// The feed: every canonical event in the order it was recorded, as CloudEvents.

import type { Instant } from '../../model/time.ts';
import type { Queryable } from '../database.ts';
import { type PageRequest, utc, withoutNulls } from '../reading.ts';

export type EventView = {
  readonly id: string;
  readonly message: string;
  readonly position: number;
  readonly type: string;
  readonly source: string;
  /** The sender's own id: with `source` the idempotency key. */
  readonly key: string;
  readonly sender: string;
  readonly shipment?: string;
  readonly reportedAt: string;
  readonly recordedAt: string;
  readonly data: unknown;
};
export type EventFilter = { readonly type?: string; readonly shipment?: string };

const COLUMNS = `e.id::text, e.message_id::text as message, e.position, e.type, e.source, e.key, e.sender, e.shipment,
  ${utc('e.reported_at')} as "reportedAt", ${utc('e.recorded_at')} as "recordedAt", e.data`;

// biome-ignore lint/suspicious/noExplicitAny: rows of pg are untyped
const eventFrom = (row: any): EventView => ({ ...withoutNulls(row), data: JSON.parse(row.data) });

/**
 * In order of record, up to `settledBefore`. Ids are given before their transaction ends, so a reader of the very newest
 * could pass over one that is still being written: the caller keeps back what was recorded in the last seconds.
 */
export async function readFeed(
  db: Queryable,
  tenant: string,
  filter: EventFilter,
  { limit, after }: PageRequest,
  settledBefore: Instant,
): Promise<EventView[]> {
  const { rows } = await db.query(
    `select ${COLUMNS} from lading.event e
      where e.tenant = $1 and e.id > coalesce($2::bigint, 0) and ($3::text is null or e.type = $3)
        and ($4::text is null or e.shipment = $4) and e.recorded_at < to_timestamp($6::double precision / 1000)
      order by e.id limit $5`,
    [tenant, after?.[0], filter.type, filter.shipment, limit + 1, settledBefore],
  );
  return rows.map(eventFrom);
}

/** What one message gave, in its order. */
export async function eventsOfMessage(
  db: Queryable,
  tenant: string,
  message: string,
  limit: number,
): Promise<EventView[]> {
  const { rows } = await db.query(
    `select ${COLUMNS} from lading.event e
      where e.tenant = $1 and e.message_id = $2::bigint order by e.position, e.id limit $3`,
    [tenant, message, limit],
  );
  return rows.map(eventFrom);
}

export async function findEvent(db: Queryable, tenant: string, id: string): Promise<EventView | undefined> {
  const { rows } = await db.query(`select ${COLUMNS} from lading.event e where e.tenant = $1 and e.id = $2::bigint`, [
    tenant,
    id,
  ]);
  return rows[0] === undefined ? undefined : eventFrom(rows[0]);
}
