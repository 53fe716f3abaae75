// Transport demand, what is read of the ERP, and the ERP's own word of a change, as the API tells and takes them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Session, Watch } from '../connectors/contract.ts';
import { ERP_SYSTEM } from '../pipeline/context.ts';
import { demandOnce } from '../pipeline/demand.ts';
import { importSetup } from '../pipeline/setup.ts';
import { ensureCursors, pullProgress } from '../store/pull-cursors.ts';
import { apiHubOf } from './hub.ts';
import { openServer } from './server.ts';
import { eventOf, openTestHub, type TestHub } from './testing/hub.ts';

const TOKEN = 'a-token-that-is-long-enough';
let hub: TestHub;
before(async () => {
  hub = await openTestHub();
});
after(() => hub.close());

const order = (name: string) => {
  const lines = [{ line: 1, quantity: '3', unitPrice: '20.00' }];
  const shipTo = { city: 'Atlanta', country: 'US' };
  const placedAt = new Date(Date.now() + 60_000).toISOString();
  return eventOf('order.placed', { order: name, customer: 'acme', lines, shipTo, currency: 'USD', placedAt });
};

test('demand: who was asked, and that nobody answers there', async () => {
  const url = 'http://127.0.0.1:9/';
  const partners = [
    { id: 'books', name: 'Our ERP', roles: ['erp' as const], pull: { demandTo: 'desk' } },
    {
      id: 'desk',
      name: 'Desk',
      roles: ['tms' as const],
      demand: { form: 'webhook' as const, url, pickup: { city: 'Joliet', country: 'US' } },
    },
  ];
  await importSetup(hub.context, { partners }, 'test');
  const get = (query: string, role: 'operations' | 'customer' = 'operations') =>
    hub.app.inject({ url: `/v1/transport-demands${query}`, headers: hub.as(role) });
  assert.deepEqual((await get('')).json(), { items: [] });
  await hub.send('books', [order('O-1'), order('O-2')]);
  await demandOnce(hub.context);
  const { items } = (await get('')).json();
  const told = items.map(({ order: name, state, purpose, effect, recipient }: Record<string, string>) => [
    name,
    state,
    purpose,
    effect,
    recipient,
  ]);
  assert.deepEqual(told, [
    ['O-1', 'asking', 'original', 'demand:desk:O-1/acme/1', 'desk'],
    ['O-2', 'asking', 'original', 'demand:desk:O-2/acme/1', 'desk'],
  ]);
  assert.equal(items[0].reason, 'no answer (ECONNREFUSED)');
  const page = (await get('?limit=1')).json();
  assert.equal((await get(`?limit=1&cursor=${page.next}`)).json().items[0].order, 'O-2');
  assert.deepEqual((await get('?state=accepted')).json().items, []);
  assert.equal((await get('', 'customer')).statusCode, 403);
});

test('pulls: how far the ERP is read; a hook with the right token brings the next look forward', async () => {
  const { context } = hub;
  const watch: Watch = { name: 'orders', tells: 'sale.order', hasFirstLoad: true };
  const session = { pull: { watches: [watch] } } as unknown as Session;
  const systems = [{ name: ERP_SYSTEM, pace: { burst: 1 }, concurrentActs: 1, session }];
  const later = Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000;
  await ensureCursors(context.store, context.store.tenant, ERP_SYSTEM, ['orders'], later);
  const { items } = (await hub.app.inject({ url: '/v1/pulls', headers: hub.as('operations') })).json();
  const [{ nextAt, ...row }] = items;
  assert.deepEqual([row, Date.parse(nextAt)], [{ watch: 'orders', read: 0, failures: 0 }, later]);
  const app = await openServer(apiHubOf({ context, systems, hookToken: TOKEN }));
  const hook = async (token: string, body: object) =>
    app.inject({ method: 'POST', url: `/v1/hooks/odoo/${token}`, payload: body });
  assert.equal((await hook('a-token-that-is-wrong', { _model: 'sale.order' })).statusCode, 404);
  assert.deepEqual((await hook(TOKEN, { _model: 'crm.lead', _id: 1 })).json(), { looked: false });
  // As 17.0 and 19.0 posted it.
  const told = { _action: 'Tell Lading: sale.order(#422)', _id: 1, _model: 'sale.order', id: 1 };
  const answer = await hook(TOKEN, { ...told, write_date: '2026-11-21 10:13:30.508725' });
  assert.deepEqual([answer.statusCode, answer.json()], [202, { looked: true }]);
  const [cursor] = await pullProgress(context.store, context.store.tenant, ERP_SYSTEM);
  assert.ok((cursor?.nextAt ?? later) < later);
  await app.close();
  // Without a token in the environment there is no such door.
  assert.equal(
    (await hub.app.inject({ method: 'POST', url: `/v1/hooks/odoo/${TOKEN}`, payload: { _model: 'sale.order' } }))
      .statusCode,
    404,
  );
});
