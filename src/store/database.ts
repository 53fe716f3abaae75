// The way to the database: one pool for one tenant.
//
// Every connection carries its tenant, which row-level security compares with each row. Who logs in as a superuser, as
// one does on the embedded server, goes on as `lading_app`, because nobody can bypass a guard that must hold.
import { setTimeout as sleep } from 'node:timers/promises';
import pg, { type ClientBase, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';
import type { Instant } from '../model/time.ts';
import { connectionProblem } from './embedded.ts';

/** Where statements run: the pool or the client of a transaction. */
export type Queryable = {
  query<Row extends QueryResultRow = QueryResultRow>(
    statement: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<Row>>;
};

export type Store = Queryable & {
  readonly tenant: string;
  /** Commits what `work` did, or none of it. Run again when another transaction was in the way, so it may run twice. */
  transaction<T>(work: (client: ClientBase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export type StoreOptions = {
  readonly tenant?: string;
  readonly maxConnections?: number;
  readonly statementTimeoutMs?: number;
};

const ATTEMPTS = 8;
const TENANT = /^[a-z0-9][a-z0-9_-]{0,62}$/;

/** A pool for one tenant; connects when first used. Throws `DatabaseProblem` then, where nobody answers. */
export function openStore(url: string, options: StoreOptions = {}): Store {
  const { tenant = 'main', maxConnections = 10, statementTimeoutMs = 60_000 } = options;
  if (!TENANT.test(tenant)) throw new RangeError(`not a tenant's name: ${tenant}`);
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    types: { getTypeParser },
    // What is sent without waiting for the answer before it goes out at once.
    pipeline: true,
    onConnect: (client: ClientBase) => prepare(client, tenant, statementTimeoutMs),
  });
  // An idle connection that breaks is replaced at its next use.
  pool.on('error', () => {});
  // One that breaks between two statements of a transaction fails the next of them, and must not end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    tenant,
    query: (statement, values) => withClient(pool, url, (client) => client.query(statement, values)),
    transaction: (work) => retried(() => withClient(pool, url, (client) => inTransaction(client, work))),
    close: () => pool.end(),
  };
}

async function prepare(client: ClientBase, tenant: string, statementTimeoutMs: number): Promise<void> {
  const { rows } = await client.query(
    `select set_config('lading.tenant', $1, false), set_config('search_path', 'lading', false),
            set_config('TimeZone', 'UTC', false), set_config('lock_timeout', '30s', false),
            set_config('default_transaction_isolation', 'read committed', false),
            set_config('idle_in_transaction_session_timeout', '120s', false),
            set_config('statement_timeout', $2, false),
            (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as "bypasses"`,
    [tenant, String(statementTimeoutMs)],
  );
  if (rows[0].bypasses) await client.query('set role lading_app');
}

async function withClient<T>(pool: pg.Pool, url: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: Error & { code?: string }) => {
    throw isConnectionFailure(error) ? connectionProblem(error, url) : error;
  });
  let broken: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    if (isConnectionFailure(error as Error)) broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

async function inTransaction<T>(client: PoolClient, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const begun = client.query('begin');
  // Heard below; until then it must not pass for one that nobody hears.
  begun.catch(() => {});
  try {
    const result = await work(client);
    await begun;
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

// Two workers that met in the wrong order: one of them was undone by the database, and simply begins again.
async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= ATTEMPTS || !isCollision(error)) throw error;
      await sleep(Math.random() * 20 * 2 ** tries);
    }
  }
}

/** Serialization failure, deadlock, lock not to be had in time: nothing was done, another try may pass. */
export function isCollision(error: unknown): boolean {
  return ['40001', '40P01', '55P03'].includes((error as { code?: string }).code ?? '');
}

/** The server is away, going away, or does not let us in. */
export function isConnectionFailure(error: Error & { code?: string }): boolean {
  if (/^(08|28|3D|57P|53300)/.test(error.code ?? '')) return true;
  return /ECONN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN|EPIPE|Connection terminated|is not queryable|connect(ion)? timeout|timeout exceeded when trying to connect/i.test(
    `${error.code ?? ''} ${error.message}`,
  );
}

const TIMESTAMPTZ = 1184;
const DATE = 1082;

// Instants come back as numbers and calendar dates as text, as everywhere inside (model/time.ts).
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (format !== 'binary' && oid === TIMESTAMPTZ) return instantFrom;
  if (format !== 'binary' && oid === DATE) return (text: string) => text;
  return pg.types.getTypeParser(oid, format as 'text');
}

/** `2026-03-04 19:22:00.123+00` → instant: the session's zone is UTC. */
function instantFrom(text: string): Instant {
  return Date.parse(`${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, 'Z')}`);
}
