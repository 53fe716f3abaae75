// What an explanation is made from: the facts of a shipment with their origin, and what a name may mean.

import type { Standing } from '../../model/decision.ts';
import type { Fact } from '../../model/fact.ts';
import type { Queryable } from '../database.ts';
import { decodeFacts } from '../facts.ts';
import { utc } from '../reading.ts';

export type ShipmentMemory = { readonly facts: Fact[]; readonly standing: Standing };

/** All facts of one shipment, and how it stands; `undefined` when there is no such shipment. */
export async function memoryOfShipment(
  db: Queryable,
  tenant: string,
  shipment: string,
): Promise<ShipmentMemory | undefined> {
  return (await memoriesOfShipments(db, tenant, [shipment])).get(shipment);
}

/** The same of several; those that there are. */
export async function memoriesOfShipments(
  db: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<ReadonlyMap<string, ShipmentMemory>> {
  if (shipments.length === 0) return new Map();
  const { rows } = await db.query<{ shipment: string; facts: string; standing: string }>(
    'select shipment, facts, standing from lading.shipment where tenant = $1 and shipment = any($2::text[])',
    [tenant, shipments],
  );
  return new Map(
    rows.map(({ shipment, facts, standing }) => [
      shipment,
      { facts: decodeFacts(facts), standing: JSON.parse(standing) as Standing },
    ]),
  );
}

export type EventOrigin = {
  readonly message: string;
  /** When the hub had it; missing where only the message is known. */
  readonly recordedAt?: string;
};

/** Event id → its message, and when the hub had it. */
export async function originsOfEvents(
  db: Queryable,
  tenant: string,
  eventIds: readonly string[],
): Promise<Map<string, EventOrigin>> {
  if (eventIds.length === 0) return new Map();
  const { rows } = await db.query<EventOrigin & { id: string }>(
    `select id::text, message_id::text as message, ${utc('recorded_at')} as "recordedAt"
       from lading.event where tenant = $1 and id = any($2::bigint[])`,
    [tenant, eventIds],
  );
  return new Map(rows.map(({ id, ...origin }) => [id, origin]));
}

export type WaitingView = {
  readonly event: string;
  readonly message: string;
  readonly sender: string;
  readonly since: string;
  readonly fact: string;
};

/** What waits under a name, whatever its type; at most a hundred. */
export async function waitingUnder(db: Queryable, tenant: string, value: string): Promise<WaitingView[]> {
  const { rows } = await db.query<WaitingView>(
    `select w.event_id::text as event, w.message_id::text as message, w.sender, ${utc('w.since')} as since, w.fact
       from lading.waiting w
      where w.tenant = $1
        and w.event_id in (select event_id from lading.waiting_name where tenant = $1 and value = $2)
      order by w.event_id limit 100`,
    [tenant, value],
  );
  return rows;
}

/** Messages with these bytes (SHA-256, hex), the first of each partner, or of the one given. */
export async function messagesByHash(
  db: Queryable,
  tenant: string,
  sha256: string,
  partner?: string,
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select message_id::text as id from lading.message_key
      where tenant = $1 and sha256 = decode($2, 'hex') and ($3::text is null or partner = $3) limit 100`,
    [tenant, sha256, partner],
  );
  return rows.map(({ id }) => id);
}
