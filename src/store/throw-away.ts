// A database for one run of a scenario or a test: a copy of one that was migrated once, dropped when the run is over.
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { migrate } from './migrate.ts';

export type ThrowAwayDatabase = {
  readonly url: string;
  /** Ends every connection of others to it, as the death of their process would. */
  readonly cutConnections: () => Promise<void>;
  readonly drop: () => Promise<void>;
};

const MIGRATIONS = new URL('./migrations/', import.meta.url);
const TEMPLATE = `lading_template_${fingerprint()}`;
const ABANDONED_AFTER_MS = 3_600_000;

/** A server on which we may make databases. */
export type DatabaseServer = { readonly url: string; readonly stop: () => Promise<void> };

/** Leaves the server when the database is dropped. */
export async function createThrowAwayDatabase(server: DatabaseServer): Promise<ThrowAwayDatabase> {
  const admin = new pg.Client({ connectionString: server.url });
  admin.on('error', () => {});
  await admin.connect();
  const name = `lading_run_${Date.now().toString(36)}_${randomBytes(4).toString('hex')}`;
  const urlOf = (database: string) => Object.assign(new URL(server.url), { pathname: `/${database}` }).href;
  const execute = (statement: string) => admin.query(statement).then(() => {});
  try {
    await dropAbandoned(admin);
    await whileHeld(admin, TEMPLATE, async () => {
      await ensureTemplate(admin, urlOf(TEMPLATE));
      // Block by block through the log, as is the default, costs ten times as much of the processor.
      await execute(`create database ${name} template ${TEMPLATE} strategy file_copy`);
    });
    // Nobody needs it after a power failure; the death of a process loses nothing either way.
    await execute(`alter database ${name} set synchronous_commit = off`);
  } catch (error) {
    await admin.end();
    await server.stop();
    throw error;
  }
  return {
    url: urlOf(name),
    cutConnections: async () => {
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    },
    drop: async () => {
      await execute(`drop database if exists ${name} with (force)`);
      await admin.end();
      await server.stop();
    },
  };
}

/**
 * Tells a server that all its databases are thrown away: it waits for no disk. The death of any process still loses
 * nothing; only the machine's own would. Holds from now on, also when it is started again.
 */
export async function forgoDisk(server: Pick<DatabaseServer, 'url'>): Promise<void> {
  const admin = new pg.Client({ connectionString: server.url });
  admin.on('error', () => {});
  await admin.connect();
  try {
    for (const setting of ['fsync', 'full_page_writes', 'wal_compression']) {
      await admin.query(`alter system set ${setting} = off`);
    }
    await admin.query('select pg_reload_conf()');
  } finally {
    await admin.end();
  }
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(MIGRATIONS).sort()) hash.update(name).update(readFileSync(new URL(name, MIGRATIONS)));
  return hash.digest('hex').slice(0, 16);
}

// Two runs that start together: one makes the template while the other waits. It bears its name only when it is whole.
async function ensureTemplate(admin: pg.Client, templateUrl: string): Promise<void> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [TEMPLATE]);
  if (rowCount !== 0) return;
  const draft = `${TEMPLATE}_draft`;
  await admin.query(`drop database if exists ${draft} with (force)`);
  await admin.query(`create database ${draft}`);
  await migrate(Object.assign(new URL(templateUrl), { pathname: `/${draft}` }).href);
  await admin.query(`alter database ${draft} rename to ${TEMPLATE}`);
}

// Nobody drops a template while another copies it.
async function whileHeld(admin: pg.Client, template: string, work: () => Promise<void>): Promise<void> {
  await admin.query('select pg_advisory_lock(hashtextextended($1, 0))', [template]);
  try {
    await work();
  } finally {
    await admin.query('select pg_advisory_unlock(hashtextextended($1, 0))', [template]);
  }
}

/** What killed runs left behind, and templates of other editions of the schema. */
async function dropAbandoned(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select datname as name from pg_database d
      where (datname like 'lading\\_run\\_%' or datname like 'lading\\_template\\_%')
        and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
  );
  const abandoned = rows.filter(({ name }) => {
    const [, bornAt] = /^lading_run_([0-9a-z]+)_/.exec(name) ?? [];
    if (bornAt === undefined) return !name.startsWith(TEMPLATE);
    return Date.now() - Number.parseInt(bornAt, 36) > ABANDONED_AFTER_MS;
  });
  for (const { name } of abandoned) {
    const template = name.replace(/_draft$/, '');
    const drop = `drop database if exists ${pg.escapeIdentifier(name)}`;
    // Another run may be quicker, or an older edition begin to use it.
    await whileHeld(admin, template, async () => void (await admin.query(drop).catch(() => {})));
  }
}
