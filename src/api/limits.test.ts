// What keeps the door from being overrun or opened twice: body and rate limits, failed logins, Idempotency-Key.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestHub, type TestHub } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
});
after(() => hub.close());

const keysNamed = async (wanted: string): Promise<number> => {
  const { items } = (await hub.app.inject({ url: '/v1/keys', headers: hub.as('admin') })).json();
  return items.filter(({ name }: { name: string }) => name === wanted).length;
};

test('a body beyond the limit is refused, whether its length is told or not', async () => {
  const small = await openTestHub({ bodyLimits: { bodyBytes: 1_000, allBodiesBytes: 1_500 } });
  const base = await small.app.listen({ port: 0, host: '127.0.0.1' });
  const told = {
    method: 'POST',
    url: '/v1/inbound/tms',
    headers: small.as('admin'),
    payload: Buffer.alloc(1_001),
  } as const;
  assert.equal((await small.app.inject(told)).json().type, '/problems/body-too-large');
  const stream = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(600));
    },
  });
  const init = { method: 'POST', body: stream, duplex: 'half', headers: small.as('admin') } as RequestInit;
  const untold = await fetch(`${base}/v1/inbound/tms`, init);
  assert.equal(untold.status, 413);
  assert.equal(
    (await small.app.inject({ ...told, payload: Buffer.alloc(900, 'x') })).statusCode,
    202,
    'the budget is free again',
  );
  await small.close();
});

test('a key that asks too often, and an address that guesses, are told to wait', async () => {
  const strict = await openTestHub({ requestsPerMinute: 5, failedAttemptsPerMinute: 3 });
  const ask = (authorization: string) => strict.app.inject({ url: '/v1/messages', headers: { authorization } });
  const answers = [];
  for (let n = 0; n < 6; n += 1) answers.push((await ask(`Bearer ${strict.keys.auditor}`)).statusCode);
  assert.deepEqual(answers, [200, 200, 200, 200, 200, 429]);
  const limited = await ask(`Bearer ${strict.keys.auditor}`);
  assert.equal(limited.json().type, '/problems/rate-limited');
  assert.ok(Number(limited.headers['retry-after']) > 0);
  assert.equal((await ask(`Bearer ${strict.keys.finance}`)).statusCode, 200, 'others are not concerned');
  const guess = `Bearer ${strict.keys.admin.slice(0, -1)}${strict.keys.admin.endsWith('A') ? 'B' : 'A'}`;
  const guesses = [];
  for (let n = 0; n < 4; n += 1) guesses.push((await ask(guess)).statusCode);
  assert.deepEqual(guesses, [401, 401, 401, 429]);
  assert.equal((await ask(`Bearer ${strict.keys.finance}`)).statusCode, 200, 'who proved itself is not locked out');
  await strict.close();
});

test('Idempotency-Key: the first answer again, and nothing done twice', async () => {
  const make = (name: string, key: string) =>
    hub.app.inject({
      method: 'POST',
      url: '/v1/keys',
      headers: { ...hub.as('admin'), 'idempotency-key': key },
      payload: { name, role: 'auditor' },
    });
  const first = await make('once', 'k-1');
  assert.equal(first.statusCode, 201);
  assert.match(first.json().key, /^lad_/);
  const again = await make('once', 'k-1');
  assert.equal(again.statusCode, 201);
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assert.deepEqual(again.json(), { id: first.json().id }, 'the secret is shown once');
  assert.equal((await make('twice', 'k-1')).json().type, '/problems/idempotency-mismatch');
  assert.equal(await keysNamed('once'), 1);
  assert.equal((await make('x', 'ä')).json().type, '/problems/invalid-request');
});

test('Idempotency-Key: a no is the same no again', async () => {
  const ask = () =>
    hub.app.inject({
      method: 'POST',
      url: '/v1/exceptions/999999/approve',
      headers: { ...hub.as('finance'), 'idempotency-key': 'no' },
    });
  const [first, again] = [await ask(), await ask()];
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assert.deepEqual([again.statusCode, again.json()], [404, first.json()]);
  assert.equal(again.headers['content-type'], first.headers['content-type']);
});

test('Idempotency-Key: two at one time are done once', async () => {
  const send = () =>
    hub.app.inject({
      method: 'POST',
      url: '/v1/keys',
      headers: { ...hub.as('admin'), 'idempotency-key': 'race' },
      payload: { name: 'race', role: 'auditor' },
    });
  const statuses = (await Promise.all([send(), send(), send()])).map(({ statusCode }) => statusCode);
  assert.ok(statuses.includes(201));
  assert.ok(statuses.every((status) => status === 201 || status === 409));
  assert.equal(await keysNamed('race'), 1);
});
