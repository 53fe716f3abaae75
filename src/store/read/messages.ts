// Messages as people and the API see them: what came, from whom, and what became of it.

import type { Queryable } from '../database.ts';
import { type PageRequest, utc, withoutNulls } from '../reading.ts';

export const MESSAGE_VERDICTS = ['received', 'applied', 'waiting', 'duplicate', 'quarantined', 'mended'] as const;
/** `received`: durable, not yet translated. `waiting`: something in it waits for its shipment. `mended`: another corrects it. */
export type MessageVerdict = (typeof MESSAGE_VERDICTS)[number];

/** As the translation wrote it. */
export type KeptProblem = {
  readonly kind: string;
  readonly subject: string;
  readonly detail: string;
  readonly offset?: number;
};

export type MessageRow = {
  readonly id: string;
  readonly partner: string;
  readonly sender?: string;
  readonly channel: string;
  readonly fileName?: string;
  readonly mediaType?: string;
  readonly kind?: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly receivedAt: string;
  readonly correlation: string;
  readonly verdict: MessageVerdict;
  readonly events: number;
  readonly waiting: number;
  readonly problems?: readonly KeptProblem[];
  /** The message that it corrects. */
  readonly mends?: string;
  /** The message that corrects it. */
  readonly mendedBy?: string;
};

export type MessageFilter = {
  readonly partner?: string;
  /** Any of these. */
  readonly senders?: readonly string[];
  /** The one partner whose messages may be seen. */
  readonly mine?: string;
  readonly kind?: string;
  readonly verdict?: MessageVerdict;
  /** RFC 3339. */
  readonly since?: string;
  readonly until?: string;
};

// By way of the events: that is what both tables are indexed by.
const WAITING = `select count(*)::integer from lading.event e
  join lading.waiting w on w.tenant = e.tenant and w.event_id = e.id where e.tenant = m.tenant and e.message_id = m.id`;
const MENDED_BY =
  'select n.id from lading.message n where n.tenant = m.tenant and n.mends = m.id order by n.id desc limit 1';
const COLUMNS = `m.id::text, m.partner, m.sender, m.channel, m.file_name as "fileName", m.media_type as "mediaType",
  m.kind, encode(m.sha256, 'hex') as sha256, octet_length(m.body) as bytes, ${utc('m.received_at')} as "receivedAt",
  m.correlation, m.events, m.problems, (${WAITING}) as waiting, m.mends::text,
  case when m.problems is not null then (${MENDED_BY})::text end as "mendedBy",
  case when m.state = 'received' then 'received' when m.quarantined then 'quarantined'
       when m.problems is not null and exists (${MENDED_BY}) then 'mended'
       when m.duplicate then 'duplicate' when (${WAITING}) > 0 then 'waiting' else 'applied' end as verdict`;

/** The newest first. */
export async function listMessages(
  db: Queryable,
  tenant: string,
  filter: MessageFilter,
  { limit, after }: PageRequest,
): Promise<MessageRow[]> {
  const { rows } = await db.query(
    `select * from (select ${COLUMNS}, m.id as place from lading.message m
      where m.tenant = $1 and ($2::bigint is null or m.id < $2) and ($3::text is null or m.partner = $3)
        and ($4::text is null or m.kind = $4) and ($5::timestamptz is null or m.received_at >= $5)
        and ($6::timestamptz is null or m.received_at < $6) and ($9::text is null or m.partner = $9)
        and ($10::text[] is null or coalesce(m.sender, m.partner) = any($10))
        and ($7::text is distinct from 'quarantined' or m.quarantined)
        and ($7::text is distinct from 'duplicate' or m.duplicate)) listed
      where $7::text is null or verdict = $7 order by place desc limit $8`,
    [
      tenant,
      after?.[0],
      filter.partner,
      filter.kind,
      filter.since,
      filter.until,
      filter.verdict,
      limit + 1,
      filter.mine,
      filter.senders,
    ],
  );
  return rows.map(({ place: _, ...row }) => withoutNulls(row));
}

export type MessageDetail = MessageRow & {
  /** The 997 or 999 that answers it. */
  readonly acknowledgement?: string;
  readonly madeEvents: readonly MessageEvent[];
};
export type MessageEvent = {
  readonly id: string;
  readonly position: number;
  readonly type: string;
  readonly shipment?: string;
  readonly waiting: boolean;
};

const EVENTS_SHOWN = 1_000;

/** `partner` given: only if it came from that partner. At most a thousand of its events are listed; `events` counts all. */
export async function findMessage(
  db: Queryable,
  tenant: string,
  id: string,
  partner?: string,
): Promise<MessageDetail | undefined> {
  const { rows } = await db.query(
    `select ${COLUMNS}, convert_from(m.acknowledgement, 'LATIN1') as acknowledgement from lading.message m
      where m.tenant = $1 and m.id = $2::bigint and ($3::text is null or m.partner = $3)`,
    [tenant, id, partner],
  );
  if (rows[0] === undefined) return undefined;
  return { ...withoutNulls<MessageRow>(rows[0]), madeEvents: await eventsOfMessage(db, tenant, id) };
}

async function eventsOfMessage(db: Queryable, tenant: string, id: string): Promise<MessageEvent[]> {
  const { rows } = await db.query(
    `select e.id::text, e.position, e.type, e.shipment, w.event_id is not null as waiting
       from lading.event e left join lading.waiting w on w.tenant = e.tenant and w.event_id = e.id
      where e.tenant = $1 and e.message_id = $2::bigint order by e.position, e.id limit $3`,
    [tenant, id, EVENTS_SHOWN],
  );
  return rows.map(withoutNulls<MessageEvent>);
}

export async function readMessageBody(
  db: Queryable,
  tenant: string,
  id: string,
  partner?: string,
): Promise<{ body: Buffer; mediaType?: string; fileName?: string } | undefined> {
  const { rows } = await db.query(
    `select body, media_type as "mediaType", file_name as "fileName" from lading.message
      where tenant = $1 and id = $2::bigint and ($3::text is null or partner = $3)`,
    [tenant, id, partner],
  );
  return rows[0] === undefined ? undefined : withoutNulls(rows[0]);
}
