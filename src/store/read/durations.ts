// How long things took, read from what is kept anyway: so it counts the work of every process.

import type { Instant } from '../../model/time.ts';
import type { Queryable } from '../database.ts';

const AT_ONCE = 5_000;

/** From receipt until applied, for messages whose first event is younger than `afterEvent`; and where to read on. */
export async function messageSeconds(
  db: Queryable,
  tenant: string,
  afterEvent: string,
): Promise<{ seconds: number[]; lastEvent: string }> {
  const { rows } = await db.query<{ id: string; position: number; seconds: number | null }>(
    `select e.id::text, e.position, extract(epoch from e.recorded_at - m.received_at)::float8 as seconds
       from (select * from lading.event where tenant = $1 and id > $2::bigint order by id limit $3) as e
       left join lading.message m on m.tenant = $1 and m.id = e.message_id and e.position = 0
      order by e.id`,
    [tenant, afterEvent, AT_ONCE],
  );
  const seconds = rows.flatMap((row) => (row.position === 0 && row.seconds !== null ? [row.seconds] : []));
  return { seconds, lastEvent: rows.at(-1)?.id ?? afterEvent };
}

export async function newestEvent(db: Queryable, tenant: string): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `select coalesce(max(id), 0)::text as id from lading.event where tenant = $1`,
    [tenant],
  );
  return rows[0]?.id ?? '0';
}

/** From decision until confirmed, for effects that were confirmed after `since`; and where to read on. */
export async function deliverySeconds(db: Queryable, tenant: string, since: Instant) {
  const { rows } = await db.query<{ system: string; seconds: number; changedAt: Instant }>(
    `select system, extract(epoch from changed_at - created_at)::float8 as seconds, changed_at as "changedAt"
       from lading.effect
      where tenant = $1 and state = 'confirmed' and changed_at > to_timestamp($2::float8 / 1000)
      order by changed_at limit $3`,
    [tenant, since, AT_ONCE],
  );
  return { deliveries: rows, last: rows.at(-1)?.changedAt ?? since };
}
