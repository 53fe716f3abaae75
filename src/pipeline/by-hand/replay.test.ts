import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { openStore, type Store } from '../../store/database.ts';
import { listEffects } from '../../store/read/effects.ts';
import { listExceptions } from '../../store/read/exceptions.ts';
import { findMessage } from '../../store/read/messages.ts';
import { createContext, type PipelineContext } from '../context.ts';
import { receive } from '../intake.ts';
import { importSetup } from '../setup.ts';
import { workOnce } from '../work.ts';
import { replayDeliveries, replayMessages } from './replay.ts';

let database: TestDatabase;
let store: Store;
let context: PipelineContext;
before(async () => {
  database = await createTestDatabase();
  store = openStore(database.url);
  context = createContext({ store });
  await importSetup(context, { partners: [{ id: 'tms', name: 'TMS', roles: ['tms'] }] }, 'test');
});
after(async () => {
  await store.close();
  await database.drop();
});

const by = 'tester';
const milestone = (id: string) => ({
  specversion: '1.0',
  id,
  source: '/late-partner',
  type: 'shipment.milestone',
  data: { shipment: 'S-1', milestone: 'picked-up', occurredAt: '2026-03-03T15:00:00Z' },
});

async function send(partner: string, content: unknown): Promise<string> {
  const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  const [receipt] = await receive(context, [{ bytes, partner, channel: 'http' }]);
  while ((await workOnce(context)) > 0);
  return receipt?.id ?? '';
}

const verdictOf = async (id: string) => (await findMessage(store, store.tenant, id))?.verdict;
const open = async () =>
  (await listExceptions(store, store.tenant, { state: 'open' }, { limit: 100 })).map(({ kind }) => kind);
const eventCount = async () => Number((await store.query('select count(*) from lading.event')).rows[0]?.count);

test('quarantined from an unknown partner: after the mend it is applied, once', async () => {
  const id = await send('late', [milestone('m-1'), milestone('m-2')]);
  assert.equal(await verdictOf(id), 'quarantined');
  assert.ok((await open()).includes('unknown-partner'));

  const still = await replayMessages(context, {}, { by, dryRun: true });
  assert.deepEqual(
    still.map(({ quarantined, newEvents }) => [quarantined, newEvents]),
    [[true, 0]],
  );

  await importSetup(context, { partners: [{ id: 'late', name: 'Late', roles: ['carrier'] }] }, 'test');
  assert.equal((await open()).includes('unknown-partner'), false, 'the sender is known now');
  const foreseen = await replayMessages(context, { partner: 'late' }, { by, dryRun: true });
  assert.deepEqual(
    foreseen.map(({ id: of, quarantined, newEvents }) => [of, quarantined, newEvents]),
    [[id, false, 2]],
  );
  assert.equal(await verdictOf(id), 'quarantined', 'a dry run changes nothing');
  assert.equal(await eventCount(), 0);

  const done = await replayMessages(context, { partner: 'late' }, { by });
  assert.deepEqual(
    done.map(({ wasQuarantined, quarantined, newEvents }) => [wasQuarantined, quarantined, newEvents]),
    [[true, false, 2]],
  );
  assert.equal(await verdictOf(id), 'waiting');
  assert.equal(await eventCount(), 2);
});

test('what succeeded is not doubled, however often it is replayed', async () => {
  const id = await send('tms', [milestone('t-1'), { ...milestone('t-2'), type: 'shipment.teleported' }]);
  const before = await eventCount();
  for (let turn = 0; turn < 2; turn += 1) {
    const [replayed] = await replayMessages(context, { ids: [id] }, { by });
    assert.deepEqual([replayed?.newEvents, replayed?.quarantined, replayed?.problems.length], [0, true, 1]);
  }
  assert.equal(await eventCount(), before);
  assert.equal((await open()).filter((kind) => kind === 'schema-violation').length, 1);
  const whole = await replayMessages(context, { all: true }, { by });
  assert.ok(whole.length >= 2);
  assert.equal(await eventCount(), before);
});

test('selected by partner, kind, time and id; doubles are never among them', async () => {
  const bytes = 'no known kind';
  const first = await send('tms', bytes);
  await send('tms', bytes);
  const ids = async (selection: Parameters<typeof replayMessages>[1]) =>
    (await replayMessages(context, selection, { by, dryRun: true })).map(({ id }) => id);
  assert.ok((await ids({ partner: 'tms' })).includes(first));
  assert.deepEqual(await ids({ kind: 'unknown' }), [first]);
  assert.deepEqual(await ids({ kind: 'unknown', partner: 'late' }), []);
  assert.deepEqual(await ids({ receivedFrom: Date.now() + 60_000 }), []);
  assert.deepEqual(await ids({ receivedTo: Date.now() - 3_600_000 }), []);
  assert.deepEqual(await ids({ ids: [first] }), [first]);
});

test('stopped deliveries go again, to be looked up first', async () => {
  const stopped = { refused: 'customer unknown there', dead: 'no answer for a week' };
  for (const [state, reason] of Object.entries(stopped)) {
    await store.query(
      `insert into lading.effect (tenant, key, system, kind, subject, state, attempts, reason, created_at, changed_at)
       values ('main', $1, 'odoo', $2, $1, $3, 5, $4, now(), now())`,
      [`odoo:${state}`, state === 'dead' ? 'credit-note' : 'invoice', state, reason],
    );
  }
  const foreseen = await replayDeliveries(context, {}, { by, dryRun: true });
  assert.deepEqual(foreseen.map(({ key }) => key).sort(), ['odoo:dead', 'odoo:refused']);
  const notes = await replayDeliveries(context, { kind: 'credit-note' }, { by });
  assert.deepEqual(
    notes.map(({ key }) => key),
    ['odoo:dead'],
  );
  const states = (await listEffects(store, store.tenant, {}, { limit: 10 })).map(({ key, state }) => [key, state]);
  assert.deepEqual(states, [
    ['odoo:dead', 'unknown'],
    ['odoo:refused', 'refused'],
  ]);
  assert.deepEqual(await replayDeliveries(context, { partner: 'nobody' }, { by }), []);
});

test('who replayed is in the audit trail', async () => {
  const { rows } = await store.query(`select actor, action from lading.audit_entry where action like 'replay.%'`);
  assert.ok(rows.some(({ action }) => action === 'replay.messages'));
  assert.ok(rows.some(({ action }) => action === 'replay.deliveries'));
  assert.ok(rows.every(({ actor }) => actor === by));
});
