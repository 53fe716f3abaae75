// The deliver station against the stand-in ERP, with every way of losing an answer in between.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { type StandIn, startOdooStandIn } from '../../examples/odoo-stand-in/index.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import type { Session } from '../connectors/contract.ts';
import { odooConnector } from '../connectors/odoo/index.ts';
import type { DocumentKind } from '../model/document.ts';
import type { DocumentFact, PlanFact } from '../model/fact.ts';
import { keepAttachments } from '../store/attachments.ts';
import { openStore, type Store } from '../store/database.ts';
import { encodeFact } from '../store/facts.ts';
import { keepDocuments } from '../store/invoices.ts';
import { createContext, ERP_SYSTEM, type PipelineContext } from './context.ts';
import { deliverOnce, nextDelivery, resumeDeliveries } from './deliver.ts';

const START = Date.parse('2026-03-05T15:00:00Z');
const SYSTEM = { name: ERP_SYSTEM, pace: { burst: odooConnector.limits.documentsPerSend } };

let database: TestDatabase;
let store: Store;
let context: PipelineContext;
let erp: StandIn;
let session: Session;
let now = START;
let tenants = 0;

before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

beforeEach(async () => {
  now = START;
  tenants += 1;
  store = openStore(database.url, { tenant: `t${tenants}` });
  context = createContext({ store, clock: { now: () => now } });
  erp = await startOdooStandIn({ now: () => now });
  session = openSession();
});
afterEach(async () => {
  await session.close();
  await erp.stop();
  await store.close();
});

function openSession(): Session {
  const { url, database, user, key } = erp;
  return odooConnector.open({ url, database, user, key }, { now: () => now });
}

type Wanted = { number: string; kind?: DocumentKind; amount?: bigint; currency?: string; corrects?: string };

async function want(...documents: Wanted[]): Promise<void> {
  await store.transaction(async (client) => {
    const decided = documents.map(({ number, kind = 'invoice', amount = 82_000n, currency = 'USD', corrects }) => {
      const shipment = number.replace(/-\d+$/, '');
      const text = { description: `${shipment} Linehaul`, derivation: [] };
      const line = { shipment, code: 'LHL', amountMinor: amount, taxRate: '0', taxMinor: 0n, ...text };
      const document = { number, kind, customer: 'acme', currency, shipments: [shipment], corrects, decidedAt: now };
      return { document: { ...document, lines: [line] } };
    });
    await keepDocuments(client, store.tenant, ERP_SYSTEM, decided, now);
    const shipments = [...new Set(decided.flatMap(({ document }) => document.shipments))];
    await client.query(
      `insert into lading.shipment (tenant, shipment, facts, fact_count, status, created_at)
       select $1, shipment, '', 0, 'delivered', now() from unnest($2::text[]) as shipment on conflict do nothing`,
      [store.tenant, shipments],
    );
  });
}

/** Lets the clock run from due instant to due instant, as long as it takes but no longer than `minutes`. */
async function run(minutes = 240): Promise<void> {
  const until = now + minutes * 60_000;
  for (let turns = 0; turns < 1_000; turns++) {
    if ((await deliverOnce(context, session, SYSTEM)) > 0) continue;
    const next = await nextDelivery(context, SYSTEM);
    if (next === undefined || next > until) break;
    now = Math.max(now + 1, next);
  }
}

async function states(): Promise<Record<string, string>> {
  const { rows } = await store.query<{ subject: string; state: string }>('select subject, state from lading.effect');
  return Object.fromEntries(rows.map(({ subject, state }) => [subject, state]));
}

const rejections = () =>
  store.query('select subject, detail, closed_at is null as open from lading.exception').then(({ rows }) => rows);
const held = () => erp.documents().map(({ externalId, state, total }) => `${externalId} ${state} ${total}`);

test('an invoice is posted, confirmed, and its shipment decided again', async () => {
  await want({ number: 'S-1-1' });
  await run();
  assert.equal(erp.documents().length, 1);
  const { rows } = await store.query(
    `select i.state, i.posted_at, i.erp_number, s.wake_at from lading.invoice i, lading.shipment s`,
  );
  assert.deepEqual(rows, [{ state: 'posted', posted_at: START, erp_number: erp.documents()[0]?.name, wake_at: START }]);
  assert.deepEqual(await states(), { 'S-1-1': 'confirmed' });
});

for (const skip of [0, 1, 2, 3]) {
  test(`an answer lost, after ${skip} that arrived, doubles nothing`, async () => {
    await erp.setFault({ mode: 'timeout-after-commit', skip, calls: 1 });
    await want({ number: 'S-1-1' }, { number: 'S-2-1', amount: 100n });
    await run();
    assert.deepEqual(await states(), { 'S-1-1': 'confirmed', 'S-2-1': 'confirmed' });
    assert.deepEqual(
      held()
        .map((line) => line.split(' ').slice(1).join(' '))
        .sort(),
      ['posted 1', 'posted 820'],
    );
  });
}

test('an answer lost every time: each document is adopted when it is found', async () => {
  await erp.setFault({ mode: 'timeout-after-commit' });
  await want(...Array.from({ length: 5 }, (_, index) => ({ number: `S-${index}-1` })));
  await run();
  assert.equal(erp.documents().filter(({ state }) => state === 'posted').length, 5);
  assert.deepEqual(new Set(Object.values(await states())), new Set(['confirmed']));
});

test('an outage counts against no document, and one probe lets the backlog through', async () => {
  await erp.setFault({ mode: 'down' });
  await want(...Array.from({ length: 30 }, (_, index) => ({ number: `S-${index}-1` })));
  await run(60);
  const { rows } = await store.query(`select distinct state, attempts from lading.effect`);
  assert.deepEqual(rows, [{ state: 'intended', attempts: 0 }]);
  await erp.setFault({ mode: 'up' });
  const backAt = now;
  await run();
  assert.equal(erp.documents().length, 30);
  const { rows: late } = await store.query('select number, posted_at from lading.invoice where posted_at > $1', [
    new Date(backAt + 60_000),
  ]);
  assert.deepEqual(late, [], 'posted more than a minute after the ERP came back');
});

test('a refused document raises erp-rejected; mended and resumed it is posted and the exception closes', async () => {
  await want({ number: 'S-1-1', currency: 'ISK' }, { number: 'S-2-1' });
  await run();
  assert.deepEqual(await states(), { 'S-1-1': 'refused', 'S-2-1': 'confirmed' });
  const [raised] = await rejections();
  assert.equal(raised?.subject, 'S-1');
  assert.match(raised?.detail, /^S-1-1: ISK is not active in Odoo/);
  mendCurrency('ISK');
  assert.equal((await resumeDeliveries(context, {}, { dryRun: true })).length, 1);
  assert.deepEqual(await states(), { 'S-1-1': 'refused', 'S-2-1': 'confirmed' });
  now += 90_000;
  await resumeDeliveries(context, { keys: ['odoo:S-1-1'] });
  await run();
  assert.deepEqual(await states(), { 'S-1-1': 'confirmed', 'S-2-1': 'confirmed' });
  assert.deepEqual(
    (await rejections()).map(({ open }) => open),
    [false],
  );
});

function mendCurrency(code: string): void {
  const found = erp.act('res.currency', 'search_read', [], { domain: [['name', '=', code]], context: {} });
  const [known] = found as { id: number }[];
  const rate = [[0, 0, { name: '2026-01-01', rate: 140 }]];
  if (known) erp.act('res.currency', 'write', [known.id], { vals: { active: true, rate_ids: rate } });
  else erp.act('res.currency', 'create', [], { vals_list: [{ name: code, active: true, rate_ids: rate }] });
}

test('a worker that died after sending leaves its effect in doubt; it is looked up and adopted', async () => {
  await want({ number: 'S-1-1' });
  const dead = odooConnector.open(erp, { now: () => now });
  const dying: Session = {
    ...dead,
    send: async (documents) => {
      await dead.send(documents);
      throw new Error('never gets to say so');
    },
  };
  const silent = { ...context, store: { ...store, transaction: dieAtSecond(store) } };
  await assert.rejects(deliverOnce(silent, dying, SYSTEM), /died/);
  await dead.close();
  assert.deepEqual(await states(), { 'S-1-1': 'sent' });
  assert.equal(await deliverOnce(context, session, SYSTEM), 0, 'the lease still holds');
  const calls = erp.callCount();
  await run();
  assert.deepEqual(await states(), { 'S-1-1': 'confirmed' });
  assert.equal(erp.documents().length, 1);
  assert.ok(erp.callCount() > calls);
});

function dieAtSecond({ transaction }: Store): Store['transaction'] {
  let count = 0;
  return (work) => {
    count += 1;
    if (count > 1) throw new Error('died');
    return transaction(work);
  };
}

test('a supplementary and a credit note wait for the earlier documents of their shipment', async () => {
  await want({ number: 'S-1-1', currency: 'ISK' });
  now += 1_000;
  await want({ number: 'S-1-2', kind: 'supplementary' }, { number: 'S-2-1' });
  await run();
  assert.deepEqual(await states(), { 'S-1-1': 'refused', 'S-1-2': 'intended', 'S-2-1': 'confirmed' });
  mendCurrency('ISK');
  await resumeDeliveries(context, {});
  await run();
  assert.deepEqual(await states(), { 'S-1-1': 'confirmed', 'S-1-2': 'confirmed', 'S-2-1': 'confirmed' });
});

test('a credit note decided together with its supplementary goes after it', async () => {
  await want({ number: 'S-1-1' });
  await run();
  now += 1_000;
  await want(
    { number: 'S-1-3', kind: 'credit-note', corrects: 'S-1-1', amount: 500n },
    { number: 'S-1-2', kind: 'supplementary', amount: 700n },
  );
  assert.equal(await deliverOnce(context, session, SYSTEM), 1);
  assert.deepEqual(await states(), { 'S-1-1': 'confirmed', 'S-1-2': 'confirmed', 'S-1-3': 'intended' });
  await run();
  assert.deepEqual(await states(), { 'S-1-1': 'confirmed', 'S-1-2': 'confirmed', 'S-1-3': 'confirmed' });
});

test('two workers side by side, with answers lost, post each document once', async () => {
  await erp.setFault({ mode: 'timeout-after-commit', probability: 0.2, seed: 7 });
  await want(...Array.from({ length: 120 }, (_, index) => ({ number: `S-${index}-1` })));
  const other = openSession();
  const worker = async (own: Session) => {
    for (let idle = 0; idle < 40; ) {
      const done = await deliverOnce(context, own, SYSTEM);
      idle = done === 0 ? idle + 1 : 0;
      if (done === 0) now += 500;
    }
  };
  await Promise.all([worker(session), worker(other)]);
  await other.close();
  assert.deepEqual(new Set(Object.values(await states())), new Set(['confirmed']));
  assert.equal(erp.documents().length, 120);
  assert.equal(new Set(erp.documents().map(({ externalId }) => externalId)).size, 120);
  assert.ok(erp.documents().every(({ state }) => state === 'posted'));
});

test('a document whose trouble is its own is given up after a while, with its reason', async () => {
  await want({ number: 'S-1-1' });
  const stubborn: Session = {
    ...session,
    lookup: async (keys) => keys.map((key) => ({ key, lookup: 'absent' })),
    send: async (documents) =>
      documents.map(({ key }) => ({ key, outcome: 'retry', scope: 'document', reason: 'a lock that never opens' })),
  };
  for (let turns = 0; turns < 100; turns++) {
    if ((await deliverOnce(context, stubborn, SYSTEM)) === 0) now = (await nextDelivery(context, SYSTEM)) ?? now;
  }
  assert.deepEqual(await states(), { 'S-1-1': 'dead' });
  const [raised] = await rejections();
  assert.match(raised?.detail, /given up after 18 attempts: a lock that never opens/);
  assert.ok(now - START > 3_600_000, 'not before an hour has gone');
});

test('the proof of delivery goes with the invoice, and so do the references', async () => {
  await want({ number: 'S-1-1' });
  const content = Buffer.from('%PDF-1.4 signed');
  const sha256 = createHash('sha256').update(content).digest('hex');
  const proof: DocumentFact = {
    ...{ id: '2', sender: 'rdwy', reportedAt: START, kind: 'document', document: 'pod' },
    ...{ content: sha256, mediaType: 'application/pdf', teaches: [{ type: 'pro', value: '7001' }] },
  };
  const plan: PlanFact = {
    ...{ id: '1', sender: 'tms', reportedAt: START, kind: 'plan' },
    plan: {
      shipment: 'S-1',
      customer: 'acme',
      carrier: 'rdwy',
      mode: 'LTL',
      stops: [],
      references: [{ type: 'po', value: '4711' }],
    },
  };
  await store.transaction(async (client) => {
    await keepAttachments(client, store.tenant, [{ sha256, mediaType: 'application/pdf', content }]);
    await client.query('update lading.shipment set facts = $1', [`${encodeFact(plan)},${encodeFact(proof)}`]);
  });
  await run();
  const [document] = erp.documents();
  assert.equal(document?.attachments, 1);
  assert.equal(document?.reference, 'S-1, PO 4711, PRO 7001');
});
