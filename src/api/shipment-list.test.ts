// The list of shipments: filters, order, pages, search, and what each role sees of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Role } from '../access/roles.ts';
import { eventOf, milestoneOf, openTestHub, PLAN, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  const [pickup, delivery] = PLAN.stops;
  const planned = (shipment: string, change: object, from: string) =>
    eventOf('shipment.planned', {
      shipment,
      ...PLAN,
      stops: [{ ...pickup, appointment: { from } }, delivery],
      references: [{ type: 'bol', value: `BOL-${shipment}` }],
      ...change,
    });
  // A-1 is invoiced; A-2 is delivered without proof; B-3 has no rate; B-4 is only planned, and has no appointment.
  await hub.send('tms', wholeJourney('A-1'));
  await hub.send('tms', [
    planned('A-2', { references: [{ type: 'pro', value: 'pro77' }] }, '2026-03-05T14:00:00Z'),
    milestoneOf('A-2', 'picked-up', '2026-03-05T15:00:00Z'),
    milestoneOf('A-2', 'delivered', '2026-03-06T15:00:00Z'),
    planned('B-3', { customer: 'bolt', carrier: 'swift', mode: 'LTL' }, '2026-03-01T14:00:00Z'),
    eventOf('shipment.planned', { shipment: 'B-4', ...PLAN, customer: 'bolt', carrier: 'swift' }),
  ]);
});
after(() => hub.close());

type Row = Record<string, unknown> & { shipment: string };
const ask = async (query: string, role: Role = 'operations') => {
  const answer = await hub.app.inject({ url: `/v1/shipments?${query}`, headers: hub.as(role) });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json() as { items: Row[]; next?: string };
};
const names = async (query: string, role?: Role) => (await ask(query, role)).items.map(({ shipment }) => shipment);

const filters = [
  { query: '', finds: ['A-1', 'A-2', 'B-3', 'B-4'] },
  { query: 'customer=bolt', finds: ['B-3', 'B-4'] },
  { query: 'carrier=rdwy&mode=FTL', finds: ['A-1', 'A-2'] },
  { query: 'status=delivered', finds: ['A-1', 'A-2'] },
  { query: 'billing=invoiced', finds: [] },
  { query: 'billing=ready', finds: ['A-1'] },
  { query: 'unbilled=true', finds: ['A-1', 'A-2'] },
  { query: 'unbilled=false', finds: ['A-1', 'A-2', 'B-3', 'B-4'] },
  { query: 'exception=any', finds: ['A-2', 'B-3', 'B-4'] },
  { query: 'exception=pod-missing', finds: ['A-2'] },
  { query: 'exception=no-agreement', finds: ['B-3', 'B-4'] },
  { query: 'exception=credit-hold', finds: [] },
  { query: 'origin=jol', finds: ['A-1', 'A-2', 'B-3', 'B-4'] },
  { query: 'origin=liet', finds: [] },
  { query: 'destination=ga&status=planned', finds: ['B-3', 'B-4'] },
  { query: 'pickupFrom=2026-03-05T15:00:00Z', finds: ['A-2'] },
  { query: 'pickupBefore=2026-03-03T15:00:00Z', finds: ['B-3', 'B-4'] },
  { query: 'deliveryFrom=2026-03-06T00:00:00-05:00', finds: ['A-2'] },
  { query: 'deliveryBefore=2026-03-05T00:00:00Z&status=delivered', finds: ['A-1'] },
];
for (const { query, finds } of filters) {
  test(`shipments filtered by ${query || 'nothing'}`, async () => assert.deepEqual(await names(query), finds));
}

const searches = [
  { text: 'A-2', finds: ['A-2'], name: 'its own number' },
  { text: 'bol-b', finds: ['B-3'], name: 'the beginning of a reference, whatever its case' },
  { text: 'PRO7', finds: ['A-2'], name: 'a reference kept in lower case' },
  { text: 'pro7', finds: ['A-2'], name: 'a reference as it is written' },
  { text: 'A-1-1', finds: ['A-1'], name: 'an invoice' },
  { text: 'PO-4711', finds: ['A-1', 'B-4'], name: 'a purchase order of several' },
  { text: 'nut', finds: ['B-3', 'B-4'], name: 'a word of the customer’s name' },
  { text: 'swift', finds: ['B-3', 'B-4'], name: 'the carrier' },
  { text: 'atlanta', finds: ['A-1', 'A-2', 'B-3', 'B-4'], name: 'a city' },
  { text: 'nothing-like-it', finds: [], name: 'nothing' },
  { text: "'; drop table x --", finds: [], name: 'what would be SQL' },
  { text: '%', finds: [], name: 'no wildcards' },
];
for (const { text, finds, name } of searches) {
  test(`shipments searched by ${name}`, async () =>
    assert.deepEqual(await names(`search=${encodeURIComponent(text)}`), finds));
}

for (const [sort, order] of [
  ['shipment', ['A-1', 'A-2', 'B-3', 'B-4']],
  ['-shipment', ['B-4', 'B-3', 'A-2', 'A-1']],
  ['pickup', ['B-4', 'B-3', 'A-1', 'A-2']],
  ['-pickup', ['A-2', 'A-1', 'B-3', 'B-4']],
  ['-customer', ['B-4', 'B-3', 'A-2', 'A-1']],
  ['mode', ['A-1', 'A-2', 'B-4', 'B-3']],
  ['-delivery', ['A-2', 'A-1', 'B-4', 'B-3']],
] as const) {
  test(`shipments sorted by ${sort}, in pages of one as in one page`, async () => {
    assert.deepEqual(await names(`sort=${sort}`), order);
    const seen: string[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page: Awaited<ReturnType<typeof ask>> = await ask(`sort=${sort}&limit=1${next && `&cursor=${next}`}`);
      seen.push(...page.items.map(({ shipment }) => shipment));
      next = page.next;
    }
    assert.deepEqual(seen, order);
  });
}

test('a cursor of another order, or a made-up one, is refused', async () => {
  const { next } = await ask('sort=shipment&limit=1');
  const made = Buffer.from(JSON.stringify(['shipments pickup', 'now()', 'x'])).toString('base64url');
  for (const query of [`sort=pickup&cursor=${next}`, `sort=pickup&cursor=${made}`]) {
    const answer = await hub.app.inject({ url: `/v1/shipments?${query}`, headers: hub.as('operations') });
    assert.equal(answer.json().type, '/problems/invalid-cursor');
  }
});

test('a row has names, places, sums and open exceptions, as far as the role may see them', async () => {
  const [row] = (await ask('search=A-1', 'finance')).items;
  assert.deepEqual(
    [row?.customerName, row?.carrierName, row?.origin, row?.revenue, row?.cost, row?.openExceptions],
    [
      'Acme Tools',
      'Roadway Freight',
      'Joliet, IL, US',
      [{ amount: '1645.00', currency: 'USD' }],
      [{ amount: '1200.00', currency: 'USD' }],
      0,
    ],
  );
  const keysOf = async (role: Role) => Object.keys((await ask('search=A-1', role)).items[0] ?? {});
  const customer = await keysOf('customer');
  assert.ok(customer.includes('revenue') && customer.includes('billing'));
  assert.ok(!customer.includes('cost') && !customer.includes('openExceptions'));
  const partner = await keysOf('partner');
  for (const hidden of ['revenue', 'cost', 'billing', 'openExceptions']) assert.ok(!partner.includes(hidden), hidden);
  assert.ok(!(await keysOf('customer-service')).includes('cost'));
});

test('what a role does not see it cannot filter by, and others’ shipments do not exist for it', async () => {
  const refused: [string, Role][] = [
    ['billing=held', 'partner'],
    ['unbilled=true', 'partner'],
    ['sort=-billing', 'partner'],
    ['exception=any', 'partner'],
    ['exception=any', 'customer'],
  ];
  for (const [query, role] of refused) {
    const answer = await hub.app.inject({ url: `/v1/shipments?${query}`, headers: hub.as(role) });
    assert.equal(answer.statusCode, 403, `${query} ${role}`);
  }
  assert.deepEqual(await names('', 'customer'), ['A-1', 'A-2']);
  assert.deepEqual(await names('search=BOL-B', 'customer'), []);
  assert.deepEqual(await names('search=swift', 'partner'), []);
});

test('views are one’s own: kept, replaced, removed', async () => {
  const call = (method: 'GET' | 'PUT' | 'DELETE', role: Role, path = '', payload?: object) =>
    hub.app.inject({ method, url: `/v1/views${path}`, headers: hub.as(role), ...(payload && { payload }) });
  const own = '/shipments/My%20unbilled';
  assert.equal((await call('PUT', 'finance', own, { query: { unbilled: 'true' } })).statusCode, 200);
  assert.equal((await call('PUT', 'finance', own, { query: { unbilled: 'true', sort: '-pickup' } })).statusCode, 200);
  const { items } = (await call('GET', 'finance', '?list=shipments')).json();
  assert.deepEqual(
    items.map(({ changedAt: _, ...view }: { changedAt: string }) => view),
    [{ list: 'shipments', name: 'My unbilled', query: { unbilled: 'true', sort: '-pickup' } }],
  );
  assert.deepEqual((await call('GET', 'operations')).json().items, []);
  assert.equal((await call('DELETE', 'operations', own)).statusCode, 404);
  assert.equal((await call('DELETE', 'finance', own)).statusCode, 204);
  assert.deepEqual((await call('GET', 'finance')).json().items, []);
});
