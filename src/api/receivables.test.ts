// Receivables, collections, disputes and payments applied by hand, over the API. S-1 and S-2 are 1645.00 each.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importSetup } from '../pipeline/setup.ts';
import { eventOf, openTestHub, type TestHub, wholeJourney } from './testing/hub.ts';

const DAY_MS = 86_400_000;
let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  const collections = [
    { stage: 'reminder', daysOverdue: 5 },
    { stage: 'notice', daysOverdue: 20 },
  ];
  const policy = { customer: 'acme', trigger: 'pod' as const, paymentTermsDays: 30, collections };
  await importSetup(hub.context, { policies: [policy] }, 'test');
  for (const shipment of ['S-1', 'S-2']) await hub.send('tms', wholeJourney(shipment));
  // S-1 was issued 40 days ago and is ten days overdue; S-2 is not due.
  await hub.context.store.query(
    `update lading.invoice set decided_at = date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - interval '40 days'
      where number = 'S-1-1'`,
  );
  await look();
});
after(() => hub.close());

/** Has the account looked at. */
async function look(): Promise<void> {
  await hub.context.store.query(
    `insert into lading.account_due (tenant, customer, due_at) select tenant, 'acme', now() from lading.invoice limit 1
     on conflict (tenant, customer) do update set due_at = now()`,
  );
  await hub.work();
}
const get = async (url: string) =>
  (await hub.app.inject({ url, headers: hub.as('finance') })).json() as { items: Record<string, unknown>[] };
const post = async (url: string, payload: object) => {
  const answer = await hub.app.inject({ method: 'POST', url, headers: hub.as('finance'), payload });
  return { status: answer.statusCode, body: answer.json() as Record<string, unknown> };
};
const told = async () =>
  (await get('/v1/exceptions?kind=invoice-overdue&state=open')).items.map(
    ({ subject, detail }) => `${subject}|${detail}`,
  );
const dueDay = () => new Date(Date.now() - 10 * DAY_MS).toISOString().slice(0, 10);

test('receivables: by age, in each currency', async () => {
  const { items } = await get('/v1/receivables');
  assert.deepEqual(items, [
    {
      customer: 'acme',
      customerName: 'Acme Tools',
      currency: 'USD',
      ages: { notDue: '1645.00', days1To30: '1645.00', days31To60: '0.00', days61To90: '0.00', over90Days: '0.00' },
      ...{ invoices: '3290.00', creditNotes: '0.00', onAccount: '0.00', owed: '3290.00', disputed: '0.00' },
    },
  ]);
  const open = await get('/v1/open-items');
  assert.deepEqual(
    open.items.map(({ number, open }) => [number, open]),
    [
      ['S-1-1', '1645.00'],
      ['S-2-1', '1645.00'],
    ],
  );
});

test('collections: the stage that was reached, also told to finance', async () => {
  const { items } = await get('/v1/collections');
  assert.equal(items.length, 1);
  const { number, dueOn, daysOverdue, stage, isPaused } = items[0] ?? {};
  assert.deepEqual(
    { number, dueOn, daysOverdue, stage, isPaused },
    { number: 'S-1-1', dueOn: dueDay(), daysOverdue: 10, stage: 'reminder', isPaused: false },
  );
  assert.deepEqual(await told(), [
    `S-1-1|S-1-1 of acme: 1645.00 USD open, due on ${dueDay()}, 10 days overdue: reminder.`,
  ]);
});

test('disputes: collection pauses, and goes on when it ends', async () => {
  assert.equal((await post('/v1/invoices/S-1-1/dispute', { reason: 'short by a pallet' })).status, 200);
  await hub.work();
  assert.deepEqual(await told(), []);
  const [item] = (await get('/v1/collections')).items;
  const reasons = ((item?.disputes ?? []) as { reason: string }[]).map(({ reason }) => reason);
  assert.deepEqual([item?.isPaused, reasons], [true, ['short by a pallet']]);
  assert.equal((await get('/v1/receivables')).items[0]?.disputed, '1645.00');
  assert.equal((await post('/v1/invoices/S-1-1/dispute', { reason: 'again' })).status, 422);
  assert.equal((await post('/v1/invoices/X-1/dispute', { reason: 'what?' })).status, 404);
  assert.equal((await post('/v1/invoices/S-1-1/dispute/close', { reason: 'found it' })).status, 200);
  assert.equal((await post('/v1/invoices/S-1-1/dispute/close', { reason: 'found it' })).status, 422);
  await hub.work();
  assert.equal((await told()).length, 1);
});

test('allocate: what stayed on account pays what a person says, and no more than both have', async () => {
  const payment = { payment: 'P-1', customer: 'acme', currency: 'USD', amount: '2000.00', receivedOn: '2026-03-10' };
  await hub.send(
    'acme',
    eventOf('payment.received', { ...payment, remittance: [{ invoice: 'S-1-1', amount: '1645.00' }] }),
  );
  assert.equal((await get('/v1/receivables')).items[0]?.onAccount, '355.00');
  const act = { payment: 'P-1', customer: 'acme', invoice: 'S-2-1' };
  const tooMuch = await post('/v1/payments/allocate', { ...act, amount: '355.01' });
  assert.deepEqual(
    [tooMuch.status, tooMuch.body.detail],
    [422, '355.01 cannot be applied: the payment has 355.00 left and S-2-1 has 1645.00 open'],
  );
  assert.deepEqual((await post('/v1/payments/allocate', { ...act, amount: '55.00' })).body, {
    ...{ invoice: 'S-2-1', amount: '55.00', currency: 'USD', left: '300.00' },
  });
  assert.deepEqual((await post('/v1/payments/allocate', act)).body, {
    ...{ invoice: 'S-2-1', amount: '300.00', currency: 'USD', left: '0.00' },
  });
  await hub.work();
  assert.equal((await post('/v1/payments/allocate', act)).status, 404);
  const unmatched = await get('/v1/exceptions?kind=payment-unmatched&state=open');
  assert.deepEqual(unmatched.items, []);
  assert.equal((await get('/v1/receivables')).items[0]?.owed, '1290.00');
  assert.deepEqual(await told(), [], 'what is paid is not overdue');
});

test('payments: what each settled and what is left, told by the list and by explain', async () => {
  await hub.send(
    'acme',
    eventOf('payment.received', {
      ...{
        payment: 'P-2',
        customer: 'acme',
        currency: 'USD',
        amount: '10.00',
        receivedOn: '2026-03-11',
        text: 'what?',
      },
    }),
  );
  const { items } = await get('/v1/payments');
  assert.deepEqual(
    items.map(({ payment, standing, left, applied }) => ({ payment, standing, left, applied })),
    [
      { payment: 'P-2', standing: 'on-account', left: '10.00', applied: [] },
      {
        ...{ payment: 'P-1', standing: 'applied', left: '0.00' },
        applied: [
          { invoice: 'S-1-1', amount: '1645.00' },
          { invoice: 'S-2-1', amount: '355.00' },
        ],
      },
    ],
  );
  assert.equal((await get('/v1/payments?standing=on-account')).items.length, 1);
  const why = (await get('/v1/explain/P-2')) as unknown as Record<string, unknown>;
  const { about, sentence } = why;
  assert.deepEqual(
    { about, sentence, exceptions: (why.exceptions as { kind: string }[]).map(({ kind }) => kind) },
    {
      about: 'payment',
      sentence:
        '10.00 USD of acme, received on 2026-03-11; 10.00 USD found no invoice: tried again when an invoice appears, or applied by hand with "lading allocate"; owner finance.',
      exceptions: ['payment-unmatched'],
    },
  );
  const whole = (await get('/v1/explain/payment:acme%2FP-1')) as unknown as { sentence: string };
  assert.equal(
    whole.sentence,
    '2000.00 USD of acme, received on 2026-03-10: it settles 1645.00 of S-1-1, 355.00 of S-2-1.',
  );
});

test('a customer sees its own', async () => {
  const answer = await hub.app.inject({ url: '/v1/receivables?customer=bolt', headers: hub.as('customer') });
  assert.deepEqual(
    (answer.json() as { items: { customer: string }[] }).items.map(({ customer }) => customer),
    ['acme'],
  );
});
