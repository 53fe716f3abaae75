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

test('an order says of each line what is ordered, planned, delivered and invoiced, and by which shipment', async () => {
  const [order] = (await get('/v1/orders/O-1', 'customer')).json().items;
  assert.deepEqual(
    [order.customerName, order.status, order.value],
    ['Acme Tools', 'delivered', { ordered: '1000.00', planned: '1000.00', delivered: '1000.00', invoiced: '0.00' }],
  );
  assert.deepEqual(order.lines[0], {
    line: 1,
    unitPrice: '20.00',
    ...{ ordered: '30', planned: '30', delivered: '30', invoiced: '0' },
    shipments: [{ shipment: 'S-1', planned: '30', kept: '30', status: 'delivered' }],
  });
  assert.deepEqual(order.shipments, [{ shipment: 'S-1', status: 'delivered', billing: 'ready' }]);
});

test('orders are listed, searched and filtered; who is bound sees their own', async () => {
  const numbers = async (query: string, role?: Parameters<TestHub['as']>[0]) =>
    (await get(`/v1/orders?${query}`, role)).json().items.map(({ order }: { order: string }) => order);
  const found = {
    '': 1,
    'search=o-1': 1,
    'search=acme': 1,
    'search=quantity': 0,
    'status=open': 0,
    'status=delivered': 1,
  };
  for (const [query, count] of Object.entries(found)) assert.equal((await numbers(query)).length, count, query);
  assert.deepEqual(await numbers('', 'customer'), ['O-1']);
  assert.deepEqual(await numbers('customer=bolt', 'finance'), []);
  const other = hub.as('customer').authorization;
  const bolt = { authorization: `Bearer ${await hub.newKey('customer', 'bolt')}` };
  assert.notEqual(bolt.authorization, other);
  assert.equal((await hub.app.inject({ url: '/v1/orders/O-1', headers: bolt })).statusCode, 404);
  assert.deepEqual((await hub.app.inject({ url: '/v1/orders', headers: bolt })).json().items, []);
});

test('a document is shown to those who may see its shipment, and never run', async () => {
  const { documents } = (await get('/v1/explain/S-1')).json();
  const url = `/v1/shipments/S-1/documents/${documents[0].event}`;
  const shown = await get(url, 'customer');
  assert.deepEqual([shown.statusCode, shown.body], [200, 'signed']);
  assert.match(String(shown.headers['content-type']), /^text\/plain/);
  assert.match(String(shown.headers['content-security-policy']), /default-src 'none'/);
  const page = { shipment: 'S-1', kind: 'other', mediaType: 'text/html', content: 'PGI+' };
  await hub.send('swift', eventOf('document.attached', page));
  const facts = (await get('/v1/explain/S-1')).json().documents;
  const foreign = facts.find(({ sender }: { sender: string }) => sender === 'swift').event;
  const saved = await get(`/v1/shipments/S-1/documents/${foreign}`);
  assert.match(String(saved.headers['content-disposition']), /^attachment/);
  assert.equal(saved.headers['content-type'], 'application/octet-stream');
  assert.equal((await get(`/v1/shipments/S-1/documents/${foreign}`, 'customer')).statusCode, 404);
  assert.equal((await get('/v1/shipments/S-1/documents/4711')).statusCode, 404);
});

test('every fact has its source and how late it was told; a stop says how it went', async () => {
  const { facts, stops } = (await get('/v1/explain/S-1')).json();
  const picked = facts.find(({ what }: { what: string }) => what === 'picked-up');
  assert.deepEqual([picked.sender, picked.standing, picked.at], ['tms', 'believed', '2026-03-03T15:00:00Z']);
  const lateness = Math.floor((Date.parse(picked.recordedAt) - Date.parse(picked.at)) / 60_000);
  assert.equal(picked.lateMinutes, lateness);
  assert.deepEqual(
    [stops[0].appointment.from, stops[0].done.milestone, stops[0].done.local, stops[1].city],
    ['2026-03-03T14:00:00Z', 'picked-up', '2026-03-03T09:00:00-06:00', 'Atlanta'],
  );
  const strangers = (await get('/v1/explain/S-1', 'customer')).json().facts;
  assert.ok(strangers.every(({ sender }: { sender: string }) => sender !== 'swift'));
});
