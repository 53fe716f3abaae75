// Every route with every role, and what a bound key can reach: one table decides, and this walks all of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { may, ROLES, type Role, type RouteClass } from '../access/roles.ts';
import { eventOf, milestoneOf, openTestHub, PLAN, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  await hub.send('tms', wholeJourney('S-1'));
  const others = { ...PLAN, customer: 'bolt', carrier: 'swift', shipment: 'S-9' };
  await hub.send('swift', milestoneOf('S-1', 'in-transit', '2026-03-03T20:00:00Z'));
  await hub.send('tms', eventOf('shipment.planned', others));
  await hub.send('rdwy', milestoneOf('S-9', 'in-transit', '2026-03-03T20:00:00Z'));
});
after(() => hub.close());

type Route = { method: string; path: string; allows: RouteClass };

// From the description itself, so that a route nobody thought of here is walked as well.
function guardedRoutes(): Route[] {
  const document = hub.app.swagger() as unknown as {
    paths: Record<string, Record<string, { security?: unknown; 'x-right'?: RouteClass }>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security, 'x-right': allows }]) => {
      assert.equal(security === undefined, allows === undefined, `${method} ${path} is described as it is guarded`);
      if (allows === undefined) {
        const open = [
          '/healthz',
          '/readyz',
          '/v1/session',
          '/v1/session/ways',
          '/v1/hooks/odoo',
          '/v1/hooks/odoo/{token}',
          '/v1/tracking/{token}',
        ];
        assert.ok(open.includes(path), `${path} is open`);
        return [];
      }
      return [{ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, '1'), allows }];
    }),
  );
}

const call = (method: string, url: string, headers: object) =>
  hub.app.inject({ method: method as 'GET', url, headers: { ...headers } });

test('no key, no answer: on every route but health', async () => {
  const routes = guardedRoutes();
  assert.ok(routes.length >= 20, `${routes.length} routes`);
  const open = await openTestHub({ failedAttemptsPerMinute: 1_000 });
  for (const { method, path } of routes) {
    const answer = await open.app.inject({ method: method as 'GET', url: path });
    assert.equal(answer.statusCode, 401, `${method} ${path}`);
    assert.equal(answer.json().type, '/problems/unauthenticated');
    assert.ok(answer.headers['www-authenticate']);
  }
  await open.close();
});

for (const role of ROLES) {
  test(`role ${role}: every route answers as the table says`, async () => {
    for (const { method, path, allows } of guardedRoutes()) {
      // Its answer does not end: stream.test.ts.
      if (path === '/v1/stream') continue;
      const answer = await call(method, path, hub.as(role));
      const barred = answer.statusCode === 403 && /^a key of role/.test(answer.json().detail);
      assert.equal(barred, !may(role, allows), `${method} ${path} (${allows}) → ${answer.statusCode} ${answer.body}`);
      assert.notEqual(answer.statusCode, 500, answer.body);
    }
  });
}

// Written down once more by hand, for the rights that would hurt most.
const NEVER: readonly (readonly [Role, RouteClass])[] = [
  ['partner', 'charges:read'],
  ['partner', 'invoices:read'],
  ['partner', 'explain:read'],
  ['customer', 'carrier-invoices:read'],
  ['partner', 'events:read'],
  ['customer', 'events:read'],
  ['customer', 'exceptions:read'],
  ['customer', 'outcome:read'],
  ['auditor', 'inbound:write'],
  ['auditor', 'setup:write'],
  ['integration', 'exceptions:approve'],
  ['operations', 'setup:write'],
  ['finance', 'keys:write'],
  ['integration', 'charges:write'],
  ['customer', 'charges:write'],
  ['operations', 'exceptions:approve'],
  ['integration', 'keys:write'],
];
for (const [role, routeClass] of NEVER) {
  test(`${role} may never ${routeClass}`, () => assert.equal(may(role, routeClass), false));
}

test('a partner key posts as its partner and as nobody else', async () => {
  const payload = Buffer.from(JSON.stringify(milestoneOf('S-1', 'in-transit', '2026-03-03T18:00:00Z')));
  const post = (url: string) => hub.app.inject({ method: 'POST', url, headers: hub.as('partner'), payload });
  assert.equal((await post('/v1/inbound/rdwy')).statusCode, 202);
  assert.equal((await post('/v1/inbound/swift')).statusCode, 403);
  assert.equal((await post('/v1/events?partner=swift')).statusCode, 403);
  const sent = await post('/v1/events');
  assert.equal(sent.statusCode, 202);
  const message = (await call('GET', `/v1/messages/${sent.json().id}`, hub.as('partner'))).json();
  assert.equal(message.partner, 'rdwy');
  const { rows } = await hub.context.store.query('select bound from lading.message where id = $1', [message.id]);
  assert.equal(rows[0]?.bound, true);
});

test('a partner key reads its own messages and shipments; others do not exist for it', async () => {
  const list = async (path: string, role: Role) => (await call('GET', path, hub.as(role))).json().items;
  const messages = await list('/v1/messages', 'partner');
  assert.ok(messages.length > 0);
  assert.ok(messages.every(({ partner }: { partner: string }) => partner === 'rdwy'));
  assert.deepEqual(await list('/v1/messages?partner=swift', 'partner'), []);
  const found: { sender?: string; senderName?: string }[] = await list('/v1/messages?search=roadway', 'admin');
  assert.ok(found.length > 0 && found.every(({ senderName }) => senderName === 'Roadway Freight'));
  assert.deepEqual(await list('/v1/messages?search=nobody', 'admin'), []);
  const all: { id: string; partner: string }[] = await list('/v1/messages', 'admin');
  const foreign = all.find(({ partner }) => partner === 'swift')?.id;
  for (const path of [`/v1/messages/${foreign}`, `/v1/messages/${foreign}/body`]) {
    assert.equal((await call('GET', path, hub.as('partner'))).statusCode, 404);
  }
  const shipments = await list('/v1/shipments', 'partner');
  assert.deepEqual(
    shipments.map(({ shipment }: { shipment: string }) => shipment),
    ['S-1'],
    'a report that was kept and not heard makes S-9 nobody’s own',
  );
  assert.equal('billing' in shipments[0], false);
  assert.equal((await call('GET', '/v1/shipments/S-9', hub.as('partner'))).statusCode, 404);
});

test('a customer key sees its own charges as billed, and not what the carrier gets', async () => {
  const charges = (await call('GET', '/v1/charges', hub.as('customer'))).json().items;
  assert.deepEqual(
    charges.map(({ shipment, side, code, amount }: Record<string, string>) => [shipment, side, code, amount]),
    [['S-1', 'sell', 'LHL', '1645.00']],
  );
  assert.deepEqual((await call('GET', '/v1/charges?side=buy&shipment=S-9', hub.as('customer'))).json().items, []);
  const explained = (await call('GET', '/v1/explain/S-1', hub.as('customer'))).json();
  assert.equal(explained.about, 'shipment');
  assert.ok(explained.charges.every(({ side }: { side: string }) => side === 'sell'));
  assert.ok(explained.milestones.every(({ sender }: { sender: string }) => sender !== 'swift'));
  assert.doesNotMatch(JSON.stringify(explained), /1200\.00|rdwy-2026/);
  assert.equal((await call('GET', '/v1/explain/S-9', hub.as('customer'))).statusCode, 404);
  assert.equal((await call('GET', '/v1/explain/S-1/LHL', hub.as('customer'))).json().charges[0].amount, '1645.00');
  assert.equal((await call('GET', '/v1/explain/message:1', hub.as('customer'))).statusCode, 404);
  assert.equal((await call('GET', '/v1/invoices?customer=bolt', hub.as('customer'))).json().items.length, 1);
});

test("a partner key reads its own invoices, and not other carriers'", async () => {
  const bill = (carrier: string) => {
    const lines = [{ shipment: 'S-1', code: 'LHL', amount: '1200.00' }];
    return eventOf('carrier.invoice', { carrier, invoice: 'R-1', issuedOn: '2026-03-05', currency: 'USD', lines });
  };
  await hub.send('tms', [bill('rdwy'), bill('swift')]);
  const list = async (role: Role) => (await call('GET', '/v1/carrier-invoices', hub.as(role))).json().items;
  const found = ({ carrier, verdict }: Record<string, string>) => `${carrier} ${verdict}`;
  const all = await list('finance');
  assert.deepEqual(all.map(found), ['rdwy approved', 'swift disputed']);
  assert.deepEqual((await list('partner')).map(found), ['rdwy approved']);
  const [own, foreign] = all.map(({ id }: { id: string }) => `/v1/carrier-invoices/${id}`);
  assert.equal((await call('GET', own, hub.as('partner'))).json().compared[0].expected, '1200.00');
  assert.equal((await call('GET', foreign, hub.as('partner'))).statusCode, 404);
});

test('setup is imported by the role that answers for it', async () => {
  const put = (role: Role, payload: object) =>
    hub.app.inject({ method: 'PUT', url: '/v1/setup', headers: hub.as(role), payload });
  const partners = { partners: [{ id: 'new', name: 'New', roles: ['carrier'] }] };
  const policies = { policies: [{ customer: 'acme', trigger: 'delivered' }] };
  assert.equal((await put('integration', policies)).statusCode, 403);
  assert.equal((await put('finance', partners)).statusCode, 403);
  const imported = await put('integration', partners);
  assert.deepEqual(imported.json().added, [{ kind: 'partner', id: 'new', version: 1 }]);
  assert.deepEqual((await put('finance', policies)).json().added, [{ kind: 'policy', id: 'acme', version: 2 }]);
  const { rules } = (await call('GET', '/v1/setup?kind=policy&id=acme', hub.as('auditor'))).json();
  assert.deepEqual(
    rules.map(({ version }: { version: number }) => version),
    [1, 2],
  );
});

test('what people did is in the audit trail, with who did it', async () => {
  const { items } = (await call('GET', '/v1/audit', hub.as('auditor'))).json();
  const last = items.at(-1);
  assert.equal(last.action, 'setup.import');
  assert.match(last.actor, /^key [0-9a-f]{12} \(finance\)$/);
  const verdict = (await call('GET', '/v1/audit/verification', hub.as('auditor'))).json();
  assert.equal(verdict.entries, items.length);
  assert.equal(verdict.brokenAt, undefined);
});

test('a quotation has its arithmetic and an estimated tax; a customer asks for itself alone', async () => {
  const { references: _, carrier: __, ...shipment } = PLAN;
  const ask = (payload: object) =>
    hub.app.inject({ method: 'POST', url: '/v1/quotes', headers: hub.as('customer'), payload });
  const { lines, subtotal, taxStage, agreement } = (await ask(shipment)).json();
  assert.deepEqual(
    [subtotal, taxStage, agreement.id, lines[0].taxedBy.stage],
    ['1645.00', 'estimate', 'acme-2026', 'estimate'],
  );
  assert.deepEqual([(await ask({ ...shipment, customer: 'bolt' })).statusCode], [403]);
  assert.equal((await ask({ ...shipment, colour: 'red' })).statusCode, 400);
});
