// Pace and breaker of each outside system: one row that all workers share.
//
// The rules are not here but in pipeline/deliver/breaker.ts; the row lock, held until the transaction ends, is what
// lets one worker at a time apply them.

import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type SystemStateRow = {
  breaker: 'closed' | 'open' | 'half-open';
  failures: number;
  openedAt?: Instant;
  probeAt?: Instant;
  tokens?: number;
  refilledAt?: Instant;
  /** Somebody holds it since: nothing goes there. */
  heldSince?: Instant;
};

const COLUMNS = `breaker, failures, tokens,
  opened_at as "openedAt", probe_at as "probeAt", refilled_at as "refilledAt", held_since as "heldSince"`;

/** The system's state, locked; a system not seen before begins untroubled. */
export async function lockSystemState(client: Queryable, tenant: string, system: string): Promise<SystemStateRow> {
  await client.query('insert into lading.system_state (tenant, system) values ($1, $2) on conflict do nothing', [
    tenant,
    system,
  ]);
  const { rows } = await client.query<StoredState>(
    `select ${COLUMNS} from lading.system_state where tenant = $1 and system = $2 for update`,
    [tenant, system],
  );
  return stateFrom(rows[0] as StoredState);
}

export async function readSystemState(
  client: Queryable,
  tenant: string,
  system: string,
): Promise<SystemStateRow | undefined> {
  const { rows } = await client.query<StoredState>(
    `select ${COLUMNS} from lading.system_state where tenant = $1 and system = $2`,
    [tenant, system],
  );
  return rows[0] && stateFrom(rows[0]);
}

export async function writeSystemState(
  client: Queryable,
  tenant: string,
  system: string,
  state: SystemStateRow,
): Promise<void> {
  await client.query(
    `update lading.system_state
        set breaker = $3, failures = $4, tokens = $5,
            opened_at = to_timestamp($6::float8 / 1000),
            probe_at = to_timestamp($7::float8 / 1000),
            refilled_at = to_timestamp($8::float8 / 1000)
      where tenant = $1 and system = $2`,
    [tenant, system, state.breaker, state.failures, state.tokens, state.openedAt, state.probeAt, state.refilledAt],
  );
}

/** For those who watch: when the system last answered, and when and why it last did not. */
export async function noteSystemAct(
  client: Queryable,
  tenant: string,
  system: string,
  at: Instant,
  trouble: string | undefined,
): Promise<void> {
  await client.query(
    `update lading.system_state
        set last_success_at = case when $4::text is null then to_timestamp($3::float8 / 1000) else last_success_at end,
            last_failure_at = case when $4::text is null then last_failure_at else to_timestamp($3::float8 / 1000) end,
            last_failure = coalesce($4, last_failure)
      where tenant = $1 and system = $2`,
    [tenant, system, at, trouble],
  );
}

/** When the key ends, as the system told; `undefined`: it is not known to. */
export async function noteKeyLife(
  client: Queryable,
  tenant: string,
  system: string,
  endsAt: Instant | undefined,
): Promise<void> {
  await client.query(
    `insert into lading.system_state (tenant, system, key_ends_at) values ($1, $2, to_timestamp($3::float8 / 1000))
     on conflict (tenant, system) do update set key_ends_at = excluded.key_ends_at`,
    [tenant, system, endsAt],
  );
}

/** Of the systems whose keys end. */
export async function keyEnds(
  client: Queryable,
  tenant: string,
): Promise<readonly { readonly system: string; readonly endsAt: Instant }[]> {
  const { rows } = await client.query<{ system: string; endsAt: Instant }>(
    `select system, key_ends_at as "endsAt"
       from lading.system_state where tenant = $1 and key_ends_at is not null order by system`,
    [tenant],
  );
  return rows;
}

/** False: it is held already. The row lock that `lockSystemState` takes orders this with acts that begin. */
export async function holdSystem(
  client: Queryable,
  tenant: string,
  system: string,
  by: string,
  reason: string | undefined,
  at: Instant,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into lading.system_state as known (tenant, system, held_since, held_by, held_reason)
     values ($1, $2, to_timestamp($3::float8 / 1000), $4, $5)
     on conflict (tenant, system) do update
        set held_since = excluded.held_since, held_by = excluded.held_by, held_reason = excluded.held_reason
      where known.held_since is null`,
    [tenant, system, at, by, reason],
  );
  return rowCount === 1;
}

/** False: it is not held. */
export async function letSystemGo(client: Queryable, tenant: string, system: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update lading.system_state set held_since = null, held_by = null, held_reason = null
      where tenant = $1 and system = $2 and held_since is not null`,
    [tenant, system],
  );
  return rowCount === 1;
}

/** Something was ever wanted there, or its state is known. */
export async function isKnownSystem(client: Queryable, tenant: string, system: string): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>(
    `select exists (select from lading.system_state where tenant = $1 and system = $2)
         or exists (select from lading.effect where tenant = $1 and system = $2) as known`,
    [tenant, system],
  );
  return rows[0]?.known === true;
}

export async function isHeld(client: Queryable, tenant: string, system: string): Promise<boolean> {
  return (await readSystemState(client, tenant, system))?.heldSince !== undefined;
}

// SQL null is our undefined.
type StoredState = { [Name in keyof SystemStateRow]: SystemStateRow[Name] | null };

function stateFrom(row: StoredState): SystemStateRow {
  return {
    breaker: row.breaker ?? 'closed',
    failures: row.failures ?? 0,
    openedAt: row.openedAt ?? undefined,
    probeAt: row.probeAt ?? undefined,
    tokens: row.tokens ?? undefined,
    refilledAt: row.refilledAt ?? undefined,
    heldSince: row.heldSince ?? undefined,
  };
}
