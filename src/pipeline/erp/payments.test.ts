// A payment that settles an invoice here is registered on it in the ERP, once, and undone when the bank takes it back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEye } from '../../connectors/odoo/testing/live-odoo.ts';
import type { Setup } from '../../model/setup/index.ts';
import { deliverAll, erpForEachTest } from '../testing/erp.ts';
import { event, hubsForFile, NETWORK, sayDelivered, type TestHub } from '../testing/hub.ts';
import { takeStatements } from './stated-documents.ts';

/** Acme owes 500.00 for S-1 and 500.00 for S-2, to us-inc, whose payments are booked in BNK1. */
const SETUP: Setup = {
  ...NETWORK,
  partners: [...(NETWORK.partners ?? []), { id: 'bank', name: 'First Bank', roles: ['bank'] }],
  policies: [{ customer: 'acme', trigger: 'pod', legalEntity: 'us-inc' }],
  entities: [{ id: 'us-inc', erp: { journals: { payments: 'BNK1' } } }],
};

const hubs = hubsForFile();
let hub: TestHub;
const here = erpForEachTest();

async function owing(setup = SETUP): Promise<void> {
  hub = await hubs.open(setup);
  for (const shipment of ['S-1', 'S-2']) await sayDelivered(hub, shipment);
  await deliver();
}

const deliver = () => deliverAll(hub, here);

const paid = (payment: string, amount: string, more: object = {}) =>
  event('payment.received', { payment, customer: 'acme', currency: 'USD', amount, receivedOn: '2026-03-04', ...more });
const settled = async () =>
  (
    await hub.rows('select source_kind, invoice, amount_minor from lading.allocation order by source_kind, invoice')
  ).map((row) => Object.values(row as object).join(' '));
const registered = () =>
  (
    here.erp.act('account.payment', 'search_read', [], {
      domain: [],
      fields: ['amount', 'state', 'is_reconciled'],
    }) as Record<string, unknown>[]
  ).map(({ amount, state, is_reconciled }) => `${amount} ${state}${is_reconciled ? ' set off' : ''}`);
const residuals = () =>
  (
    here.erp.act('account.move', 'search_read', [], {
      domain: [['move_type', '=', 'out_invoice']],
      fields: ['amount_residual'],
    }) as Record<string, unknown>[]
  ).map(({ amount_residual }) => amount_residual);

test('registered for each invoice it settles, and not again when more of it is applied', async () => {
  await owing();
  const remittance = ['S-1-1', 'S-2-1'].map((invoice, index) => ({
    invoice,
    amount: index === 0 ? '500.00' : '120.00',
  }));
  await hub.say('acme', paid('P-1', '620.00', { remittance }), paid('P-2', '380.00', { text: 'S-2-1' }));
  await deliver();
  assert.deepEqual(registered().sort(), ['120 in_process set off', '380 in_process set off', '500 in_process set off']);
  assert.deepEqual(residuals(), [0, 0]);
  await hub.say('acme', paid('P-1', '620.00', { remittance }));
  await deliver();
  assert.equal(registered().length, 3);
});

for (const skip of [0, 2, 4, 6]) {
  test(`an answer lost, after ${skip} that arrived, registers it once`, async () => {
    await owing();
    await hub.say('acme', paid('P-1', '500.00', { text: 'S-1-1' }));
    await here.erp.setFault({ mode: 'timeout-after-commit', skip, calls: 1 });
    await deliver();
    assert.deepEqual(registered(), ['500 in_process set off']);
    assert.deepEqual(residuals(), [0, 500]);
  });
}

test('taken back by the bank: undone in the ERP too', async () => {
  await owing();
  await hub.say('acme', paid('P-1', '500.00', { text: 'S-1-1' }));
  await deliver();
  const reversal = { reversal: 'R-1', customer: 'acme', currency: 'USD', amount: '500.00', reversedOn: '2026-03-05' };
  await hub.say('bank', event('payment.reversed', { ...reversal, references: ['P-1'] }));
  await deliver();
  assert.deepEqual(registered(), ['500 canceled']);
  assert.deepEqual(residuals(), [500, 500]);
});

test('entered in the ERP before our bank file came: counted once on both sides', async () => {
  await owing();
  const { url, database, user, key } = here.erp;
  const eye = openEye({ url, database, user, key });
  const [invoice] = await eye.movesOf('S-1-1');
  const context = { active_model: 'account.move', active_ids: [invoice] };
  const model = 'account.payment.register';
  const values = { amount: 500, payment_date: '2026-03-04', journal_id: 6, communication: 'typed in' };
  const ids = (await eye.call({ model, method: 'create', args: { vals_list: [values] }, context })) as number[];
  await eye.call({ model, method: 'action_create_payments', ids, context });
  await eye.close();
  const data = { document: 'S-1-1', state: 'posted', currency: 'USD', open: '0.00' } as const;
  const { store } = hub.context;
  await store.transaction((client) => takeStatements(client, store.tenant, [{ data, readAt: here.now }], here.now));
  await deliver();
  assert.deepEqual(await settled(), ['erp S-1-1 50000']);
  await hub.say('acme', paid('P-1', '500.00', { text: 'S-1-1' }));
  await deliver();
  assert.deepEqual(await settled(), ['erp S-1-1 0', 'payment S-1-1 50000']);
  assert.deepEqual([registered(), residuals()], [['500 in_process set off'], [0, 500]]);
});

test('without a journal for payments nothing is registered', async () => {
  await owing({ ...SETUP, entities: [{ id: 'us-inc' }] });
  await hub.say('acme', paid('P-1', '500.00', { text: 'S-1-1' }));
  await deliver();
  assert.deepEqual(registered(), []);
});
