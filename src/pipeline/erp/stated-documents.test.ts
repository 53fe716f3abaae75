// What the ERP says is open on our documents moves our receivables, once, in whatever order it is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '../../model/time.ts';
import { event, hubsForFile, NETWORK, START, sayDelivered, type TestHub } from '../testing/hub.ts';
import { takeStatements } from './stated-documents.ts';

const hubs = hubsForFile();

/** Acme may owe 600.00; each shipment is 500.00, so that the second waits for credit. */
async function limited(): Promise<TestHub> {
  const policies = [{ customer: 'acme', trigger: 'pod' as const, creditLimit: '600.00' }];
  const hub = await hubs.open({ ...NETWORK, policies });
  for (const shipment of ['S-1', 'S-2']) await sayDelivered(hub, shipment);
  await hub.settle();
  return hub;
}

/** The ERP says so many hours after the start what is open on an invoice. */
const tell = async (hub: TestHub, document: string, open: string, hours: number) => {
  const { store, clock } = hub.context;
  const data = { document, state: 'posted', currency: 'USD', open } as const;
  const stated = [{ data, readAt: START + hours * HOUR_MS }];
  await store.transaction((client) => takeStatements(client, store.tenant, stated, clock.now()));
  await hub.settle();
};
const told = async ({ rows }: TestHub, statement: string) =>
  (await rows(statement)).map((row) => Object.values(row as object).join(' '));
const settled = (hub: TestHub) =>
  told(hub, 'select source_kind, invoice, amount_minor from lading.allocation order by source_kind, invoice');
const billed = (hub: TestHub) => told(hub, 'select number from lading.invoice order by number');

test('payment states: paid in the ERP, it is paid here, and the credit it takes is free again', async () => {
  const hub = await limited();
  assert.deepEqual(await billed(hub), ['S-1-1']);
  await tell(hub, 'S-1-1', '450.00', 1);
  assert.deepEqual([await settled(hub), await billed(hub)], [['erp S-1-1 5000'], ['S-1-1']]);
  await tell(hub, 'S-1-1', '100.00', 2);
  assert.deepEqual([await settled(hub), await billed(hub)], [['erp S-1-1 40000'], ['S-1-1', 'S-2-1']]);
});

test('payment states: the payment that reaches us too counts once', async () => {
  const hub = await limited();
  await tell(hub, 'S-1-1', '0.00', 1);
  assert.deepEqual(await settled(hub), ['erp S-1-1 50000']);
  const payment = { payment: 'P-1', customer: 'acme', currency: 'USD', amount: '300.00', receivedOn: '2026-03-04' };
  await hub.say('acme', event('payment.received', { ...payment, text: 'S-1-1' }));
  await hub.settle();
  assert.deepEqual(await settled(hub), ['erp S-1-1 20000', 'payment S-1-1 30000']);
});

test('payment states: a payment undone in the ERP opens the invoice again; a late reading changes nothing', async () => {
  const hub = await limited();
  await tell(hub, 'S-1-1', '0.00', 1);
  await tell(hub, 'S-1-1', '500.00', 3);
  assert.deepEqual(await settled(hub), ['erp S-1-1 0']);
  await tell(hub, 'S-1-1', '500.00', 5);
  await tell(hub, 'S-1-1', '0.00', 4);
  assert.deepEqual(await settled(hub), ['erp S-1-1 0']);
  assert.equal((await hub.rows('select from lading.erp_payment_state')).length, 2);
});

test('payment states: a document that is not ours is passed over', async () => {
  const hub = await limited();
  await tell(hub, 'X-9-1', '0.00', 1);
  assert.deepEqual([await settled(hub), await hub.rows('select from lading.erp_payment_state')], [[], []]);
});
