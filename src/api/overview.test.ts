// The overview held against shipments whose figures are computed by hand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Overview } from '../insight/overview.ts';
import { eventOf, milestoneOf, openTestHub, PLAN, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
});
after(() => hub.close());

async function overview(role: 'auditor' | 'customer-service' = 'auditor') {
  const answer = await hub.app.inject({ url: '/v1/overview', headers: hub.as(role) });
  return { status: answer.statusCode, body: answer.json<Overview>() };
}

test('an empty hub has an overview, and who may not see the outcome is refused', async () => {
  const { status, body } = await overview();
  assert.equal(status, 200);
  assert.deepEqual([body.money, body.unbilled, body.systems, body.holds], [[], [], [], true]);
  assert.equal((await overview('customer-service')).status, 403);
});

test('money is told by where it is, deliveries by what they wait for', async () => {
  const planned = (shipment: string) => eventOf('shipment.planned', { shipment, ...PLAN });
  const delivered = (shipment: string) => milestoneOf(shipment, 'delivered', '2026-03-04T20:00:00Z');
  // 1645.00 each: one with its proof, one without, one that is only planned, one delivered with nothing to rate it by.
  await hub.send('tms', [
    ...wholeJourney('S-1'),
    planned('S-2'),
    delivered('S-2'),
    planned('S-3'),
    eventOf('shipment.planned', { shipment: 'S-4', ...PLAN, customer: 'bolt' }),
    delivered('S-4'),
    milestoneOf('S-9', 'delivered', '2026-03-04T20:00:00Z'),
    { specversion: '1.0', id: 'broken', source: '/test', type: 'shipment.milestone', data: {} },
  ]);
  // An answer serves for some seconds.
  await new Promise((resolve) => setTimeout(resolve, 4_100));
  const { money, unbilled, flow, holds, indicators } = (await overview()).body;
  const [usd] = money;
  assert.deepEqual(
    [money.length, usd?.unbilled, usd?.held, usd?.receivables, usd?.difference, holds],
    [1, '3290.00', '0.00', '1645.00', '0.00', true],
  );
  // The first has its invoice, which no ERP has posted yet.
  assert.deepEqual(unbilled, [
    { currency: 'USD', billing: 'not-due', because: 'pod-missing', shipments: 1, amount: '1645.00' },
    { currency: 'USD', billing: 'ready', shipments: 1, amount: '1645.00' },
  ]);
  assert.deepEqual([flow.received, flow.untranslated, flow.waitingFacts, flow.failing], [1, 0, 1, 1]);
  assert.equal(indicators.invoiceTimes.shipments, 1);
  assert.deepEqual(indicators.accuracy, { invoices: 1, corrected: 0 });
  // Two proofs are missing, one customer has no agreement, one event is broken.
  assert.deepEqual(
    indicators.exceptionAges.map(({ owner, counts }) => [owner, counts]),
    [
      ['finance', [1, 0, 0, 0, 0]],
      ['integration', [1, 0, 0, 0, 0]],
      ['operations', [2, 0, 0, 0, 0]],
    ],
  );
});
