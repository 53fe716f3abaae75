// What was set aside is mended by a person: a number is linked to its shipment, a message is taken in corrected.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Role } from '../access/roles.ts';
import { DESK, interchange, SWIFT } from '../partners/testing/interchange.ts';
import { importSetup } from '../pipeline/setup.ts';
import { eventOf, openTestHub, PLAN, type TestHub } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  await importSetup(hub.context, { partners: [SWIFT, DESK] }, 'test');
  await hub.send('tms', eventOf('shipment.planned', { shipment: 'S-1', ...PLAN }));
});
after(() => hub.close());

async function ask<Answer = Record<string, never>>(role: Role, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await hub.app.inject({ method, url, headers: hub.as(role), ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() as Answer };
}
type Row = { id: string; kind: string; subject: string; message?: string; names?: { type: string; value: string }[] };
const open = async (kind: string) =>
  (await ask<{ items: Row[] }>('admin', 'GET', `/v1/exceptions?state=open&kind=${kind}&sort=opened`)).body.items;

const seen = (shipment: string, hour: number, references: object[] = []) =>
  eventOf('shipment.milestone', {
    ...(shipment === '' ? {} : { shipment }),
    references,
    milestone: 'in-transit',
    occurredAt: `2026-03-03T${hour}:00:00Z`,
  });
const inTransit = async () => {
  const { body } = await ask<{ milestones: { milestone: string }[] }>('admin', 'GET', '/v1/explain/S-1');
  return body.milestones.filter(({ milestone }) => milestone === 'in-transit').length;
};

test('a number that nobody knew is linked: what waits applies itself, and the next of its kind finds the shipment', async () => {
  await hub.send('rdwy', [seen('S-l', 20), seen('', 21, [{ type: 'bol', value: 'B-77' }])]);
  await hub.context.store.query(`update lading.waiting set since = since - interval '25 hours'`);
  await hub.work();
  const raised = await open('unmatched-reference');
  assert.deepEqual(
    raised.map(({ subject }) => subject),
    ['B-77', 'S-l'],
  );
  const [bol = { id: '' }, typo = { id: '' }] = raised;
  const link = (role: Role, id: string, shipment: string) =>
    ask<Row & { detail: string; state: string; history: object[] }>(role, 'POST', `/v1/exceptions/${id}/link`, {
      shipment,
    });
  assert.equal((await link('finance', bol.id, 'S-1')).status, 403);
  const nowhere = await link('operations', bol.id, 'S-404');
  assert.deepEqual([nowhere.status, nowhere.body.detail], [422, 'no shipment S-404 is known with its plan']);
  const linked = await link('operations', bol.id, 'S-1');
  assert.equal(linked.status, 200, JSON.stringify(linked.body));
  assert.equal(linked.body.state, 'closed');
  assert.equal(linked.body.history.length, 1);
  await link('operations', typo.id, 'S-1');
  assert.deepEqual(await open('unmatched-reference'), []);
  assert.equal(await inTransit(), 2);
  await hub.send('rdwy', [seen('S-l', 22), seen('', 23, [{ type: 'bol', value: 'B-77' }])]);
  assert.equal(await inTransit(), 4);
  // A plan of that very name is its own from then on.
  await hub.send('tms', eventOf('shipment.planned', { shipment: 'S-l', ...PLAN, references: [] }));
  await hub.send('rdwy', seen('S-l', 19));
  assert.equal(await inTransit(), 4);
});

test('a bill for a number that nobody knew is linked the same way, and judged at once', async () => {
  const lines = [
    { references: [{ type: 'pro', value: '900' }], code: 'LHL', amount: '1200.00' },
    { references: [{ type: 'pro', value: '901' }], code: 'LHL', amount: '10.00' },
  ];
  const bill = { carrier: 'rdwy', invoice: 'R-1', issuedOn: '2026-03-05', currency: 'USD', lines };
  await hub.send('rdwy', eventOf('carrier.invoice', bill));
  const [unmatched = { id: '' }] = await open('carrier-invoice-unmatched');
  const link = (payload: object) =>
    ask<{ detail: string }>('operations', 'POST', `/v1/exceptions/${unmatched.id}/link`, payload);
  const vague = await link({ shipment: 'S-1' });
  assert.match(vague.body.detail, /say which number is meant: pro 900, pro 901/);
  await link({ shipment: 'S-1', reference: { type: 'pro', value: '900' } });
  await link({ shipment: 'S-1', reference: { type: 'pro', value: '901' } });
  await hub.work();
  assert.deepEqual(await open('carrier-invoice-unmatched'), []);
  const { body } = await ask<{ items: { verdict: string }[] }>('finance', 'GET', '/v1/carrier-invoices');
  assert.equal(body.items[0]?.verdict, 'disputed', '1210.00 billed, 1200.00 expected');
});

const mend = (role: Role, id: string, text: string, dryRun = false) =>
  ask<{ mended: boolean; message?: string; events: number; problems: { kind: string }[]; detail?: string }>(
    role,
    'POST',
    `/v1/messages/${id}/mend`,
    { content: Buffer.from(text, 'latin1').toString('base64'), reason: 'A slip of the carrier', dryRun },
  );

test('of an X12 message that was half right, a correction gives only what was wrong; both name each other', async () => {
  const report = (code: string): [string, ...string[]] => [
    '214',
    'B10*7712004*S-1*SWFT',
    'LX*1',
    `AT7*${code}*NS***20260304*0915*LT`,
  ];
  const text = (second: string) => Buffer.from(interchange([report('X6'), report(second)])).toString('latin1');
  const id = await hub.send('swft', Buffer.from(text('??'), 'latin1'));
  const before = await open('schema-violation');
  assert.equal(before.length, 1, JSON.stringify(before));
  assert.equal(before[0]?.message, id);
  assert.equal((await mend('operations', id, text('X1'))).status, 403);
  const wrong = await mend('integration', id, text('!!'));
  assert.deepEqual([wrong.body.mended, wrong.body.problems.length], [false, 1]);
  const checked = await mend('integration', id, text('X1'), true);
  assert.deepEqual([checked.body.mended, checked.body.problems, checked.body.events], [false, [], 2]);
  const mended = await mend('integration', id, text('X1'));
  assert.deepEqual([mended.body.mended, mended.body.events], [true, 1], JSON.stringify(mended.body));
  assert.deepEqual(await open('schema-violation'), []);
  const message = async (of: string) =>
    (await ask<{ verdict: string; mends?: string; mendedBy?: string }>('admin', 'GET', `/v1/messages/${of}`)).body;
  const original = await message(id);
  assert.deepEqual([original.verdict, original.mendedBy], ['mended', mended.body.message]);
  assert.equal((await message(mended.body.message ?? '')).mends, id);
  const exception = (
    await ask<{ history: { act: string; says: string }[] }>('admin', 'GET', `/v1/exceptions/${before[0]?.id}`)
  ).body;
  assert.deepEqual(
    exception.history.map(({ act, says }) => [act, says]),
    [['mended', 'A slip of the carrier']],
  );
  const twice = await mend('integration', id, text('X1'));
  assert.equal(twice.status, 422);
  // What is mended is not translated again, whoever asks for all that is quarantined.
  const replayed = await ask<{ messages: object[] }>('integration', 'POST', '/v1/replay', { what: 'messages' });
  assert.deepEqual(replayed.body.messages, []);
});

test('the same bytes mend nothing, and a message in which nothing is wrong has nothing to mend', async () => {
  const good = await hub.send('rdwy', seen('S-1', 18));
  assert.equal((await mend('integration', good, '[]')).body.detail, `nothing is wrong with message ${good}`);
  const bad = await hub.send('rdwy', new TextEncoder().encode('not a message'));
  const same = await mend('integration', bad, 'not a message');
  assert.deepEqual([same.body.mended, same.body.problems[0]?.kind], [false, 'unreadable-message']);
});
