import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { recordAct, verifyAudit } from '../store/audit-trail.ts';
import { openStore, type Store } from '../store/database.ts';
import { parseApiKey } from './key.ts';
import { addKey, ensureFirstKey, keyFault, keyFileIn, keysOf, principalOf, readKeyFile, removeKey } from './keyring.ts';

const NOW = Date.parse('2026-03-04T12:00:00Z');
let database: TestDatabase;
let store: Store;
let folder: string;
before(async () => {
  database = await createTestDatabase();
  store = openStore(database.url);
  folder = await mkdtemp(join(tmpdir(), 'lading-keys-'));
});
after(async () => {
  await store.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

const keyOf = (text: string) => parseApiKey(text) ?? assert.fail('not a key');

test('the first start makes one admin key, readable by its owner alone', async () => {
  const first = await ensureFirstKey(store, folder, NOW);
  assert.ok(first);
  assert.equal(await readKeyFile(folder), first);
  assert.equal((await stat(keyFileIn(folder))).mode & 0o777, 0o600);
  assert.equal((await principalOf(store, keyOf(first), NOW))?.role, 'admin');
  assert.equal(await ensureFirstKey(store, folder, NOW), undefined, 'and never a second');
});

test('a second database of the same data folder takes the key of its file', async () => {
  const other = openStore(database.url, { tenant: 'demo' });
  const shared = await ensureFirstKey(other, folder, NOW);
  assert.equal(shared, await readKeyFile(folder));
  assert.equal((await principalOf(other, keyOf(shared ?? ''), NOW))?.role, 'admin');
  const [first] = await keysOf(other);
  await removeKey(other, first?.id ?? '', 'tester', NOW);
  const next = await ensureFirstKey(other, folder, NOW);
  assert.ok(next);
  assert.notEqual(next, shared, 'what was revoked stays revoked');
  await other.close();
});

test('a first start that is killed while it makes the key costs no one the key', async () => {
  const dataDir = join(folder, 'killed');
  const other = openStore(database.url, { tenant: 'killed' });
  const broken: Store = { ...other, transaction: () => Promise.reject(new Error('killed')) };
  await assert.rejects(ensureFirstKey(broken, dataDir, NOW), /killed/);
  const key = await ensureFirstKey(other, dataDir, NOW);
  assert.equal(await readKeyFile(dataDir), key);
  assert.equal((await principalOf(other, keyOf(key ?? ''), NOW))?.role, 'admin');
  assert.equal(await ensureFirstKey(other, dataDir, NOW), undefined);
  await other.close();
});

test('a key stands for its role and partner until it is revoked or expires', async () => {
  const wanted = { name: 'Roadway', role: 'partner', partner: 'rdwy', expiresAt: NOW + 1_000 } as const;
  const { id, key } = await addKey(store, wanted, 'tester', NOW);
  const principal = { keyId: id, name: 'Roadway', role: 'partner', partner: 'rdwy' };
  assert.deepEqual(await principalOf(store, keyOf(key), NOW), principal);
  assert.equal(await principalOf(store, keyOf(key), NOW + 1_000), undefined, 'expired');
  assert.equal(await removeKey(store, id, 'tester', NOW), true);
  assert.equal(await principalOf(store, keyOf(key), NOW), undefined, 'revoked');
  assert.equal(await removeKey(store, id, 'tester', NOW), false, 'only once');
});

test('the secret is not in the database', async () => {
  const { id, key } = await addKey(store, { name: 'x', role: 'auditor' }, 'tester', NOW);
  const { rows } = await store.query('select api_key::text as row from lading.api_key where id = $1', [id]);
  assert.equal(rows[0]?.row.includes(keyOf(key).secret), false);
  assert.equal(rows[0]?.row.includes(Buffer.from(keyOf(key).secret).toString('hex')), false);
});

test('a key of another tenant is unknown here', async () => {
  const other = openStore(database.url, { tenant: 'other' });
  const { key } = await addKey(other, { name: 'x', role: 'admin' }, 'tester', NOW);
  assert.equal(await principalOf(store, keyOf(key), NOW), undefined);
  assert.equal((await keysOf(other)).length, 1);
  await other.close();
});

test('a bound role needs its partner, the others have none', () => {
  assert.match(keyFault({ name: 'x', role: 'partner' }) ?? '', /needs the partner/);
  assert.match(keyFault({ name: 'x', role: 'admin', partner: 'rdwy' }) ?? '', /leave it out/);
  assert.equal(keyFault({ name: 'x', role: 'customer', partner: 'acme' }), undefined);
});

test('audit: the chain holds under writers at one time, and a changed, removed or added entry is found', async () => {
  const tenant = store.tenant;
  const act = (subject: string) => ({ actor: 'tester', action: 'try', subject, detail: { b: 1, a: ['x', null] } });
  await Promise.all(
    ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((n) =>
      store.transaction((c) => recordAct(c, tenant, act(n), NOW)),
    ),
  );
  const whole = await verifyAudit(store, tenant);
  assert.equal(whole.brokenAt, undefined);
  assert.ok(whole.entries >= 12);

  const tampering = [
    { sql: `update lading.audit_entry set detail = '{"b": 2}' where subject = '2'`, reason: /content/ },
    { sql: `update lading.audit_entry set actor = 'nobody' where subject = '3'`, reason: /content/ },
    { sql: `delete from lading.audit_entry where id = (select min(id) from lading.audit_entry)`, reason: /before it/ },
  ];
  for (const { sql, reason } of tampering) {
    await store
      .transaction(async (client) => {
        assert.equal((await client.query(sql)).rowCount, 1);
        assert.match((await verifyAudit(client, tenant)).brokenAt?.reason ?? '', reason);
        throw new Error('undo');
      })
      .catch((error) => assert.equal(error.message, 'undo', error));
  }
  assert.deepEqual(await verifyAudit(store, tenant), whole, 'what was undone left nothing');
});
