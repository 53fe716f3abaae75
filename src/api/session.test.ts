// Signing in as a browser does: cookie, origin, lock-out, and what the session may.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addUser } from '../access/accounts.ts';
import { ROLES, type Role } from '../access/roles.ts';
import { openTestHub, type TestHub } from './testing/hub.ts';

const PASSWORD = 'a long enough one';
let hub: TestHub;

before(async () => {
  hub = await openTestHub({ failedAttemptsPerMinute: 1_000 });
  for (const role of ROLES) await add(role, role);
});
after(() => hub.close());

async function add(name: string, role: Role): Promise<void> {
  const partner = role === 'customer' ? 'acme' : role === 'partner' ? 'rdwy' : undefined;
  const wanted = { name, displayName: name, role, ...(partner === undefined ? {} : { partner }) };
  assert.equal(await addUser(hub.context.store, wanted, PASSWORD, 'test', Date.now()), true);
}

const signInAs = (name: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  hub.app.inject({ method: 'POST', url: '/v1/session', payload: { name, password }, headers });

async function cookieOf(name: string): Promise<string> {
  const answer = await signInAs(name);
  assert.equal(answer.statusCode, 200, answer.body);
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

test('who signs in is known by the cookie, which no script can read and no other site sends', async () => {
  const answer = await signInAs('finance');
  assert.match(
    String(answer.headers['set-cookie']),
    /^lading_session=[0-9a-f]{16}\.\S{43}; Path=\/; HttpOnly; SameSite=Strict; Expires=[^;]+$/,
  );
  const me = await hub.app.inject({ url: '/v1/session', headers: { cookie: await cookieOf('finance') } });
  const { name, user, role, may } = me.json();
  assert.deepEqual({ name, user, role }, { name: 'finance', user: 'finance', role: 'finance' });
  assert.ok(may.includes('exceptions:approve') && !may.includes('keys:write'));
});

test('nobody is nobody, and a wrong key is no way in', async () => {
  assert.equal((await hub.app.inject({ url: '/v1/session' })).statusCode, 204);
  const wrong = { authorization: 'Bearer lad_000000000000_0000000000000000000000000000000000000000000' };
  assert.equal((await hub.app.inject({ url: '/v1/session', headers: wrong })).statusCode, 401);
});

test('behind https the cookie goes over nothing else', async () => {
  const answer = await signInAs('finance', PASSWORD, { 'x-forwarded-proto': 'https' });
  assert.match(String(answer.headers['set-cookie']), /; Secure$/);
});

test('a session may what its role may', async () => {
  const headers = { cookie: await cookieOf('customer') };
  assert.equal((await hub.app.inject({ url: '/v1/shipments', headers })).statusCode, 200);
  const barred = await hub.app.inject({ url: '/v1/exceptions', headers });
  assert.deepEqual([barred.statusCode, barred.json().detail], [403, 'a user of role customer may not read exceptions']);
});

for (const [headers, status] of [
  [{ 'sec-fetch-site': 'same-origin' }, 201],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ host: 'hub.example', origin: 'https://hub.example' }, 201],
  [{ host: 'hub.example', origin: 'https://evil.example' }, 403],
  [{ host: 'hub.example', origin: 'null' }, 403],
] as const) {
  test(`a change with ${JSON.stringify(headers)} answers ${status}`, async () => {
    const payload = { name: `k-${status}`, role: 'auditor' };
    const cookie = await cookieOf('admin');
    const answer = await hub.app.inject({ method: 'POST', url: '/v1/keys', payload, headers: { ...headers, cookie } });
    assert.equal(answer.statusCode, status, answer.body);
  });
}

test('another site can sign nobody in', async () => {
  assert.equal((await signInAs('finance', PASSWORD, { 'sec-fetch-site': 'cross-site' })).statusCode, 403);
});

test('a wrong password and an unknown name get one and the same answer', async () => {
  const [wrong, unknown] = [await signInAs('auditor', 'not this one'), await signInAs('nobody', 'not this one')];
  for (const answer of [wrong, unknown]) {
    assert.equal(answer.statusCode, 401);
    assert.equal(answer.json().type, '/problems/sign-in-refused');
    assert.equal(answer.json().detail, 'the name or the password is not right');
  }
});

test('five wrong passwords lock the user, also for the right one; a new password ends the lock', async () => {
  await add('mallory', 'operations');
  for (let n = 0; n < 5; n++) await signInAs('mallory', 'not this one');
  const locked = await signInAs('mallory');
  assert.equal(locked.statusCode, 429, locked.body);
  assert.match(locked.json().detail, /locked after too many wrong passwords: try again in 15 min/);
  assert.equal(locked.headers['retry-after'], '900');
  await hub.app.inject({
    method: 'PUT',
    url: '/v1/users/mallory/password',
    payload: { password: 'another long one' },
    headers: hub.as('admin'),
  });
  assert.equal((await signInAs('mallory', 'another long one')).statusCode, 200);
});

test('one address that fails too often waits, whatever the name', async () => {
  const strict = await openTestHub({ failedAttemptsPerMinute: 3 });
  const attempt = (name: string) =>
    strict.app.inject({ method: 'POST', url: '/v1/session', payload: { name, password: 'x' } });
  for (const name of ['a', 'b', 'c']) assert.equal((await attempt(name)).statusCode, 401);
  assert.equal((await attempt('d')).statusCode, 429);
  await strict.close();
});

test('after signing out, after a new password and once disabled, the cookie is worth nothing', async () => {
  await add('eve', 'operations');
  const ends = [
    (cookie: string) => hub.app.inject({ method: 'DELETE', url: '/v1/session', headers: { cookie } }),
    () =>
      hub.app.inject({
        method: 'PUT',
        url: '/v1/users/eve/password',
        payload: { password: PASSWORD },
        headers: hub.as('admin'),
      }),
    () => hub.app.inject({ method: 'DELETE', url: '/v1/users/eve', headers: hub.as('admin') }),
  ];
  for (const end of ends) {
    const cookie = await cookieOf('eve');
    assert.equal((await hub.app.inject({ url: '/v1/session', headers: { cookie } })).statusCode, 200);
    assert.ok((await end(cookie)).statusCode < 300);
    assert.equal((await hub.app.inject({ url: '/v1/session', headers: { cookie } })).statusCode, 204);
    assert.equal((await hub.app.inject({ url: '/v1/shipments', headers: { cookie } })).statusCode, 401);
  }
  assert.equal((await signInAs('eve')).statusCode, 401);
});

test('users are listed without their passwords, and a name is given once', async () => {
  const { items } = (await hub.app.inject({ url: '/v1/users', headers: hub.as('admin') })).json();
  assert.ok(items.some(({ name }: { name: string }) => name === 'finance'));
  assert.ok(!JSON.stringify(items).includes('argon2'));
  const payload = { name: 'finance', role: 'finance', password: PASSWORD };
  const again = await hub.app.inject({ method: 'POST', url: '/v1/users', payload, headers: hub.as('admin') });
  assert.deepEqual([again.statusCode, again.json().type], [409, '/problems/name-taken']);
});

for (const [payload, fault] of [
  [{ name: 'Big Name', role: 'finance', password: PASSWORD }, /lower-case/],
  [{ name: 'x1', role: 'customer', password: PASSWORD }, /needs the partner/],
  [{ name: 'x2', role: 'finance', partner: 'acme', password: PASSWORD }, /belongs to no partner/],
  [{ name: 'x3', role: 'finance', password: 'short' }, /at least 10/],
] as const) {
  test(`no such user: ${fault.source}`, async () => {
    const answer = await hub.app.inject({ method: 'POST', url: '/v1/users', payload, headers: hub.as('admin') });
    assert.equal(answer.statusCode, 400, answer.body);
    assert.match(answer.json().detail, fault);
  });
}
