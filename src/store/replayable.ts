// What may be done again: messages chosen by partner, kind, time or id, and stopped deliveries by whom they bill.

import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';
import { withoutNulls } from './reading.ts';

export type MessageSelection = {
  readonly ids?: readonly string[];
  readonly partner?: string;
  /** What the bytes were recognised as. */
  readonly kind?: string;
  readonly receivedFrom?: Instant;
  readonly receivedTo?: Instant;
  /** Also those in which nothing was wrong. */
  readonly all?: boolean;
};

export type ReplayableMessage = {
  readonly id: string;
  readonly partner: string;
  readonly bound: boolean;
  readonly fileName?: string;
  readonly mediaType?: string;
  readonly kind?: string;
  readonly receivedAt: Instant;
  readonly quarantined: boolean;
  readonly duplicate: boolean;
  readonly events: number;
  readonly problems: number;
};

/**
 * In order of arrival; at most `limit`. Doubles are never among them: nothing in them was
 * ever worked on; nor what was entered by hand, which no translation makes, nor what a corrected message stands for.
 */
export async function replayableMessages(
  db: Queryable,
  tenant: string,
  selection: MessageSelection,
  limit: number,
): Promise<ReplayableMessage[]> {
  const { ids, partner, kind, receivedFrom, receivedTo, all = false } = selection;
  const { rows } = await db.query(
    `select id::text, partner, bound, file_name as "fileName", media_type as "mediaType", kind,
            received_at as "receivedAt", quarantined, duplicate, events,
            coalesce(jsonb_array_length(problems), 0) as problems
       from lading.message
      where tenant = $1 and state = 'translated' and not duplicate and channel <> 'desk'
        and ($2::bigint[] is null or id = any($2)) and ($3::text is null or partner = $3 or sender = $3)
        and ($4::text is null or kind = $4)
        and ($5::float8 is null or received_at >= to_timestamp($5::float8 / 1000))
        and ($6::float8 is null or received_at <= to_timestamp($6::float8 / 1000))
        and ($7 or quarantined)
        and not exists (select from lading.message n where n.tenant = $1 and n.mends = message.id)
      order by message.id limit $8`,
    [tenant, ids, partner, kind, receivedFrom, receivedTo, all || ids !== undefined, limit],
  );
  return rows.map(withoutNulls<ReplayableMessage>);
}

/** How those stand now that were chosen before. */
export async function standingOf(db: Queryable, tenant: string, ids: readonly string[]) {
  const { rows } = await db.query<{
    id: string;
    done: boolean;
    quarantined: boolean;
    events: number;
    problems: unknown;
  }>(
    `select id::text, state = 'translated' as done, quarantined, events, coalesce(problems, '[]') as problems
       from lading.message where tenant = $1 and id = any($2::bigint[])`,
    [tenant, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function bodyOf(db: Queryable, tenant: string, id: string): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ body: Buffer }>('select body from lading.message where tenant = $1 and id = $2', [
    tenant,
    id,
  ]);
  return rows[0]?.body;
}

/** Which of these CloudEvents keys are known. As `source id`. */
export async function knownKeys(
  db: Queryable,
  tenant: string,
  keys: readonly { readonly source: string; readonly id: string }[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await db.query<{ source: string; key: string }>(
    `select k.source, k.key from lading.event_key k
       join unnest($2::text[], $3::text[]) as asked (source, key) on asked.source = k.source and asked.key = k.key
      where k.tenant = $1`,
    [tenant, keys.map(({ source }) => source), keys.map(({ id }) => id)],
  );
  return new Set(rows.map(({ source, key }) => `${source} ${key}`));
}

/** Which events this message gave before. As `source id`. */
export async function keysGivenBy(db: Queryable, tenant: string, messageId: string): Promise<Set<string>> {
  const { rows } = await db.query<{ source: string; key: string }>(
    'select source, key from lading.event where tenant = $1 and message_id = $2',
    [tenant, messageId],
  );
  return new Set(rows.map(({ source, key }) => `${source} ${key}`));
}

/** Keys of stopped effects of a customer or of a kind of document; at most `limit`. */
export async function stoppedKeys(
  db: Queryable,
  tenant: string,
  { partner, kind }: { readonly partner?: string; readonly kind?: string },
  limit: number,
): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>(
    `select f.key from lading.effect f
       left join lading.invoice i on i.tenant = f.tenant and i.number = f.subject
      where f.tenant = $1 and f.state in ('refused', 'dead')
        and ($2::text is null or i.customer = $2) and ($3::text is null or f.kind = $3)
      order by f.changed_at desc limit $4`,
    [tenant, partner, kind, limit],
  );
  return rows.map(({ key }) => key);
}
