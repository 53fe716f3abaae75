// How much is waiting to be worked on, and what is counted for those who watch.

import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type Backlog = { readonly migrated: boolean; readonly messages: number; readonly oldestReceivedAt?: Instant };

export async function backlogOf(db: Queryable, tenant: string): Promise<Backlog> {
  const { rows: known } = await db.query<{ migrated: boolean }>(
    `select to_regclass('lading.inbox') is not null as migrated`,
  );
  if (known[0]?.migrated !== true) return { migrated: false, messages: 0 };
  const { rows } = await db.query<{ messages: number; oldest: Instant | null }>(
    'select count(*)::integer as messages, min(received_at) as oldest from lading.inbox where tenant = $1',
    [tenant],
  );
  const { messages = 0, oldest = null } = rows[0] ?? {};
  return { migrated: true, messages, ...(oldest === null ? {} : { oldestReceivedAt: oldest }) };
}

export type Tally = { readonly name: string; readonly count: number };

/** Shipments by their billing state. */
export async function shipmentTally(db: Queryable, tenant: string): Promise<Tally[]> {
  const { rows } = await db.query<Tally>(
    `select coalesce(billing, 'unplanned') as name, count(*)::integer as count
       from lading.shipment where tenant = $1 group by 1`,
    [tenant],
  );
  return rows;
}

export async function effectTally(db: Queryable, tenant: string): Promise<(Tally & { readonly system: string })[]> {
  const { rows } = await db.query<Tally & { system: string }>(
    'select system, state as name, count(*)::integer as count from lading.effect where tenant = $1 group by 1, 2',
    [tenant],
  );
  return rows;
}

export async function openExceptionTally(
  db: Queryable,
  tenant: string,
): Promise<(Tally & { readonly owner: string })[]> {
  const { rows } = await db.query<Tally & { owner: string }>(
    `select kind as name, owner, count(*)::integer as count
       from lading.exception where tenant = $1 and closed_at is null group by 1, 2`,
    [tenant],
  );
  return rows;
}

export async function waitingTally(db: Queryable, tenant: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::integer as count from lading.waiting where tenant = $1',
    [tenant],
  );
  return rows[0]?.count ?? 0;
}
