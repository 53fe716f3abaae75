// Disputes of customers on lines of invoices: opened by the customer, talked about by both, ended by us. S-1-1 is 1645.00 and
// 95.00 for the liftgate.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Role } from '../access/roles.ts';
import { eventOf, openTestHub, type TestHub, wholeJourney } from './testing/hub.ts';

const ATTACK = '<img src=x onerror=alert(1)>';
const PDF = Buffer.from('%PDF-1.7\nproof').toString('base64');
let hub: TestHub;
let bolt: string;
before(async () => {
  hub = await openTestHub();
  bolt = await hub.newKey('customer', 'bolt');
  const lift = { shipment: 'S-1', code: 'LFT', side: 'sell', occurredAt: '2026-03-04T20:00:00Z' };
  const [plan, pickedUp, delivered, proof] = wholeJourney('S-1');
  await hub.send('tms', [plan, pickedUp, delivered, eventOf('charge.reported', lift), proof]);
});
after(() => hub.close());

type Who = Role | 'bolt';
const call = (who: Who, method: 'GET' | 'POST', url: string, payload?: object) =>
  hub.app.inject({
    ...{ method, url, headers: who === 'bolt' ? { authorization: `Bearer ${bolt}` } : hub.as(who) },
    ...(payload && { payload }),
  });
const statusOf = async (...asked: Parameters<typeof call>) => (await call(...asked)).statusCode;
const get = async (who: Who, url: string) => (await call(who, 'GET', url)).json();

type Comment = { id: string; from: string; by?: string; text: string; file?: object };
const OPEN = '/v1/invoices/S-1-1/disputes';
const LIFTGATE = { shipment: 'S-1', code: 'LFT', reason: `No liftgate was used ${ATTACK}` };
let id = '';

test('a customer objects to a line and sends a file; finance finds it', async () => {
  const file = { name: `C:\\${ATTACK}.pdf`, content: PDF };
  const answer = await call('customer', 'POST', OPEN, { ...LIFTGATE, file });
  assert.equal(answer.statusCode, 201, answer.body);
  const { amount, currency, state, waitsFor, byCustomer } = answer.json();
  assert.deepEqual([amount, currency, state, waitsFor, byCustomer], ['95.00', 'USD', 'open', 'us', true]);
  id = answer.json().id;
  const { items } = await get('finance', '/v1/customer-disputes?waitsFor=us');
  assert.deepEqual(
    items.map((each: { id: string; comments: number }) => [each.id, each.comments]),
    [[id, 1]],
  );
  assert.equal((await get('finance', '/v1/receivables')).items[0].disputed, '1740.00');
});

test('both write; the customer reads what we say, and not who says it', async () => {
  const comments = `/v1/customer-disputes/${id}/comments`;
  assert.equal(await statusOf('finance', 'POST', comments, { text: 'The driver says yes.' }), 201);
  const [dispute] = (await get('customer', OPEN)).items;
  assert.equal(dispute.waitsFor, 'customer');
  assert.deepEqual(
    dispute.thread.map(({ from, by, text, file }: Comment) => [from, by !== undefined, text, file]),
    [
      ['customer', true, LIFTGATE.reason, { name: `${ATTACK}.pdf`, mediaType: 'application/pdf', bytes: 14 }],
      ['us', false, 'The driver says yes.', undefined],
    ],
  );
  const { thread } = await get('customer-service', `/v1/customer-disputes/${id}`);
  assert.match(thread[1].by, /^key .* \(finance\)$/);
  assert.equal(await statusOf('customer', 'POST', comments, { text: 'He was not there.' }), 201);
  assert.equal((await get('finance', `/v1/customer-disputes/${id}`)).waitsFor, 'us');
});

test('a file is saved under its name and never shown', async () => {
  const { thread } = await get('customer', `/v1/customer-disputes/${id}`);
  const path = `/v1/customer-disputes/${id}/files/${thread[0].id}`;
  const { rawPayload, headers } = await call('finance', 'GET', path);
  assert.equal(rawPayload.toString(), '%PDF-1.7\nproof');
  assert.equal(headers['content-type'], 'application/octet-stream');
  assert.equal(
    headers['content-disposition'],
    `attachment; filename="file-${thread[0].id}"; filename*=UTF-8''%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E.pdf`,
  );
  assert.equal(await statusOf('bolt', 'GET', path), 404);
  assert.equal(await statusOf('customer', 'GET', `/v1/customer-disputes/${id}/files/${thread[1].id}`), 404);
});

test('another customer reaches none of it; a carrier nothing at all', async () => {
  assert.equal(await statusOf('bolt', 'GET', OPEN), 404);
  assert.equal(await statusOf('bolt', 'POST', OPEN, LIFTGATE), 404);
  assert.equal(await statusOf('bolt', 'GET', `/v1/customer-disputes/${id}`), 404);
  assert.equal(await statusOf('bolt', 'POST', `/v1/customer-disputes/${id}/comments`, { text: 'hm' }), 404);
  assert.equal(await statusOf('bolt', 'POST', `/v1/customer-disputes/${id}/withdraw`, {}), 404);
  assert.deepEqual((await get('bolt', '/v1/customer-disputes?customer=acme')).items, []);
  assert.equal(await statusOf('partner', 'GET', '/v1/customer-disputes'), 403);
  assert.equal(await statusOf('auditor', 'POST', `/v1/customer-disputes/${id}/comments`, { text: 'hm' }), 403);
  const end = { verdict: 'accepted', reason: 'It was nothing.' };
  assert.equal(await statusOf('customer', 'POST', `/v1/customer-disputes/${id}/close`, end), 403);
});

const refused = [
  { name: 'the line that is disputed already', body: LIFTGATE, status: 422 },
  { name: 'a line that there is not', body: { ...LIFTGATE, code: 'DET' }, status: 404 },
  { name: 'half a line', body: { shipment: 'S-1', reason: 'hm' }, status: 400 },
  { name: 'no reason', body: { reason: '' }, status: 400 },
  { name: 'a program', body: { reason: 'hm', file: { name: 'a.pdf', content: 'TVqQAAM=' } }, status: 400 },
];
for (const { name, body, status } of refused) {
  test(`refused: ${name}`, async () => assert.equal(await statusOf('customer', 'POST', OPEN, body), status));
}

test('a body of more than 5 MB in base64 is refused before it is read', async () => {
  const file = { name: 'a.txt', content: 'QUFB'.repeat(2_000_000) };
  assert.equal(await statusOf('customer', 'POST', OPEN, { reason: 'hm', file }), 413);
});

test('several open ones end one by one, and the customer reads how', async () => {
  const whole = (await call('customer', 'POST', OPEN, { reason: 'All of it is too late.' })).json();
  assert.deepEqual([whole.amount, whole.code], ['1740.00', undefined]);
  const old = await call('finance', 'POST', '/v1/invoices/S-1-1/dispute/close', { reason: 'done' });
  assert.equal(old.statusCode, 422);
  assert.match(old.json().detail, new RegExp(`with id ${id}, ${whole.id}$`));
  const end = { verdict: 'partly-accepted', reason: 'Half of it comes back.' };
  assert.equal(await statusOf('finance', 'POST', `/v1/customer-disputes/${id}/close`, end), 200);
  assert.equal(await statusOf('finance', 'POST', `/v1/customer-disputes/${id}/close`, end), 422);
  assert.equal(await statusOf('customer', 'POST', `/v1/customer-disputes/${id}/comments`, { text: 'No.' }), 422);
  const { state, verdict, outcome, waitsFor } = await get('customer', `/v1/customer-disputes/${id}`);
  assert.deepEqual(
    [state, verdict, outcome, waitsFor],
    ['closed', 'partly-accepted', 'Half of it comes back.', undefined],
  );
  const back = await call('customer', 'POST', `/v1/customer-disputes/${whole.id}/withdraw`, {});
  assert.equal(back.json().verdict, 'withdrawn');
  assert.equal((await get('finance', '/v1/receivables')).items[0].disputed, '0.00');
  assert.equal(await statusOf('customer', 'POST', OPEN, LIFTGATE), 201, 'what has ended may be opened again');
});

test('who did what is in the audit trail, and what was said is not', async () => {
  const { items } = await get('auditor', '/v1/audit');
  const acts = items.filter(({ action }: { action: string }) => action.startsWith('invoice.dispute'));
  assert.equal(acts.length, 7);
  assert.doesNotMatch(JSON.stringify(acts), /The driver says yes/);
});
