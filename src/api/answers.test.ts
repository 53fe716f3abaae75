// What the API answers is what it says it answers: each route's answer is held to the schema of its own description.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TSchema } from 'typebox';
import { validate } from '../model/validate.ts';
import { keepComparison, leaseComparison } from '../store/comparison.ts';
import { eventOf, openTestHub, type TestHub, wholeJourney } from './testing/hub.ts';

type Operation = {
  operationId: string;
  requestBody?: { content: object };
  responses: Record<string, { content?: Record<string, { schema: TSchema }> }>;
};
type Described = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, TSchema> } };

let hub: TestHub;
let description: Described;
before(async () => {
  hub = await openTestHub();
  await hub.send('tms', wholeJourney('S-1'));
  await hub.send('nobody', Buffer.from('unreadable'));
  const late = { shipment: 'S-1', code: 'LFT', side: 'sell', occurredAt: '2026-03-04T20:00:00Z' };
  await hub.send('tms', eventOf('charge.reported', late));
  const lines = [{ shipment: 'S-1', code: 'LHL', amount: '1300.00' }];
  const bill = { carrier: 'rdwy', invoice: 'R-1', issuedOn: '2026-03-05', currency: 'USD', lines };
  await hub.send('rdwy', eventOf('carrier.invoice', bill));
  await hub.context.store.transaction(async (client) => {
    const night = { at: 0, nextAt: 86_400_000, documents: 1, isAsked: true, now: 0, firstAt: 0, until: 1 };
    await leaseComparison(client, hub.context.store.tenant, 'odoo', night);
    const differences = [{ document: 'S-1-1', what: 'missing-there' as const, ours: 'posted', theirs: '' }];
    await keepComparison(client, hub.context.store.tenant, 'odoo', { ...night, differences });
  });
  const payment = { payment: 'P-1', customer: 'acme', currency: 'USD', amount: '1.00', receivedOn: '2026-03-10' };
  await hub.send('acme', eventOf('payment.received', payment));
  const old = Date.now() - 60_000;
  await hub.context.store.query('update lading.event set recorded_at = to_timestamp($1::float8 / 1000)', [old]);
  await hub.context.store.query(`update lading.invoice set decided_at = decided_at - interval '3 days'`);
  description = (await hub.app.inject({ url: '/v1/openapi.json', headers: hub.as('admin') })).json();
});
after(() => hub.close());

/** The schema with its references put in, and closed: an answer with a key that is not described is a fault. */
function whole(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(whole);
  if (schema === null || typeof schema !== 'object') return schema;
  const { $ref } = schema as { $ref?: string };
  if ($ref !== undefined) return whole(description.components.schemas[$ref.split('/').at(-1) ?? '']);
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, whole(value)]));
  return 'properties' in inner ? { additionalProperties: false, ...inner } : inner;
}

const asked: { operation: string; method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; payload?: object }[] = [
  { operation: 'listMessages', path: '/v1/messages' },
  { operation: 'getMessage', path: '/v1/messages/1' },
  { operation: 'readFeed', path: '/v1/events' },
  { operation: 'listShipments', path: '/v1/shipments' },
  { operation: 'getShipment', path: '/v1/shipments/S-1' },
  { operation: 'listCharges', path: '/v1/charges' },
  { operation: 'listInvoices', path: '/v1/invoices' },
  { operation: 'getBilling', path: '/v1/billing' },
  { operation: 'listReceivables', path: '/v1/receivables' },
  { operation: 'listPayments', path: '/v1/payments' },
  { operation: 'listOpenItems', path: '/v1/open-items' },
  { operation: 'listCollections', path: '/v1/collections' },
  { operation: 'listComparisons', path: '/v1/comparisons' },
  { operation: 'listDifferences', path: '/v1/comparisons/differences' },
  { operation: 'compareNow', method: 'POST', path: '/v1/comparisons' },
  { operation: 'getInvoice', path: '/v1/invoices/S-1-1' },
  { operation: 'listCarrierInvoices', path: '/v1/carrier-invoices' },
  { operation: 'listExceptions', path: '/v1/exceptions' },
  { operation: 'listEffects', path: '/v1/effects' },
  { operation: 'explain', path: '/v1/explain/S-1' },
  ...['S-1-1', 'S-1/LHL', 'rdwy/R-1', 'message:1', 'message:2', 'event:1', 'exception:1', 'P-1', '1'].map((ref) => ({
    operation: 'explain',
    path: `/v1/explain/${encodeURIComponent(ref)}`,
  })),
  { operation: 'getSetup', path: '/v1/setup' },
  { operation: 'listKeys', path: '/v1/keys' },
  { operation: 'readAudit', path: '/v1/audit' },
  { operation: 'verifyAudit', path: '/v1/audit/verification' },
  { operation: 'isAlive', path: '/healthz' },
  { operation: 'isReady', path: '/readyz' },
  { operation: 'replay', method: 'POST', path: '/v1/replay', payload: { what: 'messages', dryRun: true } },
  { operation: 'replay', method: 'POST', path: '/v1/replay', payload: { what: 'deliveries', dryRun: true } },
  { operation: 'importSetup', method: 'PUT', path: '/v1/setup', payload: { policies: [{ customer: 'acme' }] } },
  { operation: 'addKey', method: 'POST', path: '/v1/keys', payload: { name: 'x', role: 'auditor' } },
  { operation: 'sendEvents', method: 'POST', path: '/v1/events?partner=tms', payload: eventOf('order.placed', {}) },
  { operation: 'sendMessage', method: 'POST', path: '/v1/inbound/tms', payload: { a: 'message' } },
  { operation: 'getShipment', path: '/v1/shipments/S-404' },
];
for (const { operation, method = 'GET', path, payload } of asked) {
  test(`${method} ${path} answers as described`, async () => {
    const answer = await hub.app.inject({ method, url: path, headers: hub.as('admin'), ...(payload && { payload }) });
    const operations = Object.values(description.paths).flatMap((methods) => Object.values(methods));
    const described = operations.find(({ operationId }) => operationId === operation);
    const media = described?.responses[String(answer.statusCode)]?.content ?? {};
    const [type = ''] = String(answer.headers['content-type']).split(';');
    const schema = media[type]?.schema;
    assert.ok(schema, `${operation} describes ${answer.statusCode} ${type}: ${answer.body}`);
    const { items } = answer.json();
    assert.ok(items === undefined || items.length > 0, 'a list with nothing in it proves nothing');
    const checked = validate(whole(schema) as TSchema, answer.json());
    assert.ok(checked.ok, JSON.stringify(checked).slice(0, 1_000));
  });
}

test('a carrier invoice is answered as described, alone too', async () => {
  const ask = async (url: string) => (await hub.app.inject({ url, headers: hub.as('finance') })).json();
  const { items } = await ask('/v1/carrier-invoices?verdict=disputed&shipment=S-1');
  const detail = await ask(`/v1/carrier-invoices/${items[0].id}`);
  const { schema } =
    description.paths['/v1/carrier-invoices/{id}']?.get?.responses['200']?.content?.['application/json'] ?? {};
  const checked = validate(whole(schema) as TSchema, detail);
  assert.ok(checked.ok, JSON.stringify(checked));
  const difference = { shipment: 'S-1', code: 'LHL', billed: '1300.00', expected: '1200.00', withinTolerance: false };
  assert.deepEqual(detail.differences, [difference]);
});

test('a character that no text may have is told, wherever it stands', async () => {
  for (const url of ['/v1/invoices?search=%00', '/v1/packets/S-1%00', '/v1/exceptions?assigned=%00']) {
    const answer = await hub.app.inject({ url, headers: hub.as('finance') });
    assert.deepEqual([answer.statusCode, answer.json().type], [400, '/problems/invalid-request'], url);
    assert.match(answer.json().detail, /U\+0000/);
  }
});

test('an adjustment is approved once, and its exception closes', async () => {
  const { items } = (
    await hub.app.inject({ url: '/v1/exceptions?kind=adjustment-approval', headers: hub.as('finance') })
  ).json();
  const [{ id }] = items;
  const approve = () =>
    hub.app.inject({ method: 'POST', url: `/v1/exceptions/${id}/approve`, headers: hub.as('finance') });
  const approved = (await approve()).json();
  assert.deepEqual(approved.documents, ['S-1-2']);
  assert.equal(approved.exception.state, 'closed');
  assert.equal((await approve()).json().type, '/problems/not-waiting');
  const invoice = (await hub.app.inject({ url: '/v1/invoices/S-1-2', headers: hub.as('finance') })).json();
  assert.match(invoice.approvedBy, /^key [0-9a-f]{12} \(finance\)$/);
});

test('the outcome is whole, and every body is described', async () => {
  const outcome = (await hub.app.inject({ url: '/v1/outcome', headers: hub.as('auditor') })).json();
  assert.equal(outcome.shipments[0].shipment, 'S-1');
  const { schema } = description.paths['/v1/outcome']?.get?.responses['200']?.content?.['application/json'] ?? {};
  const checked = validate(whole(schema) as TSchema, outcome);
  assert.ok(checked.ok, JSON.stringify(checked));
  assert.deepEqual(Object.keys(description.paths['/v1/inbound/{partner}']?.post?.requestBody?.content ?? {}), ['*/*']);
  assert.equal(Object.keys(description.paths['/v1/events']?.post?.requestBody?.content ?? {}).length, 2);
});
