// The schema, brought up to what this program needs: forward only, at every start.
//
// A step that was applied is never edited: its checksum is kept, and a difference is refused. Several processes that
// start at once wait for one another at an advisory lock.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { isConnectionFailure } from './database.ts';
import { DatabaseProblem } from './embedded/problem.ts';
import { connectionProblem } from './embedded.ts';

type Step = { readonly name: string; readonly text: string; readonly checksum: string };

const FOLDER = new URL('./migrations/', import.meta.url);
const LOCK = 'hashtextextended($$lading migration$$, 0)';

/** Applies what is missing and returns the names of those steps. Throws `DatabaseProblem`. */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('set statement_timeout = 0');
    await client.query(`select pg_advisory_lock(${LOCK})`);
    return await applyMissing(client, stepsOf(FOLDER), url);
  } catch (error) {
    throw isConnectionFailure(error as Error) ? connectionProblem(error as Error, url) : error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Every step of this program, in order. */
export function stepNames(): string[] {
  return stepsOf(FOLDER).map(({ name }) => name);
}

function stepsOf(folder: URL): Step[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}_.*\.sql$/.test(name));
  return names.sort().map((name) => {
    // A checkout may have turned line ends; the step is the same.
    const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n');
    return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
  });
}

async function applyMissing(client: pg.Client, steps: readonly Step[], url: string): Promise<string[]> {
  await makeRoom(client);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from lading.migration',
  );
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  refuseWhatDiffers(steps, applied, url);
  const missing = steps.filter(({ name }) => !applied.has(name));
  for (const step of missing) await apply(client, step);
  return missing.map(({ name }) => name);
}

// Asked first: who may not create anything may still start on a schema that is complete.
async function makeRoom(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`select to_regclass('lading.migration') is not null as "isThere"`);
  if (rows[0].isThere) return;
  await client.query(`
    create schema if not exists lading;
    create table if not exists lading.migration (
      name text primary key, checksum text not null, applied_at timestamptz not null)`);
}

function refuseWhatDiffers(steps: readonly Step[], applied: ReadonlyMap<string, string>, url: string): void {
  const database = new URL(url).pathname.slice(1);
  const newer = [...applied.keys()].find((name) => !steps.some((step) => step.name === name));
  if (newer !== undefined) {
    throw new DatabaseProblem({
      kind: 'version',
      what: 'the database is newer than this program',
      where: `database ${database} has ${newer}`,
      mend: 'start the newer version of Lading, or set DATABASE_URL to another database',
    });
  }
  const changed = steps.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum);
  if (changed !== undefined) {
    throw new DatabaseProblem({
      kind: 'version',
      what: 'the schema was built by another edition of this program',
      where: `database ${database}, step ${changed.name}`,
      mend: 'start that edition of Lading, or set DATABASE_URL to another database',
    });
  }
}

async function apply(client: pg.Client, { name, text, checksum }: Step): Promise<void> {
  await client.query('begin');
  try {
    await client.query(text);
    await client.query('insert into lading.migration values ($1, $2, now())', [name, checksum]);
    await grant(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

// The application role reaches the tables through their guarded names only: a partition has no policy of its own.
async function grant(client: pg.Client): Promise<void> {
  await client.query(`
    do $$
    declare name text;
    begin
      begin
        if not exists (select from pg_roles where rolname = 'lading_app') then
          create role lading_app nologin nosuperuser nobypassrls;
        end if;
      exception when duplicate_object or unique_violation or insufficient_privilege then null;
      end;
      if exists (select from pg_roles where rolname = 'lading_app') then
        grant usage on schema lading to lading_app;
        grant usage on all sequences in schema lading to lading_app;
        for name in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where n.nspname = 'lading' and c.relkind in ('r', 'p', 'v') and not c.relispartition
        loop
          execute format('grant select, insert, update, delete on lading.%I to lading_app', name);
        end loop;
        revoke insert, update, delete on lading.migration from lading_app;
      end if;
    end $$`);
}
