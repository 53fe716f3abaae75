// The ledger behind a hub at work: it follows the charges, and its tables refuse what must not be, whoever writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booksOf } from '../insight/books.ts';
import { HOUR_MS } from '../model/time.ts';
import { importSetup } from './setup.ts';
import { hubsForFile, liftgate, milestone, plan, proof, START, type TestHub } from './testing/hub.ts';

const hubs = hubsForFile();

const shipment = 'S-1';

const HELD = `
  select account, sum(amount_minor)::int as held from lading.ledger_entry
   group by account having sum(amount_minor) <> 0 order by account`;

async function held({ rows }: TestHub): Promise<Record<string, number>> {
  const found = (await rows(HELD)) as { account: string; held: number }[];
  return Object.fromEntries(found.map(({ account, held: minor }) => [account, minor]));
}

async function proven({ store }: TestHub): Promise<void> {
  const { holds, deviations, unsettled } = await booksOf(store, { at: START + 1_000 * HOUR_MS });
  assert.deepEqual([deviations, unsettled, holds], [[], 0, true]);
}

async function delivered(hub: TestHub): Promise<void> {
  await hub.say('tms', plan(shipment), liftgate({ shipment }), milestone({ shipment }, 'tendered', 0));
  await hub.settle();
  await hub.say('tms', milestone({ shipment }, 'picked-up', 1), milestone({ shipment }, 'delivered', 9));
  await hub.settle();
}

test('ledger: follows a shipment from tender to delivery, and is proven at each step', async () => {
  const hub = await hubs.open();
  await hub.say('tms', plan(shipment));
  await hub.settle();
  assert.deepEqual(await held(hub), {}, 'nothing before the tender');
  await proven(hub);
  await hub.say('tms', milestone({ shipment }, 'tendered', 0));
  await hub.settle();
  assert.deepEqual(await held(hub), { 'expected-receivable': 50_000, 'expected-revenue': -50_000 });
  await proven(hub);
  await hub.say('tms', milestone({ shipment }, 'picked-up', 1), milestone({ shipment }, 'delivered', 9));
  await hub.settle();
  assert.deepEqual(await held(hub), { 'accrued-receivable': 50_000, 'accrued-revenue': -50_000 });
  await proven(hub);
  await hub.say('tms', liftgate({ shipment }), proof({ shipment }));
  await hub.settle();
  assert.deepEqual(await held(hub), { 'accrued-receivable': 59_500, 'accrued-revenue': -59_500 });
  await proven(hub);
  const reasons = await hub.rows(
    'select distinct posting, booked_on, cause, reason, lane from lading.ledger_entry order by posting',
  );
  assert.deepEqual(
    reasons.map((row) => Object.values(row as object).slice(1)),
    [
      ['2026-03-02', 'expected', 'expected', 'US-IL>US-GA'],
      ['2026-03-02', 'delivery', 'earned 2026-03-02', 'US-IL>US-GA'],
      ['2026-03-02', 'correction', 'trued up: sell LFT +95.00 USD', 'US-IL>US-GA'],
    ],
  );
});

test('ledger: a policy that names another legal entity moves what is not invoiced', async () => {
  const hub = await hubs.open();
  await delivered(hub);
  await importSetup(hub.context, { policies: [{ customer: 'acme', trigger: 'pod', legalEntity: 'us-inc' }] }, 'test');
  await hub.settle();
  const rows = await hub.rows(
    `select legal_entity, sum(amount_minor)::int as held from lading.ledger_entry
      where account = 'accrued-receivable' group by legal_entity order by legal_entity`,
  );
  assert.deepEqual(rows, [
    { legal_entity: '', held: 0 },
    { legal_entity: 'us-inc', held: 59_500 },
  ]);
  await proven(hub);
});

test('ledger: whatever is heard when, no day ends with less than nothing expected or accrued', async () => {
  const hub = await hubs.open();
  hub.at(START + 72 * HOUR_MS);
  await hub.say('tms', plan(shipment), milestone({ shipment }, 'tendered', 0));
  await hub.settle();
  hub.at(START + 96 * HOUR_MS);
  await hub.say('tms', milestone({ shipment }, 'delivered', 24));
  await hub.settle();
  const days = await hub.rows(`
    select day::text, stage, min(held)::int as held from (
      select booked_on as day, stage, sum(sum(amount_minor)) over (partition by stage order by booked_on) as held
        from lading.ledger_entry where account in ('expected-receivable', 'accrued-receivable')
       group by booked_on, stage) as each group by day, stage order by day, stage`);
  assert.deepEqual(days, [
    { day: '2026-03-03', stage: 'accrued', held: 50_000 },
    { day: '2026-03-05', stage: 'expected', held: 0 },
  ]);
  await proven(hub);
});

/** One posting by hand: entity, currency, minor units. */
const posting = (...entries: [legalEntity: string, currency: string, amountMinor: number][]) => `
  insert into lading.ledger_entry (tenant, posting, position, legal_entity, currency, account, amount_minor, booked_on, cause,
                                   reason, shipment, side, code, stage, posted_at)
  select current_setting('lading.tenant'), 1000000, position, e, c, 'revenue', m, date '2026-05-31', 'correction', 'by hand',
         'S-1', 'sell', 'LHL', 'invoiced', now()
    from (values ${entries.map(([e, c, m], at) => `(${at + 1}, '${e}', '${c}', ${m})`).join(', ')}) as new (position, e, c, m)`;

const refused = [
  { what: 'a change', statement: 'update lading.ledger_entry set amount_minor = 1', says: /append-only/ },
  { what: 'a deletion', statement: 'delete from lading.ledger_entry', says: /append-only/ },
  { what: 'one side alone', statement: posting(['us-inc', 'USD', 500]), says: /does not balance/ },
  {
    what: 'a balance of two currencies',
    statement: posting(['us-inc', 'USD', 500], ['us-inc', 'EUR', -500]),
    says: /does not balance/,
  },
  {
    what: 'a balance of two entities',
    statement: posting(['us-inc', 'USD', 500], ['ca-ltd', 'USD', -500]),
    says: /does not balance/,
  },
];
for (const { what, statement, says } of refused) {
  test(`ledger: the database refuses ${what}`, async () => {
    const hub = await hubs.open();
    await delivered(hub);
    const before = await held(hub);
    await assert.rejects(hub.store.query(statement), says);
    assert.deepEqual(await held(hub), before);
  });
}

test('ledger: a locked period takes nothing, for that entity or for all', async () => {
  const balanced = posting(['us-inc', 'USD', 500], ['us-inc', 'USD', -500]);
  for (const [lockedFor, isRefused] of [
    ['us-inc', true],
    ['*', true],
    ['ca-ltd', false],
  ] as const) {
    const hub = await hubs.open();
    await hub.store.query(`insert into lading.ledger_lock (tenant, legal_entity, period, locked_at, locked_by)
      values (current_setting('lading.tenant'), '${lockedFor}', '2026-05-01', now(), 'jo')`);
    if (isRefused) await assert.rejects(hub.store.query(balanced), /period 2026-05 is locked/);
    else await hub.store.query(balanced);
  }
});
