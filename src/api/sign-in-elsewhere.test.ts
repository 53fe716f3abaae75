// Signing in at a provider, over its real protocol: a browser's steps one by one, and every way it must not work.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { oidcSettingsFrom, openOidc, personFrom } from '../access/oidc.ts';
import { CLIENT, type OidcProvider, type ProviderFault, startOidcProvider } from '../access/testing/oidc-provider.ts';
import { openTestHub, type TestHub } from './testing/hub.ts';

let provider: OidcProvider;
let hub: TestHub;
const environment = () => ({
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: CLIENT.id,
  OIDC_CLIENT_SECRET: CLIENT.secret,
  OIDC_ROLES: 'billing=finance, buyers=customer',
  OIDC_NAME: 'Acme sign-in',
});
before(async () => {
  provider = await startOidcProvider();
  const settings = oidcSettingsFrom(environment());
  assert.ok(settings !== undefined && !('what' in settings));
  const elsewhere = { name: settings.name, door: openOidc(settings) };
  hub = await openTestHub({ elsewhere, failedAttemptsPerMinute: 1_000 });
});
after(async () => {
  await hub.close();
  await provider.stop();
});

const HOST = 'lading.test';
type Steps = { readonly withoutTrip?: boolean; readonly otherState?: boolean; readonly to?: string };

/** What a browser does: off, there, and back. */
async function trip({ withoutTrip = false, otherState = false, to = '/billing' }: Steps = {}) {
  const off = await hub.app.inject({ url: `/v1/session/oidc?to=${encodeURIComponent(to)}`, headers: { host: HOST } });
  assert.equal(off.statusCode, 303, off.body);
  const cookie = String(off.headers['set-cookie']).split(';')[0] ?? '';
  const there = await fetch(String(off.headers.location), { redirect: 'manual' });
  const back = new URL(there.headers.get('location') ?? '');
  assert.equal(back.origin, `http://${HOST}`);
  if (otherState) back.searchParams.set('state', 'x');
  const headers = { host: HOST, ...(withoutTrip ? {} : { cookie }) };
  return hub.app.inject({ url: `${back.pathname}${back.search}`, headers });
}

function sessionCookie(answer: { headers: Record<string, unknown> }): string {
  const cookies = [answer.headers['set-cookie']].flat().map(String);
  return cookies.find((cookie) => cookie.startsWith('lading_session='))?.split(';')[0] ?? '';
}

const JANE = { preferred_username: 'Jane.Doe@acme.example', name: 'Jane Doe', groups: ['all', 'billing'] };

test('whom the provider vouches for is signed in, with the role of the table', async () => {
  provider.be(JANE);
  const answer = await trip();
  assert.equal(answer.statusCode, 200, answer.body);
  assert.match(answer.body, /content="0;url=\/billing"/);
  const own = await hub.app.inject({ url: '/v1/session', headers: { cookie: sessionCookie(answer) } });
  const { name, user, role } = own.json();
  assert.deepEqual([name, user, role], ['Jane Doe', 'jane.doe@acme.example', 'finance']);
});

test('role and partner follow the provider at the next sign-in', async () => {
  provider.be({ ...JANE, groups: ['buyers'], lading_partner: 'acme' });
  const own = await hub.app.inject({ url: '/v1/session', headers: { cookie: sessionCookie(await trip()) } });
  assert.deepEqual([own.json().role, own.json().partner], ['customer', 'acme']);
});

const wrong: readonly (readonly [what: string, claims: object, fault: ProviderFault | undefined, steps: Steps])[] = [
  ['nobody with a role here', { ...JANE, groups: ['all'] }, undefined, {}],
  ['a customer without a partner', { ...JANE, groups: ['buyers'] }, undefined, {}],
  ['a token that answers another question', JANE, 'other-nonce', {}],
  ['a token that is over', JANE, 'over', {}],
  ['a token for somebody else', JANE, 'other-audience', {}],
  ['a token signed by a stranger', JANE, 'other-key', {}],
  ['a person who says no', JANE, 'error', {}],
  ['a return that this browser did not begin', JANE, undefined, { withoutTrip: true }],
  ['a state that is not ours', JANE, undefined, { otherState: true }],
];

for (const [what, claims, fault, steps] of wrong) {
  test(`refused: ${what}`, async () => {
    provider.be(claims as Record<string, unknown>, fault);
    const answer = await trip(steps);
    assert.equal(answer.statusCode, 401, answer.body);
    assert.equal(sessionCookie(answer), '');
  });
}

test('a user with a password here is not taken over, and one that was disabled stays out', async () => {
  const headers = hub.as('admin');
  const user = { name: 'robin', displayName: 'Robin', role: 'auditor', password: 'a long enough password 1' };
  const made = await hub.app.inject({ method: 'POST', url: '/v1/users', headers, payload: user });
  assert.equal(made.statusCode, 201, made.body);
  provider.be({ ...JANE, preferred_username: 'robin' });
  assert.match((await trip()).json().detail, /signs in with a password here/);
  provider.be({ ...JANE, preferred_username: 'kim' });
  assert.equal((await trip()).statusCode, 200);
  await hub.app.inject({ method: 'DELETE', url: '/v1/users/kim', headers });
  assert.equal((await trip()).statusCode, 401);
});

test('only our own pages are led to', async () => {
  provider.be(JANE);
  for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '/a"><script>']) {
    assert.match((await trip({ to })).body, /content="0;url=\/"/);
  }
});

test('a provider that does not answer is told, and asked again later', async () => {
  const settings = oidcSettingsFrom({ ...environment(), OIDC_ISSUER: 'http://127.0.0.1:9' });
  assert.ok(settings !== undefined && !('what' in settings));
  const begun = await openOidc(settings).begin('http://x/', '/');
  assert.ok('kind' in begun && /cannot be reached at http:\/\/127\.0\.0\.1:9/.test(begun.detail));
});

test('settings are whole or refused in words', () => {
  assert.equal(oidcSettingsFrom({}), undefined);
  const part = oidcSettingsFrom({ OIDC_ISSUER: 'https://login.example', OIDC_ROLES: 'a=finance' });
  assert.deepEqual(part && 'mend' in part && part.mend, 'set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too');
  const role = oidcSettingsFrom({ ...environment(), OIDC_ROLES: 'a=boss' });
  assert.ok(role && 'where' in role && role.where === 'OIDC_ROLES: a=boss');
});

test('a claim may lie deep, and a name is made fit', () => {
  const settings = oidcSettingsFrom({ ...environment(), OIDC_ROLE_CLAIM: 'realm_access.roles' });
  assert.ok(settings !== undefined && !('what' in settings));
  const outcome = personFrom({ sub: 'Ü 1', email: 'Ann+x@a.example', realm_access: { roles: ['billing'] } }, settings);
  assert.deepEqual(outcome, {
    kind: 'known',
    person: { name: 'ann-x@a.example', displayName: 'ann-x@a.example', role: 'finance' },
  });
});
