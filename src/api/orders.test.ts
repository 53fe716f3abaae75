// What an order came to, and the pro-formas of its shipment, over the whole way: order, plan, duty billed late.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importSetup } from '../pipeline/setup.ts';
import { eventOf, openTestHub, PLAN, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  const stages = { proForma: 'planned' as const };
  const landedCost = { codes: ['DTY'], correction: true };
  const adjustments = { autoApproveUpTo: '500.00' };
  await importSetup(hub.context, { policies: [{ customer: 'acme', stages, landedCost, adjustments }] }, 'test');
  const contents = [
    { order: 'O-1', line: 1, quantity: '30' },
    { order: 'O-1', line: 2, quantity: '10' },
  ];
  const lines = [
    { line: 1, quantity: '30', unitPrice: '20.00' },
    { line: 2, quantity: '10', unitPrice: '40.00' },
  ];
  const order = {
    order: 'O-1',
    customer: 'acme',
    lines,
    shipTo: {},
    currency: 'USD',
    placedAt: '2026-03-01T00:00:00Z',
  };
  await hub.send('tms', eventOf('order.placed', order));
  // Rated by its appointment until it is picked up.
  const appointment = { from: '2026-03-03T14:00:00Z' };
  const stops = PLAN.stops.map((stop) => (stop.kind === 'pickup' ? { ...stop, appointment } : stop));
  await hub.send('tms', eventOf('shipment.planned', { shipment: 'S-1', ...PLAN, stops, contents }));
  await hub.send('tms', wholeJourney('S-1').slice(1));
  const bill = { carrier: 'swift', invoice: 'W-1', issuedOn: '2026-03-20', currency: 'USD' };
  await hub.send(
    'swift',
    eventOf('carrier.invoice', { ...bill, lines: [{ shipment: 'S-1', code: 'DTY', amount: '154.67' }] }),
  );
});
after(() => hub.close());

const get = async (url: string, role: Parameters<TestHub['as']>[0] = 'finance') =>
  hub.app.inject({ method: 'GET', url, headers: hub.as(role) });

test('duty that comes late is accepted, corrects the invoice, and is landed cost of the order', async () => {
  const invoices = (await get('/v1/invoices?shipment=S-1')).json().items;
  assert.deepEqual(
    invoices.map(({ number, kind, subtotal }: Record<string, string>) => [number, kind, subtotal]),
    [
      ['S-1-1', 'invoice', '1645.00'],
      ['S-1-2', 'supplementary', '154.67'],
    ],
  );
  const [report] = (await get('/v1/orders/O-1/landed-cost')).json().items;
  // 600.00 + 400.00 of goods, 1200.00 by the carrier's agreement, the duty; shared 60 : 40
  assert.deepEqual(
    [report.goods, report.costs, report.total],
    [
      '1000.00',
      [
        { code: 'DTY', amount: '154.67' },
        { code: 'LHL', amount: '1200.00' },
      ],
      '2354.67',
    ],
  );
  assert.deepEqual(
    report.lines.map(({ total }: { total: string }) => total),
    ['1412.80', '941.87'],
  );
});

test('what things cost us is for our own people, and an order that nobody placed is not there', async () => {
  assert.equal((await get('/v1/orders/O-1/landed-cost', 'customer')).statusCode, 403);
  assert.equal((await get('/v1/orders/O-1/landed-cost', 'partner')).statusCode, 403);
  assert.equal((await get('/v1/orders/O-9/landed-cost')).statusCode, 404);
  assert.equal((await get('/v1/orders/O-1/landed-cost?customer=bolt')).statusCode, 404);
});

test('a margin counts the duty, and is not for the customer', async () => {
  const { margin } = (await get('/v1/explain/S-1')).json();
  // 1645.00 + 154.67 − 1200.00 − 154.67
  assert.deepEqual([margin.revenue, margin.cost, margin.margin], ['1799.67', '1354.67', '445.00']);
  assert.equal((await get('/v1/explain/S-1', 'customer')).json().margin, undefined);
});

test('a pro-forma was issued with the plan, and the invoice took its place', async () => {
  const { items } = (await get('/v1/shipments/S-1/pro-formas', 'customer')).json();
  assert.deepEqual(
    items.map(({ number, state, replacedBy, lines }: Record<string, { amount: string }[]>) => {
      return [number, state, replacedBy, lines?.map(({ amount }) => amount)];
    }),
    [['S-1-P1', 'replaced', 'S-1-1', ['1645.00']]],
  );
  assert.equal((await get('/v1/shipments/S-1/pro-formas', 'partner')).statusCode, 403);
});
