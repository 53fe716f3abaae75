import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createEmptyDatabase, type TestDatabase } from '../../test/database.ts';
import { isConnectionFailure, openStore } from './database.ts';
import { DatabaseProblem } from './embedded/problem.ts';
import { migrate } from './migrate.ts';

let database: TestDatabase;
before(async () => {
  database = await createEmptyDatabase();
});
after(() => database.drop());

test('migrations: several processes at once apply each step once', async () => {
  const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(database.url)));
  assert.deepEqual(applied.flat().sort(), [...new Set(applied.flat())].sort());
  assert.ok(applied.flat().includes('0001_spine.sql'));
  assert.deepEqual(await migrate(database.url), []);
});

test('migrations: a database that is newer than the program says so', async () => {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query(`insert into lading.migration values ('9999_future.sql', 'x', now())`);
  await assert.rejects(migrate(database.url), (error) => {
    assert.ok(error instanceof DatabaseProblem);
    assert.match(error.message, /newer than this program.*9999_future\.sql.*start the newer version/);
    return true;
  });
  await client.query(`delete from lading.migration where name = '9999_future.sql'`);
  await client.end();
});

test('tenancy: another tenant reads and writes nothing, whatever the statement', async () => {
  const ours = openStore(database.url, { tenant: 'ours' });
  const theirs = openStore(database.url, { tenant: 'theirs' });
  await ours.query(`insert into lading.reference (tenant, type, value, shipment) values ('ours', 'bol', 'B-1', 'S-1')`);
  assert.equal((await ours.query('select * from lading.reference')).rowCount, 1);
  assert.equal((await theirs.query('select * from lading.reference')).rowCount, 0);
  assert.equal((await theirs.query(`update lading.reference set shipment = 'S-2' where true`)).rowCount, 0);
  assert.equal((await theirs.query('delete from lading.reference')).rowCount, 0);
  await assert.rejects(
    theirs.query(`insert into lading.reference (tenant, type, value, shipment) values ('ours', 'bol', 'B-2', 'S-1')`),
    /row-level security/,
  );
  await assert.rejects(theirs.query('select * from lading.message_default'), /permission denied/);
  await assert.rejects(theirs.query('alter table lading.reference disable row level security'), /must be owner/);
  await Promise.all([ours.close(), theirs.close()]);
});

test('transaction: two that block each other both end', async () => {
  const store = openStore(database.url);
  await store.query(`insert into lading.rule_stamp (tenant, stamp) values ('main', 1)`);
  await store.query(`insert into lading.system_state (tenant, system) values ('main', 'odoo')`);
  const first = `update lading.rule_stamp set stamp = stamp + 1`;
  const second = `update lading.system_state set failures = failures + 1`;
  const inOrder = (statements: string[]) =>
    store.transaction(async (client) => {
      for (const statement of statements) {
        await client.query(statement);
        await client.query('select pg_sleep(0.05)');
      }
    });
  await Promise.all([inOrder([first, second]), inOrder([second, first])]);
  assert.deepEqual((await store.query('select stamp from lading.rule_stamp')).rows, [{ stamp: '3' }]);
  await store.close();
});

test('transaction: a connection that breaks between two statements fails the transaction, and only that', async () => {
  const store = openStore(database.url);
  const cut = store.transaction(async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const admin = new pg.Client(database.url);
    await admin.connect();
    await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await admin.end();
    await sleep(50); // the news of it comes while no statement runs
    await client.query('select 1');
  });
  await assert.rejects(cut, (error) => isConnectionFailure(error as Error));
  assert.equal((await store.query('select 1 as one')).rows[0]?.one, 1);
  await store.close();
});

test('a database that does not answer says how to set it', async () => {
  const store = openStore('postgres://nobody:secret@127.0.0.1:1/none');
  await assert.rejects(store.query('select 1'), (error) => {
    assert.ok(error instanceof DatabaseProblem);
    assert.match(error.message, /cannot be reached.*DATABASE_URL=/);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
  await store.close();
});
