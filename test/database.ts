// A database of its own for a test file, on one server for the whole run.
//
// `./lading test` starts that server and names it in LADING_TEST_DATABASE_URL. A file that is run alone joins the
// embedded server of `.lading/test` by itself.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbedded } from '../src/store/embedded.ts';
import { createThrowAwayDatabase, forgoDisk } from '../src/store/throw-away.ts';

export type TestDatabase = {
  /** The role may do everything. */
  url: string;
  /** Removes it, also when connections are still open. */
  drop(): Promise<void>;
};

const TEST_DATA_DIR = fileURLToPath(new URL('../.lading/test', import.meta.url));

/** Brought up to date: a copy, so it costs a tenth of going through the migrations. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return createThrowAwayDatabase(await testServer());
}

export async function createEmptyDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await execute(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await execute(server.url, `drop database if exists ${name} with (force)`);
      await server.stop();
    },
  };
}

/** The server that test databases are made on. `stop` leaves it. */
export async function testServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env.LADING_TEST_DATABASE_URL;
  if (url) return { url, stop: async () => {} };
  const server = await startEmbedded({ dataDir: TEST_DATA_DIR });
  await forgoDisk(server);
  return server;
}

async function execute(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
