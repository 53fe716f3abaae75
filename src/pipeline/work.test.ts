import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { DAY_MS, HOUR_MS } from '../model/time.ts';
import type { Store } from '../store/database.ts';
import { approve } from './by-hand/approve.ts';
import { createContext } from './context.ts';
import { emptyFactMemory } from './fact-memory.ts';
import { receive } from './intake.ts';
import { dueTimes } from './schedule.ts';
import { importSetup } from './setup.ts';
import { event, hubsForFile, liftgate, milestone, NETWORK, plan, proof, START, type TestHub } from './testing/hub.ts';
import { workOnce } from './work.ts';

const hubs = hubsForFile();
let hub: TestHub;
beforeEach(async () => {
  hub = await hubs.open();
});

const messages = () => hub.rows('select duplicate, quarantined, events from lading.message order by id');
const invoices = () => hub.rows('select number, kind, subtotal_minor as minor from lading.invoice order by number');
const open = () =>
  hub.rows('select kind, subject from lading.exception where closed_at is null order by kind, subject');
const waiting = async () => (await hub.rows('select event_id from lading.waiting')).length;
const one = { shipment: 'S-1' };

test('a delivered shipment with its proof is one invoice and one effect', async () => {
  await hub.say('tms', plan('S-1'), milestone(one, 'picked-up', 1), milestone(one, 'delivered', 30), proof(one));
  await hub.settle();
  assert.deepEqual(await invoices(), [{ number: 'S-1-1', kind: 'invoice', minor: '50000' }]);
  assert.deepEqual(await hub.rows('select key, state from lading.effect'), [{ key: 'odoo:S-1-1', state: 'intended' }]);
  assert.deepEqual(await hub.rows('select status, billing from lading.shipment'), [
    { status: 'delivered', billing: 'ready' },
  ]);
  assert.deepEqual(
    await hub.rows(`select encode(sha256, 'hex') = encode(sha256(content), 'hex') as same from lading.attachment`),
    [{ same: true }],
  );
  assert.deepEqual(
    await hub.rows(`select data::jsonb ? 'content' as content from lading.event where type = 'document.attached'`),
    [{ content: false }],
  );
});

test('doubles: JSON by source and id, other kinds by their bytes, within one call and across', async () => {
  const delivered = milestone(one, 'delivered', 30);
  await hub.say('tms', plan('S-1'), delivered, delivered);
  await hub.settle();
  await hub.say('tms', delivered);
  const file = { bytes: Buffer.from('no such thing'), partner: 'rdwy', channel: 'folder' as const, fileName: 'a.txt' };
  const receipts = await receive(hub.context, [file, file, { ...file, partner: 'tms' }]);
  await hub.settle();
  assert.deepEqual(
    receipts.map(({ duplicate }) => duplicate),
    [false, true, false],
  );
  const verdict = (duplicate: boolean, quarantined: boolean, events: number) => ({ duplicate, quarantined, events });
  assert.deepEqual(await messages(), [
    verdict(false, false, 1),
    verdict(false, false, 1),
    verdict(true, false, 0),
    verdict(true, false, 0),
    verdict(false, true, 0),
    verdict(true, false, 0),
    verdict(false, true, 0),
  ]);
  assert.deepEqual(await hub.rows('select fact_count from lading.shipment'), [{ fact_count: 2 }]);
});

test('of an array the good events go on, and the mended one closes what the bad one opened', async () => {
  const bad = event('shipment.milestone', { shipment: 'S-1', milestone: 'delivered' }, { id: 'bad-1' });
  await hub.say('tms', [plan('S-1'), bad, milestone(one, 'picked-up', 1)]);
  await hub.settle();
  assert.deepEqual(await messages(), [{ duplicate: false, quarantined: true, events: 2 }]);
  assert.deepEqual(await open(), [{ kind: 'schema-violation', subject: 'bad-1' }]);
  await hub.say('tms', { ...milestone(one, 'delivered', 30), id: 'bad-1' });
  await hub.settle();
  assert.deepEqual(await hub.rows('select status from lading.shipment'), [{ status: 'delivered' }]);
  assert.deepEqual(
    await hub.rows(`select kind from lading.exception where closed_at is null and kind = 'schema-violation'`),
    [],
  );
});

test('garbage is quarantined for what it is, whatever bytes are in it', async () => {
  const bytes = Buffer.from('ISA*00*\u0000\u0001*\u0000*GS\u0000~ST*214\u0000~IEA*\u0000~', 'latin1');
  const json = Buffer.from('{"specversion":"1.0","id":"a\\u0000","source":"\\u0000","type":"\\u0000","data":{}}');
  const file = { partner: 'rdwy', channel: 'folder' as const, fileName: 'bad\u0000.edi' };
  await receive(hub.context, [
    { ...file, bytes },
    { ...file, bytes: json },
  ]);
  await hub.settle();
  const quarantined = await hub.rows(
    `select quarantined, problems::text like '%fault of Lading%' as ours from lading.message`,
  );
  assert.deepEqual(quarantined, [
    { quarantined: true, ours: false },
    { quarantined: true, ours: false },
  ]);
});

test('a fact of an unknown shipment waits, gets an owner after a day, and applies itself', async () => {
  await hub.settle();
  await hub.say('tms', milestone({ references: [{ type: 'bol', value: 'B-7' }] }, 'delivered', 1));
  await hub.settle();
  assert.equal(await waiting(), 1);
  assert.equal((await dueTimes(hub.context, [])).schedule, START + DAY_MS);
  hub.at(START + DAY_MS - 1);
  await hub.settle();
  assert.deepEqual(await open(), []);
  hub.at(START + DAY_MS);
  await hub.settle();
  assert.deepEqual(await open(), [{ kind: 'unmatched-reference', subject: 'B-7' }]);
  await hub.say('tms', plan('S-1', { references: [{ type: 'bol', value: 'B-7' }] }));
  await hub.settle();
  assert.equal(await waiting(), 0);
  assert.deepEqual(await hub.rows('select name.type from lading.waiting_name name'), []);
  assert.deepEqual(await hub.rows('select shipment, status from lading.shipment'), [
    { shipment: 'S-1', status: 'delivered' },
  ]);
  assert.deepEqual(await hub.rows('select distinct shipment from lading.event'), [{ shipment: 'S-1' }]);
  assert.deepEqual(await open(), []);
});

test('a learned PRO finds its shipment alone, also for what waits', async () => {
  const pro = { references: [{ type: 'pro', value: 'P-1' }] };
  await hub.say('tms', plan('S-1'), plan('S-2', pro), plan('S-3', pro));
  await hub.say('rdwy', milestone(pro, 'delivered', 30));
  await hub.settle();
  assert.equal(await waiting(), 1, 'two shipments carry it, so it finds neither');
  await hub.say('rdwy', milestone({ ...one, ...pro }, 'picked-up', 1));
  await hub.settle();
  assert.equal(await waiting(), 0);
  assert.deepEqual(await hub.rows('select shipment, status from lading.shipment order by shipment'), [
    { shipment: 'S-1', status: 'delivered' },
    { shipment: 'S-2', status: 'planned' },
    { shipment: 'S-3', status: 'planned' },
  ]);
});

test('a fuel price, a rule and an order that come late are applied to what is known', async () => {
  const [agreement] = NETWORK.agreements ?? [];
  assert.ok(agreement);
  const fuel = { index: 'us-diesel', method: 'percent-of-linehaul' as const, table: [{ from: '0', value: '10.0' }] };
  await importSetup(hub.context, { agreements: [{ ...agreement, fuel }] }, 'test');
  await hub.say(
    'tms',
    plan('S-1', { orders: ['O-1'] }),
    milestone(one, 'picked-up', 1),
    milestone(one, 'delivered', 30),
  );
  await hub.say('tms', proof(one));
  await hub.settle();
  assert.deepEqual(await open(), [{ kind: 'fuel-index-missing', subject: 'S-1' }]);
  const order = {
    order: 'O-1',
    customer: 'acme',
    lines: [],
    shipTo: {},
    currency: 'USD',
    legalEntity: 'us-inc',
    placedAt: '2026-03-01T08:00:00Z',
  };
  await hub.say('tms', event('order.placed', order));
  await hub.say('tms', event('fuel.published', { index: 'us-diesel', effective: '2026-02-23', price: '3.50' }));
  await hub.settle();
  assert.deepEqual(await open(), []);
  assert.deepEqual(await hub.rows('select legal_entity, subtotal_minor as minor from lading.invoice'), [
    { legal_entity: 'us-inc', minor: '55000' },
  ]);
  assert.deepEqual((await importSetup(hub.context, { agreements: [{ ...agreement, fuel }] }, 'test')).added, []);
  const dearer = {
    ...agreement,
    fuel,
    accessorials: [],
    lanes: agreement.lanes.map((lane) => ({ ...lane, linehaul: { basis: 'flat' as const, rate: '600.00' } })),
  };
  const { added, woken } = await importSetup(hub.context, { agreements: [dearer] }, 'test');
  assert.deepEqual([added, woken], [[{ kind: 'agreement', id: 'acme-2026', version: 3 }], 1]);
  await hub.settle();
  assert.deepEqual(await invoices(), [
    { number: 'S-1-1', kind: 'invoice', minor: '55000' },
    { number: 'S-1-2', kind: 'supplementary', minor: '11000' },
  ]);
});

test('an adjustment above the limit waits for a yes, which is written down', async () => {
  await importSetup(hub.context, { policies: [{ customer: 'acme' }] }, 'test');
  await hub.say('tms', plan('S-1'), milestone(one, 'picked-up', 1), milestone(one, 'delivered', 30), proof(one));
  await hub.say('tms', liftgate(one));
  await hub.settle();
  assert.deepEqual(await open(), [{ kind: 'adjustment-approval', subject: 'S-1' }]);
  const yes = { kind: 'adjustment-approval', subject: 'S-1', by: 'clerk' };
  assert.deepEqual(await approve(hub.context, yes), { kind: 'released', documents: ['S-1-2'], entries: [] });
  assert.equal((await approve(hub.context, yes)).kind, 'nothing-waits');
  assert.equal((await approve(hub.context, { ...yes, kind: 'pod-missing' })).kind, 'not-approvable');
  assert.deepEqual(await hub.rows('select number, approved_by from lading.invoice order by number'), [
    { number: 'S-1-1', approved_by: null },
    { number: 'S-1-2', approved_by: 'clerk' },
  ]);
  assert.deepEqual(await open(), []);
  assert.deepEqual(await hub.rows(`select actor, subject from lading.audit_entry where action = 'exception.approve'`), [
    { actor: 'clerk', subject: 'S-1' },
  ]);
});

test('a message that we fail at is set aside with its bytes, and the others go on', async () => {
  const rules = await hub.context.rules.current(hub.store);
  // Stands for a fault of ours: whatever is said of S-2 fails.
  const policies = new Map(rules.policies);
  policies.get = (customer: string) => {
    if (customer === 'poison') throw new Error('a fault of ours');
    return rules.policies.get(customer);
  };
  const partners = new Map(rules.partners);
  const faulty = { ...rules, partners, policies };
  const cache = { ...hub.context.rules, hold: async () => faulty };
  await hub.say('tms', plan('S-1'), plan('S-2', { customer: 'poison' }), milestone(one, 'picked-up', 1));
  assert.equal(await workOnce({ ...hub.context, rules: cache }), 3);
  assert.deepEqual(await messages(), [
    { duplicate: false, quarantined: false, events: 1 },
    { duplicate: false, quarantined: true, events: 0 },
    { duplicate: false, quarantined: false, events: 1 },
  ]);
  assert.deepEqual(await hub.rows('select shipment, status from lading.shipment'), [
    { shipment: 'S-1', status: 'dispatched' },
  ]);
});

// Worker A has kept a fact waiting and not yet committed; B meanwhile makes its shipment known.
async function missEachOther(afterCommit: (store: Store) => Partial<Store>) {
  const commit = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const late: Store = {
    ...hub.store,
    ...afterCommit(hub.store),
    transaction: (work) =>
      hub.store.transaction(async (client) => {
        const result = await work(client);
        written.resolve();
        await commit.promise;
        return result;
      }),
  };
  await workOnce(hub.context);
  await hub.say('tms', milestone(one, 'delivered', 30));
  const a = workOnce({
    ...createContext({ store: late, clock: hub.context.clock }),
    memory: { lastSweep: Infinity, seen: new Set<string>(), facts: emptyFactMemory() },
  });
  await written.promise;
  await hub.say('tms', plan('S-1'));
  await workOnce(hub.context);
  commit.resolve();
  return a;
}

test('two workers that miss each other look again after their commit', async () => {
  await missEachOther(() => ({}));
  assert.deepEqual(await hub.rows('select status from lading.shipment'), [{ status: 'delivered' }]);
  assert.equal(await waiting(), 0);
});

test('what a worker killed between commit and second look left waiting is found at the next start', async () => {
  const killed = missEachOther(() => ({ query: () => Promise.reject(new Error('Connection terminated')) }));
  await assert.rejects(killed, /terminated/);
  assert.equal(await waiting(), 1);
  await workOnce(createContext({ store: hub.store, clock: hub.context.clock }));
  assert.equal(await waiting(), 0);
  assert.deepEqual(await hub.rows('select status from lading.shipment'), [{ status: 'delivered' }]);
});

test('a month gets its partitions, and rows lie in them', async () => {
  hub.at(Date.parse('2026-04-30T23:30:00Z'));
  await hub.say('tms', plan('S-1'));
  await hub.settle();
  hub.at(Date.parse('2026-05-01T00:30:00Z') + HOUR_MS);
  await hub.say('tms', plan('S-2'));
  await hub.settle();
  assert.deepEqual(await hub.rows('select distinct tableoid::regclass::text as part from lading.event order by 1'), [
    { part: 'event_2026_04' },
    { part: 'event_2026_05' },
  ]);
});
