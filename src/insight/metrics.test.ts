import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { openStore, type Store } from '../store/database.ts';
import { openMetrics } from './metrics.ts';

let database: TestDatabase;
let store: Store;
before(async () => {
  database = await createTestDatabase();
  store = openStore(database.url);
});
after(async () => {
  await store.close();
  await database.drop();
});

const NOW = Date.parse('2026-03-04T12:00:00Z');

/** One message with one event, applied `seconds` after it came. */
async function applied(id: number, seconds: number): Promise<void> {
  const at = (offset: number) => new Date(NOW + offset * 1000).toISOString();
  await store.query(
    `insert into lading.message (tenant, id, received_at, partner, channel, sha256, body, correlation, state)
     values ('main', $1, $2, 'p', 'http', '', '', 'c', 'translated')`,
    [id, at(0)],
  );
  await store.query(
    `insert into lading.event (tenant, id, recorded_at, message_id, position, type, source, key, sender, reported_at, data)
     values ('main', $1, $2, $1, 0, 't', 's', 'k', 'p', $2, '{}')`,
    [id, at(seconds)],
  );
}

test('durations are counted once, from the first reading on', async () => {
  const metrics = openMetrics({ store, now: () => NOW, freshMs: 0 });
  await applied(1, 9);
  await metrics.text();
  await applied(2, 0.25);
  await applied(3, 4);
  await store.query(
    `insert into lading.effect (tenant, key, system, kind, subject, state, created_at, changed_at)
     values ('main', 'odoo:S-1-1', 'odoo', 'invoice', 'S-1-1', 'confirmed', $1, $2)`,
    [new Date(NOW).toISOString(), new Date(NOW + 2_000).toISOString()],
  );
  await metrics.text();
  const text = await metrics.text();
  assert.match(text, /^lading_message_seconds_count 2$/m);
  assert.match(text, /^lading_message_seconds_sum 4\.25$/m);
  assert.match(text, /^lading_delivery_seconds_count\{system="odoo"\} 1$/m);
  assert.match(text, /^lading_delivery_seconds_sum\{system="odoo"\} 2$/m);
  assert.match(text, /^lading_effects\{system="odoo",state="confirmed"\} 1$/m);
});

test('the backlog has an age, and a state that is gone is not told any more', async () => {
  const metrics = openMetrics({ store, now: () => NOW + 60_000, freshMs: 0 });
  await store.query(`insert into lading.inbox (tenant, message_id, received_at, bytes) values ('main', 9, $1, 1)`, [
    new Date(NOW).toISOString(),
  ]);
  const before = await metrics.text();
  assert.match(before, /^lading_backlog_messages 1$/m);
  assert.match(before, /^lading_backlog_age_seconds 60$/m);
  await store.query('delete from lading.inbox');
  await store.query(`delete from lading.effect`);
  const after = await metrics.text();
  assert.match(after, /^lading_backlog_age_seconds 0$/m);
  assert.doesNotMatch(after, /^lading_effects\{/m);
});
