// The inbox of exceptions: filters, sorting by money and due time, and what people do about them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Role } from '../access/roles.ts';
import { eventOf, milestoneOf, openTestHub, PLAN, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
const [pickup, delivery] = PLAN.stops;

before(async () => {
  hub = await openTestHub();
  // 700 miles × 2.35 = 1645.00 to be billed; delayed on its way.
  await hub.send('tms', eventOf('shipment.planned', { shipment: 'S-1', ...PLAN }));
  await hub.send('rdwy', milestoneOf('S-1', 'delayed', '2026-03-03T20:00:00Z'));
  // No lane to Florida: nothing can be rated, the carrier gets its flat 1200.00.
  const toFlorida = { ...PLAN, references: [], stops: [pickup, { ...delivery, region: 'FL' }] };
  await hub.send('tms', eventOf('shipment.planned', { shipment: 'S-2', ...toFlorida }));
  await hub.send('rdwy', milestoneOf('S-2', 'picked-up', '2026-03-03T15:00:00Z'));
  await hub.send('tms', [...wholeJourney('S-3'), milestoneOf('S-3', 'damaged', '2026-03-04T21:00:00Z')]);
  await hub.send('tms', new TextEncoder().encode('what is this'));
  await hub.work();
});
after(() => hub.close());

type Row = Record<string, unknown> & { id: string; kind: string; subject: string; detail: string; state: string };
type Detail = Row & { mends: string[]; history: { act: string; actor: string; says?: string; detail?: object }[] };

async function ask<Answer>(role: Role, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await hub.app.inject({ method, url, headers: hub.as(role), ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() as Answer };
}
const list = async (query: string, role: Role = 'finance') =>
  (await ask<{ items: Row[] }>(role, 'GET', `/v1/exceptions?${query}`)).body.items;
const kinds = (rows: readonly Row[]) => rows.map(({ kind, subject }) => `${kind} ${subject}`);
const one = async (kind: string, subject: string) => {
  const [row] = await list(`kind=${kind}&subject=${subject}&state=open`);
  assert.ok(row, `${kind} ${subject} is open`);
  return row;
};

test('each has the money that depends on it, and whose it is', async () => {
  const rows = await list('state=open&sort=-stake');
  assert.deepEqual(
    rows.map(({ kind, subject, stake, customer }) => [kind, subject, stake, customer]),
    [
      ['shipment-damaged', 'S-3', { amount: '1645.00', currency: 'USD' }, 'acme'],
      ['shipment-delayed', 'S-1', { amount: '1645.00', currency: 'USD' }, 'acme'],
      ['no-lane', 'S-2', { amount: '1200.00', currency: 'USD' }, 'acme'],
      ['unreadable-message', 'tms', undefined, undefined],
    ],
  );
});

test('the list is filtered, searched, sorted and paged', async () => {
  assert.deepEqual(kinds(await list('state=open&owner=finance')), ['no-lane S-2']);
  assert.deepEqual(kinds(await list('state=open&customer=acme&sort=due')), [
    // Both within 8 h, one within 24 h each of finance and customer service: by id.
    'shipment-delayed S-1',
    'no-lane S-2',
    'shipment-damaged S-3',
  ]);
  assert.deepEqual(kinds(await list('search=s-2')), ['no-lane S-2']);
  assert.deepEqual(kinds(await list('search=PO-47&sort=opened')), ['shipment-delayed S-1', 'shipment-damaged S-3']);
  assert.deepEqual(await list('overdue=true'), []);
  const first = (await ask<{ items: Row[]; next: string }>('finance', 'GET', '/v1/exceptions?sort=-stake&limit=2'))
    .body;
  const rest = await list(`sort=-stake&limit=2&cursor=${first.next}`);
  assert.deepEqual(kinds([...first.items, ...rest]), kinds(await list('sort=-stake')));
  const foreign = await ask('finance', 'GET', `/v1/exceptions?sort=due&cursor=${first.next}`);
  assert.equal(foreign.status, 400);
});

test('assigned to a person, it is in their own list, and the history says who gave it', async () => {
  const delayed = await one('shipment-delayed', 'S-1');
  const taken = await ask<Detail>('customer-service', 'POST', `/v1/exceptions/${delayed.id}/assign`, { to: 'me' });
  assert.equal(taken.status, 200, JSON.stringify(taken.body));
  assert.match(String(taken.body.assignee), /^key:[0-9a-f]{12}$/);
  assert.deepEqual(kinds(await list('assigned=me', 'customer-service')), ['shipment-delayed S-1']);
  assert.deepEqual(kinds(await list('assigned=me')), []);
  assert.equal((await list('state=open&assigned=nobody')).length, 3);
  const stranger = await ask<{ detail: string }>('finance', 'POST', `/v1/exceptions/${delayed.id}/assign`, { to: 'x' });
  assert.equal(stranger.status, 422);
  await ask('finance', 'POST', `/v1/exceptions/${delayed.id}/comment`, { text: 'The customer was <b>called</b>.' });
  await ask('finance', 'POST', `/v1/exceptions/${delayed.id}/assign`, {});
  const { body } = await ask<Detail>('auditor', 'GET', `/v1/exceptions/${delayed.id}`);
  assert.equal(body.assignee, undefined);
  assert.deepEqual(
    body.history.map(({ act, says }) => [act, says]),
    [
      ['assigned', undefined],
      ['commented', 'The customer was <b>called</b>.'],
      ['assigned', undefined],
    ],
  );
  assert.match(body.history[0]?.actor ?? '', /^key [0-9a-f]{12} \(customer-service\)$/);
  assert.deepEqual(body.mends, [], 'an auditor only reads');
});

test('waived by its owner, it stays closed until the facts change', async () => {
  const { id } = await one('shipment-delayed', 'S-1');
  const waive = (role: Role) => ask<Detail>(role, 'POST', `/v1/exceptions/${id}/waive`, { reason: 'Told by phone' });
  assert.equal((await waive('auditor')).status, 403);
  assert.equal((await waive('finance')).status, 422, 'customer service owns it');
  const waived = await waive('customer-service');
  assert.deepEqual([waived.body.state, waived.body.waived], ['closed', true]);
  assert.equal((await waive('customer-service')).status, 422, 'it is closed by now');
  // Other news of the shipment, and the same delay told once more under another id.
  await hub.send('rdwy', milestoneOf('S-1', 'picked-up', '2026-03-03T15:00:00Z'));
  assert.deepEqual(await list('kind=shipment-delayed&state=open'), []);
  await hub.send('rdwy', milestoneOf('S-1', 'delayed', '2026-03-04T08:00:00Z'));
  const again = await one('shipment-delayed', 'S-1');
  assert.equal(again.detail, 'The carrier reports 2 delays. Tell the customer.');
  assert.notEqual(again.id, id);
});

test('what holds a bill cannot be waived; bad messages are waived one by one, a further one opens anew', async () => {
  const noLane = await one('no-lane', 'S-2');
  const unreadable = await one('unreadable-message', 'tms');
  const many = await ask<{ done: string[]; refused: { id: string; reason: string }[] }>(
    'admin',
    'POST',
    '/v1/exceptions/waive',
    { exceptions: [noLane.id, unreadable.id, '999999'], reason: 'A test' },
  );
  assert.deepEqual(many.body.done, [unreadable.id]);
  assert.deepEqual(
    many.body.refused.map(({ reason }) => reason),
    ['no-lane S-2 closes when its cause is gone; it cannot be waived', 'there is no exception 999999'],
  );
  await hub.send('tms', new TextEncoder().encode('what is this now'));
  assert.notEqual((await one('unreadable-message', 'tms')).id, unreadable.id);
});

test('what was done is never changed, and is in the audit trail', async () => {
  await assert.rejects(hub.context.store.query('delete from lading.exception_act'), /is kept: add to it/);
  const { body } = await ask<{ items: { action: string }[] }>('auditor', 'GET', '/v1/audit');
  const actions = new Set(body.items.map(({ action }) => action));
  for (const action of ['exception.assign', 'exception.comment', 'exception.waive']) assert.ok(actions.has(action));
});

test('totals count by kind, and what is mine', async () => {
  const { id } = await one('no-lane', 'S-2');
  await ask('finance', 'POST', '/v1/exceptions/assign', { exceptions: [id], to: 'me' });
  type Totals = { kinds: { kind: string; open: number; mine: number }[] };
  const { kinds: counted } = (await ask<Totals>('finance', 'GET', '/v1/exceptions/totals')).body;
  assert.deepEqual(
    counted.map(({ kind, open, mine }) => [kind, open, mine]),
    [
      ['no-lane', 1, 1],
      ['shipment-damaged', 1, 0],
      ['shipment-delayed', 1, 0],
      ['unreadable-message', 1, 0],
    ],
  );
});
