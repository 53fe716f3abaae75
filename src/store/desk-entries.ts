// What a person of ours says by hand: kept as a message and an event, like everything that is said about a shipment.
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { CanonicalEvent } from '../model/event.ts';
import type { Instant } from '../model/time.ts';
import { appendEvents } from './events.ts';

export type DeskEvent = Extract<CanonicalEvent, { type: 'charge.entered' | 'charge.ruled' | 'reference.linked' }>;

/** The `source` of what was entered by hand. */
export const DESK_SOURCE = '/lading/desk';

/** Keeps it in the caller's transaction, with the decision that follows from it. `event.id` was reserved before. */
export async function keepDeskEvent(
  client: ClientBase,
  tenant: string,
  { event, actor }: { readonly event: DeskEvent; readonly actor: string },
  now: Instant,
): Promise<void> {
  const body = Buffer.from(JSON.stringify({ specversion: '1.0', ...event }));
  const { rows } = await client.query<{ id: string }>(
    `insert into lading.message (tenant, id, received_at, partner, sender, channel, bound, media_type, kind, sha256, body,
                                 correlation, state, events)
     select $1, id, to_timestamp($2::float8 / 1000), $3, $3, 'desk', true, 'application/cloudevents+json', 'json', $4, $5,
            'desk-' || id, 'translated', 1
       from nextval('lading.message_id_seq') as id
     returning id`,
    [tenant, now, actor, createHash('sha256').update(body).digest(), body],
  );
  const messageId = rows[0]?.id;
  if (messageId === undefined) throw new Error('a message was not kept');
  const { id, type, source, data } = event;
  const said = { id, messageId, position: 0, type, source, key: id, sender: actor, reportedAt: now };
  await appendEvents(client, tenant, [{ ...said, shipment: data.shipment, data: JSON.stringify(data) }], now);
}
