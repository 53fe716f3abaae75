// Connections: systems held and let go, what would go out, partners and their silence.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { leaseDue } from '../pipeline/deliver.ts';
import { importSetup } from '../pipeline/setup.ts';
import { watchSilenceOnce } from '../pipeline/watch/silence.ts';
import { openTestHub, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  await hub.send('tms', wholeJourney('S-1'));
});
after(() => hub.close());

async function get(url: string, role: 'integration' | 'finance' = 'integration') {
  const answer = await hub.app.inject({ url, headers: hub.as(role) });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}
async function act(system: string, what: string, body: object = {}) {
  const url = `/v1/systems/${system}/${what}`;
  const answer = await hub.app.inject({ method: 'POST', url, headers: hub.as('integration'), payload: body });
  return { status: answer.statusCode, ...answer.json() };
}
const ODOO = { name: 'odoo', pace: { burst: 50 } };

test('what would go out, with its amount: 700 miles at 2.35', async () => {
  const { sums, items } = await get('/v1/systems/odoo/waiting');
  assert.deepEqual(sums, [{ kind: 'invoice', count: 1, currency: 'USD', amount: '1645.00' }]);
  assert.deepEqual(
    items.map(({ subject, customer, amount, state }: Record<string, string>) => [subject, customer, amount, state]),
    [['S-1-1', 'acme', '1645.00', 'intended']],
  );
});

test('a system that is paused is given nothing, until it is resumed; both are in the trail', async () => {
  assert.deepEqual(await act('odoo', 'pause', { reason: 'its upgrade' }), {
    ...{ status: 200, system: 'odoo', paused: true, changed: true },
  });
  assert.equal((await act('odoo', 'pause')).changed, false);
  assert.deepEqual(await leaseDue(hub.context, ODOO), []);
  const [held] = (await get('/v1/connections')).systems;
  const { system, health, waiting, heldReason } = held;
  assert.deepEqual(
    { system, health, waiting, heldReason },
    {
      ...{ system: 'odoo', health: 'paused', waiting: 1, heldReason: 'its upgrade' },
    },
  );
  assert.match(held.heldBy, /^key .* \(integration\)$/);
  assert.equal((await act('odoo', 'resume')).changed, true);
  assert.equal((await act('odoo', 'resume')).changed, false);
  const leased = await leaseDue(hub.context, ODOO);
  assert.deepEqual(
    leased.map(({ key }) => key),
    ['odoo:S-1-1'],
  );
  const trail = await hub.app.inject({
    url: '/v1/audit?action=system&newestFirst=true',
    headers: hub.as('auditor'),
  });
  const acts = trail.json().items.map(({ action, subject }: Record<string, string>) => `${action} ${subject}`);
  assert.deepEqual(acts, ['system.resume odoo', 'system.pause odoo']);
});

test('what is no system is not found, and what cannot be asked says so', async () => {
  assert.equal((await act('nowhere', 'pause')).status, 404);
  assert.equal((await act('odoo', 'test')).type, '/problems/not-possible');
});

test('partners by when they were heard; silence opens an exception and a word closes it', async () => {
  const [acme, , , , tms] = (await get('/v1/connections/partners')).items;
  assert.deepEqual([acme.partner, acme.lastHeardAt, acme.isSilent], ['acme', undefined, undefined]);
  assert.ok(tms.lastHeardAt);
  const swift = { id: 'swift', name: 'Swift Haul', roles: ['carrier' as const], silentAfterMinutes: 60 };
  const dispatch = { id: 'tms', name: 'Dispatch TMS', roles: ['tms' as const], silentAfterMinutes: 60 };
  await importSetup(hub.context, { partners: [swift, dispatch] }, 'test');
  const { context } = hub;
  const later = (minutes: number) => ({ ...context, clock: { now: () => Date.now() + minutes * 60_000 } });
  assert.equal(await watchSilenceOnce(later(0), {}), 0);
  const last = {};
  assert.equal(await watchSilenceOnce(later(61), last), 2);
  assert.equal(await watchSilenceOnce(later(61), last), 0, 'looked at once a minute at most');
  const silent = async () => {
    const { items } = await get('/v1/exceptions?kind=partner-silent&state=open');
    return items.map(({ subject, owner, detail }: Record<string, string>) => [subject, owner, detail]).sort();
  };
  const [ofSwift, ofTms] = await silent();
  assert.equal(
    ofSwift[2],
    'Nothing was ever heard from swift, which is to be heard every 60 minutes. Ask whether it still sends.',
  );
  assert.match(ofTms[2], /^Nothing was heard since 20\d\d-.* UTC from tms/);
  assert.equal(await watchSilenceOnce(later(0), {}), 0);
  assert.deepEqual(await silent(), []);
});

test('rules: versions, who imported them, and what each changed', async () => {
  const versions = async () => (await get('/v1/setup/versions?kind=partner&id=swift', 'finance')).items;
  assert.deepEqual(
    (await versions()).map(({ version, importedBy, changed }: Record<string, unknown>) => [
      version,
      importedBy,
      changed,
    ]),
    [
      [2, 'test', [{ path: 'silentAfterMinutes', after: 60 }]],
      [1, 'test', []],
    ],
  );
  const { differences } = await get('/v1/setup/differences?kind=partner&id=swift&from=2&to=1');
  assert.deepEqual(differences, [{ path: 'silentAfterMinutes', before: 60 }]);
  const { items } = await get('/v1/setup/rules?search=acme');
  assert.deepEqual(
    items.map(({ kind, id, version }: Record<string, unknown>) => [kind, id, version]),
    [
      ['agreement', 'acme-2026', 1],
      ['partner', 'acme', 1],
      ['policy', 'acme', 1],
    ],
  );
  const first = await get('/v1/setup/rules?limit=2');
  const second = await get(`/v1/setup/rules?limit=2&cursor=${first.next}`);
  assert.notDeepEqual(first.items[1], second.items[0]);
});

test('the trail is searched, and read from its end', async () => {
  const asked = async (query: string) => {
    const answer = await hub.app.inject({ url: `/v1/audit?${query}`, headers: hub.as('auditor') });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json().items.map(({ action }: Record<string, string>) => action);
  };
  assert.deepEqual(await asked('search=upgrade'), ['system.pause']);
  assert.deepEqual(await asked('action=setup&limit=1&newestFirst=true'), ['setup.import']);
  assert.deepEqual(await asked('action=system.pause&actor=nobody'), []);
  assert.deepEqual(await asked('from=2999-01-01T00:00:00Z'), []);
});
