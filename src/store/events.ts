// The canonical events, immutable, each with the message it came from.
import type { ClientBase } from 'pg';
import type { EventType } from '../model/event.ts';
import type { Instant } from '../model/time.ts';
import { bigintColumn, floatColumn, integerColumn, textColumn } from './column.ts';

/** As in the schema: what one call of the sequence takes. */
const BLOCK = 1_000;

/**
 * Numbers for events to come: handed out beforehand, so that facts can name their event before it is written. Taken in
 * blocks; gaps mean nothing.
 */
export async function reserveEventIds(client: ClientBase, count: number): Promise<string[]> {
  if (count === 0) return [];
  const { rows } = await client.query<{ first: string }>({
    name: 'reserve-event-ids',
    text: `select nextval('lading.event_id_seq') as first from generate_series(1, $1)`,
    values: [Math.ceil(count / BLOCK)],
  });
  const firsts = rows.map(({ first }) => BigInt(first));
  return Array.from({ length: count }, (_, index) =>
    ((firsts[Math.floor(index / BLOCK)] as bigint) + BigInt(index % BLOCK)).toString(),
  );
}

/** `source` and `id` of a CloudEvent: its idempotency key. */
export type EventKey = { readonly source: string; readonly key: string; readonly eventId: string };

/**
 * Claims keys and returns the event ids of those that were new. A key that another transaction is just claiming is
 * waited for; the order is fixed so that no two wait for each other. Of two alike in one call the first is new.
 */
export async function claimEventKeys(
  client: ClientBase,
  tenant: string,
  keys: readonly EventKey[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await client.query<{ event_id: string }>({
    name: 'claim-event-keys',
    text: `
      insert into lading.event_key (tenant, source, key, event_id)
      select $1, source, key, event_id
        from unnest($2::text[], $3::text[], $4::bigint[]) with ordinality as new (source, key, event_id, position)
       order by source, key, position
      on conflict do nothing
      returning event_id`,
    values: [tenant, keys.map(({ source }) => source), keys.map(({ key }) => key), keys.map(({ eventId }) => eventId)],
  });
  return new Set(rows.map(({ event_id }) => event_id));
}

/** The keys of events that these messages gave when they were worked on before, as `message source key`. */
export async function knownEventsOf(
  client: ClientBase,
  tenant: string,
  messageIds: readonly string[],
): Promise<{ messageId: string; source: string; key: string }[]> {
  if (messageIds.length === 0) return [];
  const { rows } = await client.query<{ messageId: string; source: string; key: string }>(
    `select message_id as "messageId", source, key from lading.event where tenant = $1 and message_id = any($2::bigint[])`,
    [tenant, messageIds],
  );
  return rows;
}

export type NewEvent = {
  readonly id: string;
  readonly messageId: string;
  /** In its message, from 0. */
  readonly position: number;
  readonly type: EventType;
  readonly source: string;
  readonly key: string;
  readonly sender: string;
  readonly reportedAt: Instant;
  readonly shipment?: string;
  /** The event's `data` as JSON. */
  readonly data: string;
};

export async function appendEvents(
  client: ClientBase,
  tenant: string,
  events: readonly NewEvent[],
  recordedAt: Instant,
): Promise<void> {
  if (events.length === 0) return;
  await client.query({
    name: 'append-events',
    text: `
      insert into lading.event
        (tenant, recorded_at, id, message_id, position, type, source, key, sender, reported_at, shipment, data)
      select $1, to_timestamp($2::float8 / 1000), id, message_id, position, type, source, key, sender,
             to_timestamp(reported_ms / 1000), shipment, data
        from unnest($3::bigint[], $4::bigint[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[],
                    $10::float8[], $11::text[], $12::text[])
          as new (id, message_id, position, type, source, key, sender, reported_ms, shipment, data)`,
    values: [
      tenant,
      recordedAt,
      bigintColumn(events, (event) => event.id),
      bigintColumn(events, (event) => event.messageId),
      integerColumn(events, (event) => event.position),
      textColumn(events, (event) => event.type),
      textColumn(events, (event) => event.source),
      textColumn(events, (event) => event.key),
      textColumn(events, (event) => event.sender),
      floatColumn(events, (event) => event.reportedAt),
      textColumn(events, (event) => event.shipment),
      textColumn(events, (event) => event.data),
    ],
  });
}

/** Events that waited are now of a shipment. `recordedAt` tells the month they lie in. */
export async function assignEvents(
  client: ClientBase,
  tenant: string,
  events: readonly { readonly id: string; readonly recordedAt: Instant; readonly shipment: string }[],
): Promise<void> {
  if (events.length === 0) return;
  await client.query(
    `update lading.event e set shipment = found.shipment
       from unnest($2::bigint[], $3::float8[], $4::text[]) as found (id, recorded_ms, shipment)
      where e.tenant = $1 and e.id = found.id and e.recorded_at = to_timestamp(found.recorded_ms / 1000)`,
    [tenant, events.map(({ id }) => id), events.map((e) => e.recordedAt), events.map(({ shipment }) => shipment)],
  );
}
