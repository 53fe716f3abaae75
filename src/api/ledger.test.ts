// The ledger over HTTP: entries, periods, and the journal with what it lacks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importSetup } from '../pipeline/setup.ts';
import { eventOf, openTestHub, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  // So that what comes later has the longer number.
  await hub.context.store.query(`select nextval('lading.ledger_posting_seq') from generate_series(1, 8)`);
  await hub.send('tms', wholeJourney('S-1'));
});
after(() => hub.close());

const get = (url: string) => hub.app.inject({ url, headers: hub.as('auditor') });
const post = (url: string, payload: object, role: 'finance' | 'operations' = 'finance') =>
  hub.app.inject({ method: 'POST', url, payload, headers: hub.as(role) });

test('ledger: what was booked for a shipment, debits and credits apart', async () => {
  const { items } = (await get('/v1/ledger/entries?shipment=S-1')).json();
  assert.deepEqual(
    items.map((item: Record<string, string>) => [item.bookedOn, item.account, item.debit, item.credit, item.lane]),
    [
      ['2026-03-04', 'accrued-cost', '1200.00', '0.00', 'US-IL>US-GA'],
      ['2026-03-04', 'accrued-payable', '0.00', '1200.00', 'US-IL>US-GA'],
      ['2026-03-04', 'accrued-receivable', '1645.00', '0.00', 'US-IL>US-GA'],
      ['2026-03-04', 'accrued-revenue', '0.00', '1645.00', 'US-IL>US-GA'],
    ],
  );
  const first = (await get('/v1/ledger/entries?period=2026-03&limit=3')).json();
  assert.equal(first.items.length, 3);
  const second = (await get(`/v1/ledger/entries?period=2026-03&limit=3&cursor=${first.next}`)).json();
  assert.deepEqual([second.items.length, second.next], [1, undefined]);
});

test('journal: whole as JSON with totals, and as CSV', async () => {
  const asked = { period: '2026-03' };
  const journal = (await post('/v1/journal-exports', asked)).json();
  assert.deepEqual(journal.totals, [
    { legalEntity: '', currency: 'USD', debit: '2845.00', credit: '2845.00', lines: 4 },
  ]);
  const csv = await post('/v1/journal-exports', { ...asked, format: 'csv' });
  assert.match(String(csv.headers['content-type']), /^text\/csv/);
  const [head = '', first = ''] = csv.body.split('\r\n');
  assert.equal(head.split(',').slice(-4).join(','), 'customer,carrier,lane,mode');
  assert.match(
    first,
    /,accrued-cost,accrued-cost,1200\.00,0\.00,USD,S-1,buy,LHL,accrued,,earned 2026-03-04,acme,rdwy,/,
  );
  assert.equal((await post('/v1/journal-exports', asked, 'operations')).statusCode, 403);
});

test('journal: a missing dimension blocks it or opens a task, by policy; an import mends it', async () => {
  const accounts = (['accrued-cost', 'accrued-payable', 'accrued-receivable', 'accrued-revenue'] as const).map(
    (account) => ({ account, erp: `X-${account}` }),
  );
  const department = { name: 'department', from: 'mode' as const, values: { LTL: 'D-20' } };
  const use = (dimension: object) =>
    importSetup(hub.context, { ledger: [{ accounts, dimensions: [{ ...department, ...dimension }] }] }, 'test');
  const open = async () =>
    (await get('/v1/exceptions?kind=ledger-dimension-missing&state=open'))
      .json()
      .items.map((e: { subject: string }) => e.subject);
  await use({ missing: 'block' });
  const blocked = await post('/v1/journal-exports', { period: '2026-03' });
  assert.equal(blocked.statusCode, 422);
  assert.equal(blocked.json().type, '/problems/journal-incomplete');
  assert.match(blocked.json().detail, /lacks department of FTL \(4 lines\)/);
  assert.deepEqual(await open(), ['2026-03']);
  await use({ missing: 'task' });
  const { missing, lines } = (await post('/v1/journal-exports', { period: '2026-03' })).json();
  assert.deepEqual(missing, [{ legalEntity: '', what: 'department', of: 'FTL', lines: 4 }]);
  assert.deepEqual([lines[0].account, lines[0].dimensions], ['X-accrued-cost', { department: '' }]);
  await use({ missing: 'block', values: { FTL: 'D-10' } });
  assert.equal(
    (await post('/v1/journal-exports', { period: '2026-03' })).json().lines[0].dimensions.department,
    'D-10',
  );
  assert.deepEqual(await open(), []);
});

test('journal: for Odoo an entry a day, once every account has a name', async () => {
  const asked = { period: '2026-03', format: 'odoo' };
  const names = {
    'accrued-cost': '5010',
    'accrued-payable': '2150',
    'accrued-receivable': '1250',
    'accrued-revenue': '4010',
  };
  const accounts = Object.entries(names).map(([account, erp]) => ({ account: account as keyof typeof names, erp }));
  const use = (rows: typeof accounts, more: object = {}) =>
    importSetup(hub.context, { ledger: [{ accounts: rows, ...more }] }, 'test');
  await use(accounts.slice(1), { missing: 'task' });
  const lacking = await post('/v1/journal-exports', asked);
  assert.deepEqual([lacking.statusCode, lacking.json().type], [422, '/problems/journal-incomplete']);
  assert.match(lacking.json().detail, /lacks account of accrued-cost LHL/);
  await use(accounts, {
    journal: 'ACCR',
    dimensions: [{ name: 'partner_id', from: 'customer', values: { acme: 'Acme Tools' } }],
  });
  const file = await post('/v1/journal-exports', asked);
  assert.match(String(file.headers['content-type']), /^text\/csv/);
  const rows = file.body
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));
  assert.deepEqual(
    rows[0]?.slice(-5),
    ['debit', 'credit', 'currency_id', 'amount_currency', 'partner_id'].map((of) => `line_ids/${of}`),
  );
  assert.deepEqual(
    rows.slice(1).map((row) => [row[2], row[3], row[6], row[8], row[9], row.at(-1)]),
    [
      ['2026-03-04', 'ACCR', '1250', '1645.00', '0.00', 'Acme Tools'],
      ['', '', '2150', '0.00', '1200.00', 'Acme Tools'],
      ['', '', '4010', '0.00', '1645.00', 'Acme Tools'],
      ['', '', '5010', '1200.00', '0.00', 'Acme Tools'],
    ],
  );
});

test('periods: locked and unlocked by finance alone', async () => {
  assert.equal((await post('/v1/periods/2026-01/lock', {}, 'operations')).statusCode, 403);
  assert.deepEqual((await post('/v1/periods/2026-01/lock', { legalEntity: 'us-inc' })).json(), { changed: true });
  const [lock] = (await get('/v1/periods')).json().locks;
  assert.deepEqual([lock.period, lock.legalEntity], ['2026-01', 'us-inc']);
  assert.deepEqual((await post('/v1/periods/2026-01/unlock', { legalEntity: 'us-inc' })).json(), { changed: true });
  assert.equal((await post('/v1/periods/2026-01/approve', {})).json().type, '/problems/not-waiting');
  assert.equal((await post('/v1/periods/2026-13/lock', {})).statusCode, 400);
});

test('margin: 1645.00 sold, 1200.00 bought, by each cut; nothing of what is not known', async () => {
  const line = { revenue: '1645.00', cost: '1200.00', margin: '445.00', marginPercent: '27.1', currency: 'USD' };
  for (const [by, of] of Object.entries({ shipment: 'S-1', lane: 'US-IL>US-GA', customer: 'acme', carrier: 'rdwy' })) {
    const { items } = (await get(`/v1/margin?by=${by}`)).json();
    const earned = { revenue: '1645.00', cost: '1200.00', margin: '445.00' };
    assert.deepEqual(items, [{ by, of, legalEntity: '', ...line, earned, converted: [], isPart: false }]);
  }
  assert.deepEqual((await get('/v1/margin?by=customer&of=bolt')).json().items, []);
  assert.deepEqual((await get('/v1/margin?from=2026-04')).json().items, []);
  const page = (await get('/v1/margin?limit=1')).json();
  assert.equal(page.items.length, 1);
  assert.deepEqual((await get(`/v1/margin?limit=1&cursor=${page.next}`)).json().items, []);
});

test('ledger: entries come in the order they were booked, page by page, whatever the digits of a posting', async () => {
  const reported = { shipment: 'S-1', code: 'LFT', side: 'sell', occurredAt: '2026-03-04T20:00:00Z' };
  await hub.send('tms', [eventOf('charge.reported', reported)]);
  const postings: number[] = [];
  let query = 'limit=3';
  do {
    const { items, next } = (await get(`/v1/ledger/entries?${query}`)).json();
    postings.push(...items.map(({ posting }: { posting: string }) => Number(posting)));
    query = next === undefined ? '' : `limit=3&cursor=${next}`;
  } while (query !== '');
  assert.deepEqual(postings, [9, 9, 9, 9, 10, 10]);
});
