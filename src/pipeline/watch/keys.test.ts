// Keys that end: told in time, and no longer once they are replaced.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { rotateKey } from '../../connectors/odoo/connect/rotate.ts';
import { openMetrics } from '../../insight/metrics.ts';
import { DAY_MS, HOUR_MS } from '../../model/time.ts';
import { openStore } from '../../store/database.ts';
import { connectErp } from '../hub.ts';
import { watchKeysOnce } from './keys.ts';

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

const START = Date.parse('2026-04-10T00:00:00Z');

test('a key that ends within 14 days is an exception and a metric, until it is replaced', async (t) => {
  let at = START;
  const clock = { now: () => at };
  const erp = await startOdooStandIn({ version: 19, now: clock.now });
  const folder = mkdtempSync(join(tmpdir(), 'lading-keys-'));
  const { url, database: name, user, key, password } = erp;
  const settings = { url, database: name, user, key, keyFile: join(folder, 'key.json') };
  const system = connectErp(settings, clock);
  const store = openStore(database.url);
  t.after(async () => {
    await system.session.close();
    await store.close();
    await erp.stop();
    rmSync(folder, { recursive: true });
  });
  const asked = new Map<string, number>();
  const look = () => watchKeysOnce({ store, clock }, [system], asked);
  const open = async () => {
    const { rows } = await store.query(
      `select kind, subject, detail from lading.exception where closed_at is null and kind = 'key-ending'`,
    );
    return rows;
  };
  const metric = async () => {
    const text = await openMetrics({ store, now: clock.now }).text();
    return /^lading_key_ends_seconds\{system="odoo"\} (\S+)$/m.exec(text)?.[1];
  };
  const [{ id }] = erp.act('res.users.apikeys', 'search_read', [], { domain: [], fields: [] }) as [{ id: number }];
  erp.act('res.users.apikeys', 'write', [id], { vals: { expiration_date: '2026-04-25 00:00:00' } });

  // 15 days ahead: a metric, and nothing to do yet.
  assert.equal(await look(), 1);
  assert.deepEqual(await open(), []);
  assert.equal(await metric(), String(15 * 86_400));
  // Asked once an hour, not at every turn.
  assert.equal(await look(), 0);

  at = START + 2 * DAY_MS;
  assert.equal(await look(), 1);
  const detail = 'The key to odoo ends on 2026-04-25; replace it by `lading connect odoo --rotate`.';
  assert.deepEqual(await open(), [{ kind: 'key-ending', subject: 'odoo', detail }]);

  await rotateKey(settings, clock, { keyFile: settings.keyFile, from: { password }, keepsOld: false });
  at += HOUR_MS;
  assert.equal(await look(), 1);
  assert.deepEqual(await open(), []);

  // Where it cannot be asked, nothing is said anew.
  await erp.setFault({ mode: 'down' });
  at += HOUR_MS;
  assert.equal(await look(), 0);
  await erp.setFault({ mode: 'up' });
});
