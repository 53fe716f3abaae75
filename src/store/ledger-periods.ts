// Locked periods, and what waits because its period is locked.
import type { ClientBase } from 'pg';
import type { Instant, LocalDate } from '../model/time.ts';
import type { Queryable } from './database.ts';
import type { LatePosting } from './ledger.ts';

export type PeriodLock = {
  /** `*`: every entity. */
  readonly legalEntity: string;
  readonly period: LocalDate;
  readonly lockedAt: Instant;
  readonly lockedBy: string;
};

/** Those in force, the latest period first; at most `limit`. */
export async function periodLocks(client: Queryable, tenant: string, limit: number): Promise<PeriodLock[]> {
  const { rows } = await client.query<PeriodLock>(
    `select legal_entity as "legalEntity", period, locked_at as "lockedAt", locked_by as "lockedBy"
       from lading.ledger_lock where tenant = $1 and unlocked_at is null order by period desc, legal_entity limit $2`,
    [tenant, limit],
  );
  return rows;
}

/** `false`: it was locked already. */
export async function addPeriodLock(
  client: ClientBase,
  tenant: string,
  { legalEntity, period, lockedAt, lockedBy }: PeriodLock,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into lading.ledger_lock (tenant, legal_entity, period, locked_at, locked_by)
     values ($1, $2, $3, to_timestamp($4::float8 / 1000), $5)
     on conflict (tenant, period, legal_entity) where unlocked_at is null do nothing`,
    [tenant, legalEntity, period, lockedAt, lockedBy],
  );
  return rowCount === 1;
}

/** The lock stays, with who ended it. `false`: it was not locked. */
export async function endPeriodLock(
  client: ClientBase,
  tenant: string,
  { legalEntity, period }: Pick<PeriodLock, 'legalEntity' | 'period'>,
  by: string,
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update lading.ledger_lock set unlocked_by = $4, unlocked_at = to_timestamp($5::float8 / 1000)
      where tenant = $1 and legal_entity = $2 and period = $3 and unlocked_at is null`,
    [tenant, legalEntity, period, by, now],
  );
  return rowCount === 1;
}

export type LateOfShipment = LatePosting & { readonly approvedBy: string | null };

export async function lateOf(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<LateOfShipment[]> {
  const { rows } = await client.query<LateOfShipment>(
    `select legal_entity as "legalEntity", period, shipment, approved_by as "approvedBy"
       from lading.ledger_late where tenant = $1 and shipment = any($2::text[])`,
    [tenant, shipments],
  );
  return rows;
}

/** Of these shipments, what waits is this and nothing else. What was approved and waits still keeps its yes. */
export async function replaceLate(
  client: ClientBase,
  tenant: string,
  shipments: readonly string[],
  late: readonly LatePosting[],
  now: Instant,
): Promise<void> {
  const values = [
    tenant,
    late.map(({ legalEntity }) => legalEntity),
    late.map(({ period }) => period),
    late.map(({ shipment }) => shipment),
  ];
  await client.query(
    `delete from lading.ledger_late
      where tenant = $1 and shipment = any($5::text[])
        and (legal_entity, period, shipment) not in (select * from unnest($2::text[], $3::date[], $4::text[]))`,
    [...values, shipments],
  );
  if (late.length === 0) return;
  await client.query(
    `insert into lading.ledger_late (tenant, legal_entity, period, shipment, since)
     select $1, legal_entity, period, shipment, to_timestamp($5::float8 / 1000)
       from unnest($2::text[], $3::date[], $4::text[]) as new (legal_entity, period, shipment)
     on conflict do nothing`,
    [...values, now],
  );
}

export type WaitingPeriod = {
  readonly legalEntity: string;
  readonly period: LocalDate;
  readonly shipments: number;
  /** A few of them. */
  readonly some: readonly string[];
};

/** What waits for a yes, by entity and period; at most `limit` of these. */
export async function waitingPeriods(client: Queryable, tenant: string, limit: number): Promise<WaitingPeriod[]> {
  const { rows } = await client.query<WaitingPeriod>(
    `select legal_entity as "legalEntity", period, count(*)::int as shipments,
            (array_agg(shipment order by shipment))[1:3] as some
       from lading.ledger_late where tenant = $1 and approved_by is null
      group by legal_entity, period order by period, legal_entity limit $2`,
    [tenant, limit],
  );
  return rows;
}

/** Says yes to all that waits of a period, of one entity or (`*`) of all; returns whose it is. */
export async function approveLate(
  client: ClientBase,
  tenant: string,
  { legalEntity, period }: { readonly legalEntity: string; readonly period: LocalDate },
  by: string,
  now: Instant,
): Promise<string[]> {
  const { rows } = await client.query<{ shipment: string }>(
    `update lading.ledger_late set approved_by = $4, approved_at = to_timestamp($5::float8 / 1000)
      where tenant = $1 and period = $3 and ($2 = '*' or legal_entity = $2) and approved_by is null
     returning shipment`,
    [tenant, legalEntity, period, by, now],
  );
  return [...new Set(rows.map(({ shipment }) => shipment))].sort();
}

/** Whose postings wait for this period, approved or not. */
export async function shipmentsLateFor(
  client: Queryable,
  tenant: string,
  legalEntity: string,
  period: LocalDate,
): Promise<string[]> {
  const { rows } = await client.query<{ shipment: string }>(
    `select distinct shipment from lading.ledger_late
      where tenant = $1 and period = $3 and ($2 = '*' or legal_entity = $2) order by shipment`,
    [tenant, legalEntity, period],
  );
  return rows.map(({ shipment }) => shipment);
}
