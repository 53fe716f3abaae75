import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { createEmptyDatabase } from '../../test/database.ts';
import { createContext } from '../pipeline/context.ts';
import { openStore } from '../store/database.ts';
import { apiHubOf } from './hub.ts';
import { PROBLEMS } from './problems.ts';
import { openServer } from './server.ts';
import { openTestHub, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
let address: string;
before(async () => {
  hub = await openTestHub();
  address = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  await hub.send('tms', wholeJourney('S-1'));
});
after(() => hub.close());

const get = (path: string, headers: Record<string, string> = hub.as('admin')) => hub.app.inject({ url: path, headers });

test('over a socket: bytes are taken, answered when durable, and a double is told', async () => {
  const body = Buffer.from('no known kind\x00\xff', 'latin1');
  const send = () =>
    fetch(`${address}/v1/inbound/rdwy`, {
      method: 'POST',
      body,
      headers: { ...hub.as('integration'), 'x-file-name': 'st%20atus.x12', 'x-request-id': 'from-the-van' },
    });
  const first = await send();
  assert.equal(first.status, 202);
  assert.equal(first.headers.get('x-request-id'), 'from-the-van');
  const receipt = (await first.json()) as { id: string; duplicate: boolean; sha256: string; correlation: string };
  assert.equal(receipt.duplicate, false);
  assert.equal(receipt.correlation, 'from-the-van');
  assert.match(receipt.sha256, /^[0-9a-f]{64}$/);
  const again = (await (await send()).json()) as { duplicate: boolean };
  assert.equal(again.duplicate, true);
  await hub.work();
  const kept = await get(`/v1/messages/${receipt.id}/body`);
  assert.deepEqual(kept.rawPayload, body);
  assert.equal(kept.headers['content-type'], 'application/octet-stream');
  const message = (await get(`/v1/messages/${receipt.id}`)).json();
  assert.equal(message.fileName, 'st atus.x12');
  assert.equal(message.correlation, 'from-the-van');
  assert.equal(message.verdict, 'quarantined');
});

test('wait tells what became of it', async () => {
  const sending = hub.app.inject({
    method: 'POST',
    url: '/v1/events?partner=tms&wait=5000',
    headers: { ...hub.as('integration'), 'content-type': 'application/json' },
    payload: JSON.stringify(wholeJourney('S-2')),
  });
  setTimeout(() => void hub.work(), 50);
  const answer = (await sending).json();
  assert.equal(answer.message.verdict, 'applied');
  assert.equal(answer.message.events, 4);
  assert.deepEqual(
    [...new Set(answer.message.madeEvents.map((event: { shipment: string }) => event.shipment))],
    ['S-2'],
  );
});

const refused: { name: string; request: object; kind: string; detail: RegExp }[] = [
  { name: 'an unknown path', request: { url: '/v1/nothing' }, kind: 'not-found', detail: /there is no \/v1\/nothing/ },
  {
    name: 'an unknown method',
    request: { method: 'DELETE', url: '/v1/messages' },
    kind: 'method-not-allowed',
    detail: /GET/,
  },
  {
    name: 'an unknown filter',
    request: { url: '/v1/messages?partnr=x' },
    kind: 'invalid-request',
    detail: /unknown key partnr/,
  },
  {
    name: 'a limit that is no number',
    request: { url: '/v1/messages?limit=many' },
    kind: 'invalid-request',
    detail: /limit/,
  },
  {
    name: 'a limit out of bounds',
    request: { url: '/v1/messages?limit=501' },
    kind: 'invalid-request',
    detail: /limit/,
  },
  {
    name: 'a made-up cursor',
    request: { url: '/v1/messages?cursor=abc' },
    kind: 'invalid-cursor',
    detail: /unchanged/,
  },
  {
    name: 'an unknown message',
    request: { url: '/v1/messages/999999' },
    kind: 'not-found',
    detail: /no message 999999/,
  },
  { name: 'an unknown shipment', request: { url: '/v1/shipments/S-404' }, kind: 'not-found', detail: /S-404/ },
  { name: 'an unknown document', request: { url: '/v1/invoices/S-404-1' }, kind: 'not-found', detail: /S-404-1/ },
  { name: 'an unknown reference', request: { url: '/v1/explain/S-404' }, kind: 'not-found', detail: /S-404/ },
  {
    name: 'an empty body',
    request: { method: 'POST', url: '/v1/inbound/tms' },
    kind: 'invalid-request',
    detail: /empty/,
  },
  {
    name: 'events of nobody',
    request: { method: 'POST', url: '/v1/events', payload: '{}' },
    kind: 'invalid-request',
    detail: /partner is missing/,
  },
  {
    name: 'broken JSON',
    request: { method: 'POST', url: '/v1/replay', payload: '{', headers: { 'content-type': 'application/json' } },
    kind: 'invalid-request',
    detail: /not valid JSON/,
  },
  {
    name: 'another media type',
    request: { method: 'POST', url: '/v1/replay', payload: 'a', headers: { 'content-type': 'text/csv' } },
    kind: 'unsupported-media-type',
    detail: /json/,
  },
  {
    name: 'an unknown kind of replay',
    request: { method: 'POST', url: '/v1/replay', payload: { what: 'all' } },
    kind: 'invalid-request',
    detail: /messages, deliveries/,
  },
  {
    name: 'a partner key for nobody',
    request: { method: 'POST', url: '/v1/keys', payload: { name: 'x', role: 'partner' } },
    kind: 'invalid-request',
    detail: /needs the partner/,
  },
  {
    name: 'a key that is not there',
    request: { method: 'DELETE', url: '/v1/keys/abc' },
    kind: 'not-found',
    detail: /no key abc/,
  },
  {
    name: 'setup with an unknown key',
    request: { method: 'PUT', url: '/v1/setup', payload: { partnerz: [] } },
    kind: 'invalid-request',
    detail: /partnerz/,
  },
  {
    name: 'setup that is broken inside',
    request: { method: 'PUT', url: '/v1/setup', payload: { partners: [{ id: 'x', name: 'X', roles: ['king'] }] } },
    kind: 'setup-refused',
    detail: /roles.*customer, carrier/,
  },
  {
    name: 'setup for an unknown party',
    request: { method: 'PUT', url: '/v1/setup', payload: { policies: [{ customer: 'nobody' }] } },
    kind: 'setup-refused',
    detail: /nobody/,
  },
  {
    name: 'an approval of nothing',
    request: { method: 'POST', url: '/v1/exceptions/999999/approve' },
    kind: 'not-found',
    detail: /no exception/,
  },
];
for (const { name, request, kind, detail } of refused) {
  test(`refused: ${name}`, async () => {
    const asked = request as { headers?: Record<string, string> };
    const answer = await hub.app.inject({ ...asked, headers: { ...hub.as('admin'), ...asked.headers } } as never);
    const problem = answer.json();
    assert.equal(problem.type, `/problems/${kind}`, answer.body);
    assert.equal(answer.statusCode, PROBLEMS[kind as keyof typeof PROBLEMS].status);
    assert.equal(problem.status, answer.statusCode);
    assert.match(problem.detail, detail);
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
  });
}

test('pages: all rows once, in order, whatever the page length', async () => {
  const whole = (await get('/v1/charges?limit=500')).json().items;
  assert.ok(whole.length >= 4);
  const paged: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = (await get(`/v1/charges?limit=1${cursor === undefined ? '' : `&cursor=${cursor}`}`)).json();
    assert.ok(page.items.length <= 1);
    paged.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  assert.deepEqual(paged, whole);
  const foreign = (await get('/v1/charges?limit=1')).json().next;
  assert.equal((await get(`/v1/shipments?cursor=${foreign}`)).json().type, '/problems/invalid-cursor');
});

test('the feed gives every event in order, and reading on gives only what is new', async () => {
  const old = Date.now() - 60_000;
  await hub.context.store.query('update lading.event set recorded_at = to_timestamp($1::float8 / 1000)', [old]);
  const first = (await get('/v1/events?limit=3')).json();
  assert.equal(first.items.length, 3);
  assert.equal(first.more, true);
  assert.equal(first.items[0].type, 'shipment.planned');
  assert.equal(first.items[0].data.shipment, 'S-1');
  const rest = (await get(`/v1/events?after=${first.next}`)).json();
  assert.ok(Number(rest.items[0].id) > Number(first.items[2].id));
  const nothing = (await get(`/v1/events?after=${rest.next}`)).json();
  assert.deepEqual([nothing.items, nothing.next, nothing.more], [[], rest.next, false]);
});

test('a trace is followed, and a malformed id is replaced', async () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const traced = await get('/healthz', { traceparent });
  assert.equal(traced.headers['x-request-id'], '4bf92f3577b34da6a3ce929d0e0e4736');
  assert.equal(traced.headers.traceparent, traceparent);
  const forged = await get('/healthz', { 'x-request-id': 'a b"\u00e4' });
  assert.match(String(forged.headers['x-request-id']), /^[0-9a-f-]{36}$/);
});

test('health is open, and says what is wrong without telling where', async () => {
  assert.equal((await get('/healthz', {})).statusCode, 200);
  const ready = await get('/readyz', {});
  assert.equal(ready.statusCode, 200, ready.body);
  assert.equal(ready.json().checks.migrations.ok, true);
  const bare = await createEmptyDatabase();
  const store = openStore(bare.url);
  await store.query('create role lading_app nologin').catch(() => {});
  const app = await openServer(apiHubOf({ context: createContext({ store }) }));
  const unready = await app.inject('/readyz');
  assert.equal(unready.statusCode, 503);
  assert.match(unready.json().checks.migrations.says, /^0001_spine\.sql, .* not applied/);
  await app.close();
  await store.close();
  await bare.drop();
});

test('without its database the hub lives, is not ready, and asks to be tried again', async () => {
  const store = openStore('postgres://nobody:secret@127.0.0.1:1/none');
  const app = await openServer(apiHubOf({ context: createContext({ store }) }));
  assert.equal((await app.inject('/healthz')).statusCode, 200);
  const ready = await app.inject('/readyz');
  assert.deepEqual([ready.statusCode, ready.json().checks.database], [503, { ok: false, says: 'does not answer' }]);
  const asked = await app.inject({ url: '/v1/messages', headers: hub.as('admin') });
  assert.equal(asked.json().type, '/problems/unavailable');
  assert.doesNotMatch(ready.body + asked.body, /127\.0\.0\.1|nobody|secret/);
  await app.close();
  await store.close();
});

test('metrics count what happened', async () => {
  const { body, headers } = await get('/metrics', hub.as('operations'));
  assert.match(String(headers['content-type']), /^text\/plain/);
  assert.match(body, /^lading_messages\{verdict="received"\} [1-9]/m);
  assert.match(body, /^lading_shipments\{billing="ready"\} [1-9]$/m);
  assert.match(body, /^lading_effects\{system="odoo",state="intended"\} [1-9]$/m);
  assert.match(body, /^lading_conservation_difference\{currency="USD"\} 0$/m);
  assert.match(body, /^lading_http_request_seconds_count\{method="GET",route="\/v1\/charges",status="200"\} [1-9]/m);
});

test('the reference page is one document that runs and loads nothing', async () => {
  const page = await get('/v1/reference', { ...hub.as('partner'), accept: 'text/html' });
  assert.equal(page.statusCode, 200);
  assert.match(String(page.headers['content-security-policy']), /^default-src 'none'; style-src 'sha256-/);
  assert.doesNotMatch(page.body, /<script|src=|url\(|@import|href="http/);
  assert.match(page.body, /\/v1\/inbound\/\{partner\}/);
  const asked = await get('/v1/reference', { accept: 'text/html' });
  assert.equal(asked.statusCode, 401);
  assert.match(String(asked.headers['www-authenticate']), /^Basic/);
  const password = Buffer.from(`me:${hub.keys.partner}`).toString('base64');
  assert.equal((await get('/v1/reference', { authorization: `Basic ${password}` })).statusCode, 200);
});

test('docs/api.md lists exactly the problems there are', async () => {
  const page = await readFile(new URL('../../docs/api.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `\/problems\/([a-z-]+)` \| (\d{3}) \| (.+?) \|/gm)];
  const listed = rows.map(([, kind, status, title]) => [kind, Number(status), title]);
  assert.deepEqual(
    listed,
    Object.entries(PROBLEMS).map(([kind, { status, title }]) => [kind, status, title]),
  );
});
