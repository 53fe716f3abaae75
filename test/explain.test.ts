import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventOf, milestoneOf, openTestHub, PLAN, type TestHub, wholeJourney } from '../src/api/testing/hub.ts';
import { explanationLines } from '../src/cli/text/explanation.ts';
import { explain } from '../src/insight/explain.ts';
import type { ShipmentExplanation } from '../src/insight/explanation/shipment.ts';
import { Explanation } from '../src/insight/explanation.ts';
import { validate } from '../src/model/validate.ts';
import { enter } from '../src/pipeline/by-hand/enter.ts';
import { importSetup } from '../src/pipeline/setup.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  await hub.send('tms', wholeJourney('S-1'));
});
after(() => hub.close());

/** Explained, held to its own schema, and printable. */
async function explained(ref: string): Promise<Explanation> {
  const explanation = await explain(hub.context, ref);
  assert.ok(explanation, `${ref} is known`);
  const checked = validate(Explanation, JSON.parse(JSON.stringify(explanation)));
  assert.ok(checked.ok, JSON.stringify(checked));
  assert.ok(explanationLines(explanation).every((line) => !/undefined|\[object|\bNaN\b/.test(line)));
  return explanation;
}

async function shipment(ref: string): Promise<ShipmentExplanation> {
  const explanation = await explained(ref);
  assert.equal(explanation.about, 'shipment');
  return explanation as ShipmentExplanation;
}

test('a shipment: facts with their sources, charges with their arithmetic, documents with their life', async () => {
  const it = await shipment('S-1');
  assert.deepEqual([it.status, it.billing, it.customer, it.carrier], ['delivered', 'ready', 'acme', 'rdwy']);
  assert.deepEqual(
    it.milestones.map(({ milestone, at, local, stop, standing, sender }) => [
      milestone,
      at,
      local,
      stop,
      standing,
      sender,
    ]),
    [
      ['picked-up', '2026-03-03T15:00:00Z', '2026-03-03T09:00:00-06:00', 1, 'believed', 'tms'],
      ['delivered', '2026-03-04T20:00:00Z', '2026-03-04T15:00:00-05:00', 2, 'believed', 'tms'],
    ],
  );
  const [sell, buy] = it.charges;
  assert.deepEqual(
    [sell?.side, sell?.code, sell?.amount, sell?.states],
    ['sell', 'LHL', '1645.00', [{ state: 'pending', amount: '1645.00' }]],
  );
  assert.deepEqual(sell?.agreement, { id: 'acme-2026', version: 1 });
  assert.match(sell?.derivation.join('\n') ?? '', /700 mi × 2\.35/);
  assert.deepEqual([buy?.side, buy?.amount], ['buy', '1200.00']);
  const source = sell?.restsOn.find(({ what }) => what.startsWith('picked-up'));
  assert.ok(source?.message, 'down to the message');
  assert.deepEqual(it.policy, { trigger: 'pod', consolidation: 'shipment', version: 1, given: true });
  const [invoice] = it.invoices;
  assert.deepEqual(
    [invoice?.number, invoice?.total, invoice?.state, invoice?.effects[0]?.state],
    ['S-1-1', '1645.00', 'decided', 'intended'],
  );
  assert.match(
    it.billingBecause ?? '',
    /^Decided, and not in the ERP yet because S-1-1 is on its way; waits for its turn; owner integration\.$/,
  );
});

const found: { ref: string; about: Explanation['about'] }[] = [
  { ref: 'S-1', about: 'shipment' },
  { ref: 'shipment:S-1', about: 'shipment' },
  { ref: 'PO-4711', about: 'shipment' },
  { ref: 'S-1-1', about: 'invoice' },
  { ref: 'invoice:S-1-1', about: 'invoice' },
  { ref: 'S-1/LHL', about: 'charge' },
  { ref: 'S-1/lhl', about: 'charge' },
  { ref: 'message:1', about: 'message' },
  { ref: 'event:2', about: 'event' },
  { ref: '1', about: 'choice' },
];
for (const { ref, about } of found) {
  test(`${ref} is found as ${about}`, async () => assert.equal((await explained(ref)).about, about));
}
for (const ref of [
  'S-404',
  'message:999',
  'event:x',
  'S-1/XYZ',
  'S-1/',
  '/',
  'shipment:',
  ' ',
  "'; drop table x; --",
  '9'.repeat(30),
]) {
  test(`"${ref}" is nothing`, async () => assert.equal(await explain(hub.context, ref), undefined));
}

const reasons: { shipment: string; events: object[]; because: RegExp }[] = [
  {
    shipment: 'W-1',
    events: [eventOf('shipment.planned', { ...PLAN, shipment: 'W-1' })],
    because:
      /^Not invoiced because its billing trigger pod is not reached; waits for delivery at stop 2 \(Atlanta\) and the proof of delivery; owner operations\.$/,
  },
  {
    shipment: 'W-2',
    events: wholeJourney('W-2').slice(0, 3),
    because: /^Not invoiced because .* pod is not reached; waits for the proof of delivery; owner operations\.$/,
  },
  {
    shipment: 'W-3',
    events: [
      eventOf('shipment.planned', { ...PLAN, shipment: 'W-3', customer: 'bolt' }),
      ...wholeJourney('W-3').slice(1),
    ],
    because:
      /^Not invoiced because no-agreement: .*; waits for an agreement of its customer for the day it is rated on; owner finance\.$/,
  },
  {
    shipment: 'W-4',
    events: [
      ...wholeJourney('W-4'),
      eventOf('charge.reported', { shipment: 'W-4', code: 'ZZZ', side: 'sell', occurredAt: '2026-03-04T20:00:00Z' }),
    ],
    because:
      /^Not invoiced because accessorial-not-in-agreement: .*; waits for a price for the charge that was reported; owner finance\.$/,
  },
];
for (const { shipment: id, events, because } of reasons) {
  test(`why ${id} is not invoiced`, async () => {
    await hub.send('tms', events);
    assert.match((await shipment(id)).billingBecause ?? '', because);
  });
}

test('an adjustment above the limit says what waits for whom', async () => {
  await hub.send(
    'tms',
    eventOf('charge.reported', { shipment: 'S-1', code: 'LFT', side: 'sell', occurredAt: '2026-03-04T20:00:00Z' }),
  );
  const it = await shipment('S-1');
  assert.equal(it.billing, 'adjusting');
  assert.deepEqual(it.awaitingApproval, [
    {
      ...{ kind: 'supplementary', currency: 'USD', total: '95.00' },
      lines: [
        {
          ...{ code: 'LFT', description: 'S-1 Liftgate', amount: '95.00' },
          derivation: ['reported: 1 × 95.00 = 95', 'rounded 95.00 USD'],
        },
      ],
    },
  ]);
  assert.match(it.billingBecause ?? '', /waits for an approval; owner finance/);
  const open = it.exceptions.find(({ kind }) => kind === 'adjustment-approval');
  assert.equal(open?.state, 'open');
  assert.equal((await explained(`exception:${open?.id}`)).about, 'exception');
});

test('what a person entered beyond the limit says what waits, where nothing else does', async () => {
  await hub.send('tms', wholeJourney('S-9'));
  const credit = { shipment: 'S-9', entry: 'credit', code: 'LHL', amount: '5.00', reason: 'damaged' } as const;
  await enter(hub.context, { ...credit, by: 'Clara Clerk', role: 'customer-service' });
  const it = await shipment('S-9');
  assert.equal(it.billing, 'adjusting');
  assert.match(it.billingBecause ?? '', /^The credit of 5\.00 USD \(LHL\) by hand is not invoiced because/);
});

test('a later report corrects, a stranger is not heard, and both are told', async () => {
  await hub.send(
    'tms',
    eventOf(
      'shipment.milestone',
      { shipment: 'S-1', milestone: 'picked-up', occurredAt: '2026-03-03T16:00:00Z' },
      '2026-03-06T00:00:00Z',
    ),
  );
  await hub.send('swift', milestoneOf('S-1', 'in-transit', '2026-03-03T20:00:00Z'));
  const it = await shipment('S-1');
  assert.deepEqual(
    it.milestones.map(({ milestone, at, standing }) => [milestone, at.slice(11, 16), standing]),
    [
      ['picked-up', '15:00', 'corrected'],
      ['picked-up', '16:00', 'believed'],
      ['in-transit', '20:00', 'not heard'],
      ['delivered', '20:00', 'believed'],
    ],
  );
});

test('a message: where each event went, and what was wrong where', async () => {
  const known = milestoneOf('S-1', 'eta', '2026-03-04T18:00:00Z');
  const unknown = milestoneOf('S-LATER', 'picked-up', '2026-03-04T18:00:00Z');
  const broken = milestoneOf('S-1', 'teleported', '2026-03-04T18:00:00Z');
  const id = await hub.send('rdwy', [known, unknown, broken]);
  const it = await explained(`message:${id}`);
  assert.equal(it.about, 'message');
  if (it.about !== 'message') return;
  assert.equal(it.verdict, 'quarantined');
  assert.deepEqual(
    it.events.map(({ became }) => became),
    ['applied to shipment S-1', 'waits for its shipment'],
  );
  assert.equal(it.problems.length, 1);
  assert.match(it.problems[0]?.detail ?? '', /milestone/);
  const waiting = await explained('S-LATER');
  assert.equal(waiting.about, 'waiting');
  assert.match(
    explanationLines(waiting).join('\n'),
    /No shipment is known by S-LATER\. 1 fact waits.*owner operations/s,
  );
});

test('bytes that came twice: the double says so', async () => {
  const bytes = Buffer.from('not a kind we know');
  await hub.send('rdwy', bytes);
  const twice = await explained(`message:${await hub.send('rdwy', bytes)}`);
  assert.match(explanationLines(twice).join('\n'), /duplicate\nCame before: nothing in it was new/);
});

test('goods: each line in the charge, and a shipment that is not covered is told which line it waits for', async () => {
  const policies = [{ customer: 'bolt', trigger: 'dispatched' as const, bills: ['goods' as const] }];
  await importSetup(hub.context, { policies }, 'test');
  const line = (number: number, unitPrice: string) => ({ line: number, quantity: '10', unitPrice });
  const order = { order: 'O-1', customer: 'bolt', lines: [line(1, '2.00'), line(2, '0.335')], shipTo: {} };
  const planOf = (id: string) => {
    const contents = [1, 2].map((number) => ({ order: 'O-1', line: number, quantity: '7' }));
    return eventOf('shipment.planned', { ...PLAN, shipment: id, customer: 'bolt', contents });
  };
  await hub.send('tms', [
    eventOf('order.placed', { ...order, currency: 'USD', placedAt: '2026-03-01T12:00:00Z' }),
    ...['G-1', 'G-2', 'G-3'].flatMap((id) => [planOf(id), milestoneOf(id, 'picked-up', '2026-03-03T15:00:00Z')]),
  ]);
  const shortages = [{ order: 'O-1', line: 2, quantity: '3', reason: 'short' }];
  const short = { shipment: 'G-3', shortages, occurredAt: '2026-03-04T15:00:00Z' };
  await hub.send('tms', eventOf('delivery.short', short));
  assert.deepEqual((await shipment('G-3')).goods, [
    { order: 'O-1', line: 1, shipped: '7', kept: '7' },
    { order: 'O-1', line: 2, shipped: '7', kept: '4' },
  ]);
  const it = await shipment('G-1');
  assert.equal(it.billing, 'ready');
  const goods = it.charges.filter(({ code }) => code === 'GDS');
  assert.deepEqual(
    goods.map(({ amount, derivation }) => [amount, derivation]),
    [['16.35', ['order O-1 line 1: 7 × 2.00 = 14.00 USD', 'order O-1 line 2: 7 × 0.335 = 2.35 USD']]],
  );
  for (const id of ['G-2', 'G-3']) {
    const held = await shipment(id);
    assert.equal(held.billing, 'held');
    const open = held.exceptions
      .filter(({ state }) => state === 'open')
      .map(({ kind, subject }) => `${kind} ${subject}`);
    assert.deepEqual(open.sort(), ['quantity-exceeds-order O-1/1', 'quantity-exceeds-order O-1/2']);
    assert.match(held.billingBecause ?? '', /quantity-exceeds-order: .*waits for quantities within the order/);
  }
});
