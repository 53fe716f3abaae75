// The life of a dispute on the whole way: opened by a verdict, moved by people, settled into a bill, or gone by itself.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { disputeTotals, listDisputes } from '../../store/read/carrier-disputes.ts';
import { vendorBills } from '../../store/vendor-bills.ts';
import { event, hubsForFile, plan, START, type TestHub } from '../testing/hub.ts';
import { moveDispute } from './disputes.ts';

const US = { country: 'US' };
const lane = { id: 'us', mode: 'FTL', origin: US, destination: US };
const hubs = hubsForFile();
let hub: TestHub;
beforeEach(async () => {
  hub = await hubs.open({
    partners: [
      { id: 'acme', name: 'Acme Supply', roles: ['customer'] },
      { id: 'rdwy', name: 'Roadway Freight', roles: ['carrier'] },
      { id: 'tms', name: 'The TMS', roles: ['tms'] },
    ],
    agreements: [
      {
        id: 'rdwy-buy',
        side: 'buy',
        party: 'rdwy',
        currency: 'USD',
        validFrom: '2026-01-01',
        lanes: [{ ...lane, linehaul: { basis: 'per-mile', rate: '2.00' } }],
      },
    ],
    policies: [{ customer: 'acme' }],
    audit: [{ carrier: 'rdwy', bills: 'draft' }],
  });
});

const STOPS = [
  { sequence: 1, kind: 'pickup', city: 'Joliet', region: 'IL', ...US, appointment: { from: '2026-03-02T08:00:00Z' } },
  { sequence: 2, kind: 'delivery', city: 'Atlanta', region: 'GA', ...US },
];
let hour = 0;
function planned(distanceMiles: string) {
  hour += 1;
  return { ...plan('S-1', { stops: STOPS, distanceMiles }), time: new Date(START + hour).toISOString() };
}

async function billed(invoice: string, amount: string) {
  const lines = [{ shipment: 'S-1', code: 'LHL', amount }];
  const data = { carrier: 'rdwy', invoice, issuedOn: '2026-03-02', currency: 'USD', lines };
  await hub.say('tms', event('carrier.invoice', data));
  await hub.settle();
}

async function disputes() {
  const { store } = hub.context;
  return listDisputes(store, store.tenant, {}, { limit: 10 });
}

async function move(to: Parameters<typeof moveDispute>[1]['to'], recovered?: string) {
  const [{ id } = { id: '0' }] = await disputes();
  return moveDispute(hub.context, { id, to, by: 'key 1 (clerk)', reason: `it is ${to}`, recovered });
}

async function bills(): Promise<string[]> {
  const { store } = hub.context;
  const found = await vendorBills(store, store.tenant, ['bill:rdwy/R-1', 'credit:rdwy/C-1']);
  return found.map(({ number, isDraft, lines }) => {
    return `${number}${isDraft ? ' draft' : ''} ${lines.map(({ amountMinor }) => amountMinor).join(' ')}`;
  });
}

test('opened by the verdict, sent, paid short: every step stays, and the bill is what was expected', async () => {
  await hub.say('tms', planned('100'));
  await billed('R-1', '260.00');
  assert.deepEqual(await bills(), []);
  assert.equal((await move('sent')).kind, 'moved');
  assert.deepEqual(await bills(), []);
  assert.equal((await move('short-paid')).kind, 'moved');
  const [dispute] = await disputes();
  assert.equal(`${dispute?.state} ${dispute?.disputed} ${dispute?.recovered}`, 'short-paid 60.00 60.00');
  assert.deepEqual(
    dispute?.steps.map(({ state, by, reason }) => `${state} ${by}: ${reason}`),
    [
      'open lading: The bill differs from what is expected.',
      'sent key 1 (clerk): it is sent',
      'short-paid key 1 (clerk): it is short-paid',
    ],
  );
  assert.deepEqual(await bills(), ['bill:rdwy/R-1 draft 20000']);
  assert.deepEqual(
    await hub.rows(`select closed_at is null as open from lading.exception where kind like 'carrier-%'`),
    [{ open: false }],
  );
  const { store } = hub.context;
  assert.deepEqual(await disputeTotals(store, store.tenant), [
    {
      carrier: 'rdwy',
      currency: 'USD',
      disputes: 1,
      disputed: '60.00',
      open: '0.00',
      recovered: '60.00',
      writtenOff: '0.00',
    },
  ]);
  const refused = await move('written-off');
  assert.equal(refused.kind === 'refused' && refused.detail, 'dispute rdwy/R-1: it is short-paid, and stays so');
  // What was paid short is not given back once more.
  await billed('C-1', '-60.00');
  assert.deepEqual(await hub.rows(`select verdict from lading.carrier_invoice where invoice = 'C-1'`), [
    { verdict: 'approved' },
  ]);
  assert.deepEqual(await bills(), ['bill:rdwy/R-1 draft 20000']);
  // Nor is it disputed again when the facts change after all.
  await hub.say('tms', planned('110'));
  await hub.settle();
  assert.deepEqual(
    await hub.rows(`select count(*)::int as n from lading.exception where closed_at is null and kind like 'carrier-%'`),
    [{ n: 0 }],
  );
});

test('a part given up: the rest is paid and written off', async () => {
  await hub.say('tms', planned('100'));
  await billed('R-1', '260.00');
  assert.equal((await move('accepted', '45.00')).kind, 'moved');
  assert.deepEqual(await bills(), ['bill:rdwy/R-1 draft 21500']);
  const { store } = hub.context;
  const [totals] = await disputeTotals(store, store.tenant, 'rdwy');
  assert.equal(`${totals?.recovered} ${totals?.writtenOff}`, '45.00 15.00');
});

test('credited in two parts: settled by the second, and the bill is paid as it came', async () => {
  await hub.say('tms', planned('100'));
  await billed('R-1', '260.00');
  await billed('C-0', '-20.00');
  assert.equal((await disputes())[0]?.state, 'open');
  await billed('C-1', '-40.00');
  const [dispute] = await disputes();
  assert.equal(
    `${dispute?.state} ${dispute?.recovered} ${dispute?.steps.at(-1)?.reason}`,
    'accepted 60.00 Credited by the carrier: C-1.',
  );
  assert.deepEqual((await bills()).sort(), ['bill:rdwy/R-1 draft 26000', 'credit:rdwy/C-1 draft 4000']);
});

test('it resolves itself when the facts change, and opens again when they change back', async () => {
  await hub.say('tms', planned('100'));
  await billed('R-1', '260.00');
  for (const [miles, state] of [
    ['90', 'open'],
    ['130', 'resolved'],
  ] as const) {
    await hub.say('tms', planned(miles));
    await hub.settle();
    assert.equal((await disputes())[0]?.state, state);
  }
  const refused = await move('sent');
  assert.match(refused.kind === 'refused' ? refused.detail : '', /it is resolved/);
  await hub.say('tms', planned('100'));
  await hub.settle();
  const [dispute] = await disputes();
  assert.deepEqual(
    dispute?.steps.map(({ state }) => state),
    ['open', 'resolved', 'open'],
  );
  // Its bill was approved in between, and stays in the ERP.
  const paid = await move('short-paid');
  assert.match(paid.kind === 'refused' ? paid.detail : '', /its bill is in the ERP in full/);
});
