// The lists on the whole way, what is on each and what is not; and the nightly job at its hour, once, also after downtime.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Setup } from '../model/setup/index.ts';
import { DAY_MS, HOUR_MS } from '../model/time.ts';
import { keptLists } from '../store/open-lists.ts';
import { nextTime, takeLists } from './lists.ts';
import { event, milestone, plan, START, startTestHubs, type TestHub, type TestHubs } from './testing/hub.ts';

const US = { country: 'US' };
const lanes = (rate: string) => [
  { id: 'us', mode: 'FTL', origin: US, destination: US, linehaul: { basis: 'flat' as const, rate } },
];
const LIFTGATE = { code: 'LFT', trigger: 'reported' as const, rate: '75.00' };
const SETUP: Setup = {
  partners: [
    { id: 'acme', name: 'Acme Supply', roles: ['customer'] },
    { id: 'bolt', name: 'Bolt', roles: ['customer'] },
    { id: 'rdwy', name: 'Roadway Freight', roles: ['carrier'] },
    { id: 'tms', name: 'The TMS', roles: ['tms'] },
  ],
  agreements: [
    {
      id: 'acme',
      side: 'sell',
      party: 'acme',
      currency: 'USD',
      validFrom: '2026-01-01',
      lanes: lanes('800.00'),
      accessorials: [LIFTGATE],
    },
    { id: 'rdwy', side: 'buy', party: 'rdwy', currency: 'USD', validFrom: '2026-01-01', lanes: lanes('500.00') },
  ],
  policies: [{ customer: 'acme', trigger: 'pod' }],
  jobs: [{ job: 'lists', at: '02:00', timezone: 'America/Chicago' }],
};

let hubs: TestHubs;
let hub: TestHub;
before(async () => {
  hubs = await startTestHubs();
  hub = await hubs.open(SETUP);
});
after(() => hubs.close());

const STOPS = [
  { sequence: 1, kind: 'pickup', city: 'Joliet', ...US, appointment: { from: '2026-03-02T08:00:00Z' } },
  { sequence: 2, kind: 'delivery', city: 'Atlanta', ...US },
];

function billed(invoice: string, shipment: string, ...lines: [code: string, amount: string][]) {
  const data = { carrier: 'rdwy', invoice, issuedOn: '2026-03-02', currency: 'USD' };
  return event('carrier.invoice', { ...data, lines: lines.map(([code, amount]) => ({ shipment, code, amount })) });
}

test('each shipment is on the lists it belongs to, and on no other', async () => {
  await hub.say(
    'tms',
    plan('S-1', { stops: STOPS }),
    plan('S-2', { stops: STOPS }),
    plan('S-3', { stops: STOPS, customer: 'bolt' }),
  );
  // S-1 waits for its proof of delivery; S-2 is on its way; S-3 has no agreement with its customer.
  await hub.say('tms', milestone({ shipment: 'S-1' }, 'delivered', 2));
  await hub.say(
    'tms',
    billed('R-1', 'S-1', ['LHL', '500.00'], ['LFT', '60.00']),
    billed('R-3', 'S-3', ['LHL', '500.00']),
  );
  await hub.settle();
  const { store } = hub;
  const rules = await hub.context.rules.current(store);
  const on = async (now: number) => {
    const { takenAt: _, ...lists } = await takeLists(store, store.tenant, rules, now);
    return Object.entries(lists).flatMap(([name, { count, rows }]) => [
      `${name} ${count}`,
      ...rows.map(({ shipment, code = '', amount, currency }) => `${shipment} ${code}${amount} ${currency}`),
    ]);
  };
  const common = [
    'billed-undelivered 0',
    'cost-without-revenue 1',
    'S-3 500.00 USD',
    'missed-revenue 1',
    'S-1 LFT75.00 USD',
  ];
  assert.deepEqual(await on(START + DAY_MS), ['delivered-unbilled 0', ...common]);
  assert.deepEqual(await on(START + DAY_MS + 2 * HOUR_MS), ['delivered-unbilled 1', 'S-1 800.00 USD', ...common]);
  const lift = { shipment: 'S-1', code: 'LFT', side: 'sell', occurredAt: '2026-03-02T14:00:00Z' };
  await hub.say('tms', event('charge.reported', lift));
  await hub.settle();
  const after = await on(START + 2 * DAY_MS);
  assert.deepEqual(after.slice(0, 2), ['delivered-unbilled 1', 'S-1 875.00 USD']);
  assert.equal(after.at(-1), 'missed-revenue 0');
});

test('invoiced at dispatch and not delivered yet', async () => {
  const early = await hubs.open({ ...SETUP, policies: [{ customer: 'acme', trigger: 'dispatched' }], jobs: [] });
  await early.say('tms', plan('S-1', { stops: STOPS }), milestone({ shipment: 'S-1' }, 'picked-up', 1));
  await early.settle();
  // As the ERP's answer would leave it.
  await early.store.query(`update lading.charge set state = 'invoiced' where side = 'sell'`);
  const rules = await early.context.rules.current(early.store);
  const lists = await takeLists(early.store, early.store.tenant, rules, START);
  assert.equal(lists['billed-undelivered'].rows[0]?.why, 'invoiced, and still dispatched');
});

test('the nightly job: at 02:00 in Chicago, 08:00 UTC in winter, once a night and once after downtime', async () => {
  const { store, context } = hub;
  const taken = async () => {
    hub.at(now);
    await hub.settle();
    return (await keptLists(store, store.tenant))?.takenAt;
  };
  let now = Date.parse('2026-03-03T07:59:59Z');
  assert.equal(await taken(), undefined);
  now = Date.parse('2026-03-03T08:00:00Z');
  assert.equal(await taken(), '2026-03-03T08:00:00Z');
  now = Date.parse('2026-03-03T20:00:00Z');
  assert.equal(await taken(), '2026-03-03T08:00:00Z');
  // Down for three nights.
  now = Date.parse('2026-03-06T15:00:00Z');
  assert.equal(await taken(), '2026-03-06T15:00:00Z');
  assert.deepEqual(await hub.rows('select count(*)::int as n from lading.nightly_list'), [{ n: 2 }]);
  assert.equal(context.clock.now(), now);
  const due = await hub.rows('select due_at from lading.job_due');
  assert.deepEqual(due, [{ due_at: Date.parse('2026-03-07T08:00:00Z') }]);
});

test('the hour stays the same when the clocks change', () => {
  const job = { at: '02:30', timezone: 'America/Chicago' };
  assert.equal(nextTime(job, Date.parse('2026-03-07T12:00:00Z')), Date.parse('2026-03-08T08:30:00Z'));
  assert.equal(nextTime(job, Date.parse('2026-03-08T12:00:00Z')), Date.parse('2026-03-09T07:30:00Z'));
  assert.equal(nextTime({ at: '00:00' }, Date.parse('2026-03-08T00:00:00Z')), Date.parse('2026-03-09T00:00:00Z'));
});
