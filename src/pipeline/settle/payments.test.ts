// Payments as banks tell them: found by what the payer wrote, taken back, and read from a statement's bytes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entry, statement, statementFile, transaction } from '../../partners/testing/bank-file.ts';
import { receive } from '../intake.ts';
import { event, hubsForFile, NETWORK, sayDelivered, type TestHub } from '../testing/hub.ts';

const hubs = hubsForFile();

/** Acme owes 500.00 for S-1 and 500.00 for S-2. */
async function owing(): Promise<TestHub> {
  const partners = [...(NETWORK.partners ?? []), { id: 'bank', name: 'First Bank', roles: ['bank' as const] }];
  const hub = await hubs.open({ ...NETWORK, partners });
  for (const shipment of ['S-1', 'S-2']) await sayDelivered(hub, shipment);
  await hub.settle();
  return hub;
}

const paid = (payment: string, amount: string, more: object = {}) =>
  event('payment.received', { payment, customer: 'acme', currency: 'USD', amount, receivedOn: '2026-03-04', ...more });
const takenBack = (reversal: string, amount: string, ...references: string[]) =>
  event('payment.reversed', {
    ...{ reversal, customer: 'acme', currency: 'USD', amount, reversedOn: '2026-03-05' },
    references,
  });

const MISKEPT = `
  select i.number, i.settled_minor, sum(a.amount_minor) from lading.invoice i
    left join lading.allocation a on a.tenant = i.tenant
      and (a.invoice = i.number or (a.source_kind = 'credit-note' and a.source = i.number))
   group by i.tenant, i.number having i.settled_minor <> coalesce(sum(a.amount_minor), 0)`;

/** What is settled of each invoice, what is left on each payment, and the open exceptions. */
async function standing({ rows }: TestHub) {
  assert.deepEqual(await rows(MISKEPT), [], 'each document has on it what was settled of it');
  const [settled, left, open] = await Promise.all([
    rows(`select invoice, sum(amount_minor)::text as minor from lading.allocation group by invoice order by invoice`),
    rows(`select payment, left_minor::text as minor from lading.payment order by payment`),
    rows(
      `select subject, detail from lading.exception where kind = 'payment-unmatched' and closed_at is null order by subject`,
    ),
  ]);
  const told = (list: unknown[], name: string) =>
    list.map((row) => `${(row as Record<string, string>)[name]} ${(row as Record<string, string>).minor}`);
  return {
    settled: told(settled, 'invoice'),
    left: told(left, 'payment'),
    open: open.map((row) => (row as { subject: string }).subject),
  };
}

test('payments: a text names its invoices; what goes beyond them stays on the payment', async () => {
  const hub = await owing();
  await hub.say('acme', paid('P-1', '620.00', { text: 'S-2-1 and more' }));
  await hub.settle();
  assert.deepEqual(await standing(hub), { settled: ['S-2-1 50000'], left: ['P-1 12000'], open: ['P-1'] });
});

test('payments: one that was taken back settles nothing, and its invoice can be paid again', async () => {
  const hub = await owing();
  await hub.say('acme', paid('P-1', '500.00', { text: 'S-1-1', references: ['E-1'] }));
  await hub.settle();
  await hub.say('bank', takenBack('R-1', '500.00', 'E-1'), takenBack('R-1', '500.00', 'E-1'));
  await hub.settle();
  assert.deepEqual(await standing(hub), { settled: ['S-1-1 0'], left: ['P-1 0'], open: [] });
  await hub.say('acme', paid('P-2', '500.00', { text: 'S-1-1' }));
  await hub.settle();
  assert.deepEqual(await standing(hub), { settled: ['S-1-1 50000'], left: ['P-1 0', 'P-2 0'], open: [] });
});

test('payments: a reversal that comes first waits for its payment, and is told meanwhile', async () => {
  const hub = await owing();
  await hub.say('bank', takenBack('R-1', '500.00', 'P-1'));
  await hub.settle();
  assert.deepEqual(await standing(hub), { settled: [], left: [], open: ['R-1'] });
  await hub.say('acme', paid('P-1', '500.00', { text: 'S-1-1' }));
  await hub.settle();
  assert.deepEqual(await standing(hub), { settled: [], left: ['P-1 0'], open: [] });
});

test('payments: a reversal of another amount is told and takes nothing back', async () => {
  const hub = await owing();
  await hub.say('acme', paid('P-1', '500.00', { text: 'S-1-1' }));
  await hub.say('bank', takenBack('R-1', '100.00', 'P-1'));
  await hub.settle();
  assert.deepEqual(await standing(hub), { settled: ['S-1-1 50000'], left: ['P-1 0'], open: ['R-1'] });
});

test('payments: a customer may not take a payment back', async () => {
  const hub = await owing();
  await hub.say('acme', paid('P-1', '500.00', { text: 'S-1-1' }), takenBack('R-1', '500.00', 'P-1'));
  await hub.settle();
  assert.deepEqual((await standing(hub)).settled, ['S-1-1 50000']);
  const refused = await hub.rows(`select subject from lading.exception where kind = 'partner-not-party'`);
  assert.deepEqual(refused, [{ subject: 'R-1' }]);
});

test('payments: a bank statement pays what it names; the same payment in a second file is the same', async () => {
  const hub = await owing();
  const details = transaction('<Ustrd>INVOICE S-2-1</Ustrd>', { payer: '<Nm>ACME SUPPLY</Nm>' });
  const credit = entry({ amount: '500.00', currency: 'USD', details });
  const file = (id: string) => statementFile([statement([credit], { id, currency: 'USD', closing: '1500.00' })]);
  for (const id of ['ST-1', 'ST-2']) {
    const bytes = Buffer.from(file(id));
    await receive(hub.context, [{ bytes, partner: 'bank', channel: 'folder', fileName: `${id}.xml` }]);
  }
  await hub.settle();
  assert.deepEqual(await standing(hub), { settled: ['S-2-1 50000'], left: ['B-1 0'], open: [] });
});
