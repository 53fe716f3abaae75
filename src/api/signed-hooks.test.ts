// The signed hook: only what the secret's holder says now is heard.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Session, Watch } from '../connectors/contract.ts';
import { ERP_SYSTEM } from '../pipeline/context.ts';
import { ensureCursors, pullProgress } from '../store/pull-cursors.ts';
import { apiHubOf } from './hub.ts';
import { openServer } from './server.ts';
import { openTestHub, type TestHub } from './testing/hub.ts';

const TOKEN = 'a-token-that-is-long-enough';
let hub: TestHub;
before(async () => {
  hub = await openTestHub();
});
after(() => hub.close());

test('signed hook: a right signature brings the next look forward; a wrong, old or missing one finds no door', async () => {
  const { context } = hub;
  const watch: Watch = { name: 'orders', tells: 'sale.order', hasFirstLoad: true };
  const session = { pull: { watches: [watch] } } as unknown as Session;
  const systems = [{ name: ERP_SYSTEM, pace: { burst: 1 }, concurrentActs: 1, session }];
  const later = Date.now() + 3_600_000;
  await ensureCursors(context.store, context.store.tenant, ERP_SYSTEM, ['orders'], later);
  const app = await openServer(apiHubOf({ context, systems, hookToken: TOKEN }));
  const push = async (body: object, secret = TOKEN, agoSeconds = 0) => {
    const payload = JSON.stringify(body);
    const [id, at] = ['db-1-2', String(Math.floor(context.clock.now() / 1000) - agoSeconds)];
    const signature = createHmac('sha256', secret).update(`${id}.${at}.${payload}`).digest('base64');
    const headers = { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` };
    const typed = { 'content-type': 'application/json', ...headers };
    return app.inject({ method: 'POST', url: '/v1/hooks/odoo', payload, headers: typed });
  };
  const said = (model: string) => ({
    type: 'odoo.changed',
    database: 'db',
    changes: [{ model, id: 7, change: 'write', at: '2026-03-04T15:00:00Z' }],
  });
  assert.equal((await push(said('sale.order'), 'another-token-than-ours')).statusCode, 404);
  assert.equal((await push(said('sale.order'), TOKEN, 301)).statusCode, 404);
  const bare = await app.inject({ method: 'POST', url: '/v1/hooks/odoo', payload: said('sale.order') });
  assert.equal(bare.statusCode, 404);
  assert.equal((await push({ type: 'something' })).statusCode, 400);
  assert.deepEqual((await push(said('crm.lead'))).json(), { looked: false });
  const answer = await push(said('sale.order'));
  assert.deepEqual([answer.statusCode, answer.json()], [202, { looked: true }]);
  const [cursor] = await pullProgress(context.store, context.store.tenant, ERP_SYSTEM);
  assert.ok((cursor?.nextAt ?? later) < later);
  await app.close();
});
