// What no recording shows: the faults, the memory across restarts, and the traps of Odoo that it sets for its callers.
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type StandIn, startOdooStandIn } from './index.ts';

let erp: StandIn;
before(async () => {
  erp = await startOdooStandIn();
});
after(() => erp.stop());

async function ask(path: string, body: unknown, to = erp): Promise<{ status: number; body: unknown }> {
  const headers = { 'content-type': 'application/json', authorization: `bearer ${to.key}` };
  const response = await fetch(`${to.url}/json/2/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json().catch(() => undefined) };
}

const FIELDS = [
  'id',
  'move_type',
  'partner_id/.id',
  'invoice_date',
  'invoice_line_ids/id',
  'invoice_line_ids/name',
  'invoice_line_ids/price_unit',
];

function invoice(name: string, amounts: readonly string[], to = erp) {
  const head = [name, 'out_invoice', '1', '2026-03-04'];
  const data = amounts.map((amount, index) => [
    ...(index === 0 ? head : ['', '', '', '']),
    `${name}_l${index + 1}`,
    'Freight',
    amount,
  ]);
  return ask('account.move/load', { fields: FIELDS, data }, to);
}

const partnerCount = () => erp.act('res.partner', 'search_count', [], { domain: [] });
const makePartner = () => ask('res.partner/create', { vals_list: [{ name: 'P' }] });
const countPartners = () => ask('res.partner/search_count', { domain: [] });

test('down for good: connections are refused, and later taken at the same address', async () => {
  await erp.setFault({ mode: 'down' });
  await assert.rejects(makePartner, (error: Error) => (error.cause as { code: string }).code === 'ECONNREFUSED');
  await erp.setFault({ mode: 'up' });
  assert.equal((await countPartners()).status, 200);
});

test('down for some calls: they are reset and do nothing', async () => {
  const before = partnerCount();
  await erp.setFault({ mode: 'down', skip: 1, calls: 1 });
  assert.equal((await countPartners()).status, 200);
  await assert.rejects(makePartner);
  assert.equal((await countPartners()).body, before);
});

test('timeout-after-commit: the work is done, its answer lost, and reading goes on', async () => {
  const before = Number(partnerCount());
  await erp.setFault({ mode: 'timeout-after-commit' });
  await assert.rejects(makePartner);
  assert.equal((await countPartners()).body, before + 1);
  await erp.setFault({ mode: 'up' });
});

test('garbage: done, and unreadable; throttled: not done, and told when to come back', async () => {
  const before = Number(partnerCount());
  await erp.setFault({ mode: 'garbage', calls: 1 });
  assert.deepEqual(await makePartner(), { status: 200, body: undefined });
  await erp.setFault({ mode: 'throttled', calls: 1 });
  assert.equal((await makePartner()).status, 429);
  assert.equal(partnerCount(), before + 1);
});

test('slow: the answer comes late', async () => {
  await erp.setFault({ mode: 'slow', delayMs: 60, calls: 1 });
  const startedAt = performance.now();
  await countPartners();
  assert.ok(performance.now() - startedAt >= 55);
});

test('at random: a seed always strikes the same calls', async () => {
  const struck = async () => {
    await erp.setFault({ mode: 'throttled', probability: 0.5, seed: 7 });
    const statuses = [];
    for (let call = 0; call < 12; call += 1) statuses.push((await countPartners()).status);
    return statuses;
  };
  const first = await struck();
  assert.deepEqual(await struck(), first);
  assert.deepEqual([...new Set(first)].sort(), [200, 429]);
  await erp.setFault({ mode: 'up' });
});

test('load: lines follow on blank rows, sums are right, and the same names make no second document', async () => {
  const { body } = await invoice('t.load', ['812.00', '174.58']);
  const [id] = (body as { ids: number[] }).ids;
  assert.deepEqual((await invoice('t.load', ['812.00', '174.58'])).body, body);
  const held = erp.documents().filter(({ externalId }) => externalId === 't.load');
  assert.equal(held.length, 1);
  assert.deepEqual([held[0]?.id, held[0]?.total, held[0]?.lines.length], [id, 986.58, 2]);
});

test('load: of two at once one wins, and the loser is told so', async () => {
  const contended = await startOdooStandIn({ loadWorkMs: 250 });
  const answers = await Promise.all([1, 2].map(() => invoice('t.race', ['5'], contended)));
  const results = answers.map(({ body }) => (body as { ids: unknown }).ids);
  assert.equal(results.filter((ids) => ids === false).length, 1);
  assert.equal(contended.documents().length, 1);
  await contended.stop();
});

test('load: a bad record takes the good one of its call with it', async () => {
  const rows = [
    ['t.good', 'out_invoice', '1', '2026-03-04', 't.good_l1', 'Freight', '5'],
    ['t.bad', 'out_invoice', '1', '04.03.2026', 't.bad_l1', 'Freight', '5'],
  ];
  const { status, body } = await ask('account.move/load', { fields: FIELDS, data: rows });
  assert.equal(status, 200);
  assert.equal((body as { ids: unknown }).ids, false);
  assert.deepEqual(
    erp.documents().filter(({ externalId }) => /^t\.(good|bad)$/.test(externalId)),
    [],
  );
});

test('post: gapless numbers; one that is posted already fails the whole call', async () => {
  const make = async (name: string) => ((await invoice(name, ['5'])).body as { ids: number[] }).ids[0] as number;
  const [first, second, third] = [await make('t.p1'), await make('t.p2'), await make('t.p3')];
  assert.equal((await ask('account.move/action_post', { ids: [first] })).body, false);
  assert.equal((await ask('account.move/action_post', { ids: [second, first] })).status, 422);
  assert.equal((await ask('account.move/action_post', { ids: [second, third] })).body, false);
  const numbers = erp
    .documents()
    .flatMap(({ externalId, name }) => (/^t\.p/.test(externalId) ? Number(String(name).slice(-5)) : []));
  assert.deepEqual(numbers, [numbers[0], Number(numbers[0]) + 1, Number(numbers[0]) + 2]);
});

test('prices are rounded to two places in silence; a product brings its tax', async () => {
  const line = [0, 0, { product_id: 1, quantity: 0.12345, price_unit: 1234.5678 }];
  const values = { move_type: 'out_invoice', partner_id: 1, invoice_line_ids: [line] };
  const { body } = await ask('account.move/create', { vals_list: [values] });
  const held = erp.documents().find(({ id }) => id === (body as number[])[0]);
  // 1234.57 × 0.12 = 148.1484; 15 % of 148.15 = 22.2225
  assert.deepEqual([held?.untaxed, held?.tax, held?.total], [148.15, 22.22, 170.37]);
});

test('closed books: posting moves the date without a word', async () => {
  const fresh = await startOdooStandIn({ now: () => Date.parse('2026-04-10T00:00:00Z') });
  const { body } = await invoice('t.lock', ['5'], fresh);
  fresh.act('res.company', 'write', [1], { vals: { sale_lock_date: '2026-03-31' } });
  assert.equal((await ask('account.move/action_post', { ids: (body as { ids: number[] }).ids }, fresh)).body, false);
  assert.equal(fresh.documents()[0]?.date, '2026-04-10');
  await fresh.stop();
});

test('memory: a second start finds the documents of the first; a torn last line is forgotten', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'odoo-stand-in-'));
  const journalFile = join(folder, 'kept', 'journal.jsonl');
  const first = await startOdooStandIn({ journalFile });
  await invoice('t.kept', ['12.34'], first);
  const kept = first.documents();
  await first.stop();
  appendFileSync(journalFile, '[["account.move",2,{"id":2,"na');
  const second = await startOdooStandIn({ journalFile });
  assert.deepEqual(second.documents(), kept);
  await invoice('t.kept', ['12.34'], second);
  await invoice('t.next', ['1'], second);
  await second.stop();
  const third = await startOdooStandIn({ journalFile });
  assert.deepEqual(
    third.documents().map(({ externalId }) => externalId),
    ['t.kept', 't.next'],
  );
  await third.stop();
  rmSync(folder, { recursive: true });
});

test('memory: contacts and products kept before they could be archived are active', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'odoo-stand-in-'));
  const journalFile = join(folder, 'journal.jsonl');
  const old = [
    ['res.partner', 1, { id: 1, name: 'My Company' }],
    ['res.partner', 7, { id: 7, name: 'Acme', ref: 'acme' }],
    ['res.partner', 8, { id: 8, name: 'Gone', ref: 'gone', active: false }],
  ];
  appendFileSync(journalFile, `${JSON.stringify(old)}\n`);
  const again = await startOdooStandIn({ journalFile });
  const read = { ids: [7, 8], fields: ['active'] };
  assert.deepEqual((await ask('res.partner/read', read, again)).body, [
    { id: 7, active: true },
    { id: 8, active: false },
  ]);
  assert.deepEqual((await ask('res.partner/search', { domain: [['active', '=', true]] }, again)).body, [1, 7]);
  await again.stop();
  rmSync(folder, { recursive: true });
});
