// A credit hold, and a person who lets one shipment go beyond the limit.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importSetup } from '../pipeline/setup.ts';
import { openTestHub, SAMPLE_SETUP, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  const [policy] = SAMPLE_SETUP.policies ?? [];
  // Each shipment is 1645.00: one fits, two do not.
  const setup = { policies: [{ ...policy, creditLimit: '2000.00' }] } as Parameters<typeof importSetup>[1];
  await importSetup(hub.context, setup, 'test');
  for (const shipment of ['S-1', 'S-2', 'S-3']) await hub.send('tms', wholeJourney(shipment));
});
after(() => hub.close());

const REASON = { reason: 'The customer pays tomorrow' };

async function ask(role: 'finance' | 'operations' | 'auditor', method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await hub.app.inject({ method, url, headers: hub.as(role), payload });
  return { status: answer.statusCode, body: answer.json() };
}

const holds = async () => (await ask('finance', 'GET', '/v1/exceptions?kind=credit-hold&state=open')).body.items;
const invoices = async () => {
  const { items } = (await ask('finance', 'GET', '/v1/invoices?sort=number')).body;
  return items.map(({ number }: { number: string }) => number);
};

test('a hold is released for one shipment, by whom may, with the reason in its history and the audit trail', async () => {
  const [first, second] = (await holds()).sort((a: { subject: string }, b: { subject: string }) =>
    a.subject < b.subject ? -1 : 1,
  );
  assert.deepEqual([first.subject, second.subject], ['S-2', 'S-3']);
  assert.deepEqual(await invoices(), ['S-1-1']);
  assert.equal((await ask('operations', 'POST', `/v1/exceptions/${first.id}/release`, REASON)).status, 403);
  assert.deepEqual((await ask('finance', 'GET', `/v1/exceptions/${first.id}`)).body.mends, ['release']);
  assert.equal((await ask('finance', 'POST', `/v1/exceptions/${first.id}/release`, {})).status, 400);
  assert.equal((await ask('finance', 'POST', `/v1/exceptions/${first.id}/release`, REASON)).status, 200);
  await hub.work();
  assert.deepEqual(await invoices(), ['S-1-1', 'S-2-1']);
  assert.deepEqual(
    (await holds()).map(({ subject }: { subject: string }) => subject),
    ['S-3'],
    'the others are held as before',
  );
  const { state, history } = (await ask('finance', 'GET', `/v1/exceptions/${first.id}`)).body;
  assert.equal(state, 'closed');
  assert.deepEqual(
    history.map(({ act, says }: { act: string; says: string }) => [act, says]),
    [['released', REASON.reason]],
  );
  const { items } = (await ask('auditor', 'GET', '/v1/audit?action=exception.release')).body;
  assert.deepEqual(
    items.map(({ subject, detail }: { subject: string; detail: object }) => [subject, detail]),
    [['S-2', REASON]],
  );
});

test('what is released already, or not held, cannot be released', async () => {
  const [left] = await holds();
  const { body } = await ask('finance', 'POST', '/v1/exceptions/release', {
    exceptions: [left.id, '999999'],
    ...REASON,
  });
  assert.deepEqual([body.done, body.refused.length], [[left.id], 1]);
  await hub.work();
  assert.deepEqual(await holds(), []);
  assert.equal((await ask('finance', 'POST', `/v1/exceptions/${left.id}/release`, REASON)).status, 422);
});
