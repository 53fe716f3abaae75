// How much is waiting to be worked on, and what is counted for those who watch.

import type { Instant } from '../../model/time.ts';
import type { Queryable } from '../database.ts';
import { stepNames } from '../migrate.ts';

export type Backlog = { readonly messages: number; readonly oldestReceivedAt?: Instant };

/** Steps of the schema that this program needs and the database has not. */
export async function missingSteps(db: Queryable): Promise<string[]> {
  const { rows: tables } = await db.query<{ there: boolean }>(
    `select to_regclass('lading.migration') is not null as there`,
  );
  if (tables[0]?.there !== true) return stepNames();
  const { rows } = await db.query<{ name: string }>('select name from lading.migration');
  const applied = new Set(rows.map(({ name }) => name));
  return stepNames().filter((name) => !applied.has(name));
}

export async function backlogOf(db: Queryable, tenant: string): Promise<Backlog> {
  const { rows } = await db.query<{ messages: number; oldest: Instant | null }>(
    'select count(*)::integer as messages, min(received_at) as oldest from lading.inbox where tenant = $1',
    [tenant],
  );
  const { messages = 0, oldest = null } = rows[0] ?? {};
  return { messages, ...(oldest === null ? {} : { oldestReceivedAt: oldest }) };
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
