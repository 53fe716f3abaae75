// At night our books are held against those of the ERP; and what people do there moves ours.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { DAY_MS } from '../../model/time.ts';
import { comparisons, keptDifferences } from '../../store/comparison.ts';
import { approve } from '../by-hand/approve.ts';
import { refuse } from '../by-hand/refuse.ts';
import { ERP_SYSTEM } from '../context.ts';
import { deliverAll, erpForEachTest } from '../testing/erp.ts';
import { hubsForFile, sayDelivered, type TestHub } from '../testing/hub.ts';
import { compareOnce, nextNight } from './compare.ts';

const hubs = hubsForFile();
let hub: TestHub;
const here = erpForEachTest();
const system = () => ({ name: ERP_SYSTEM, session: here.session });
beforeEach(async () => {
  hub = await hubs.open();
  await sayDelivered(hub, 'S-1');
  await deliver();
});

const deliver = () => deliverAll(hub, here);

const compare = async () => {
  assert.equal(await compareOnce(hub.context, system(), { isAsked: true }), 'compared');
  await deliver();
};
const differences = async () =>
  (await keptDifferences(hub.store, hub.store.tenant, 50, undefined)).map(
    ({ document, what, ours, theirs }) => `${document} ${what}: ${ours} | ${theirs}`,
  );
const open = async () =>
  (await hub.rows('select kind, subject from lading.exception where closed_at is null order by kind, subject')).map(
    (row) => Object.values(row as object).join(' '),
  );
const charges = async () =>
  (
    await hub.rows(`select state, amount_minor::int as minor from lading.charge where side = 'sell' order by state`)
  ).map((row) => Object.values(row as object).join(' '));
const conservation = async () => {
  const erpDocuments = await here.session.documents();
  assert.equal(erpDocuments.page, 'read');
  const signed = erpDocuments.items
    .filter(({ state }) => state === 'posted')
    .map(({ kind, subtotalMinor }) => (kind === 'credit-note' ? -subtotalMinor : subtotalMinor));
  const rows = await hub.rows(
    `select coalesce(sum(case kind when 'credit-note' then -subtotal_minor else subtotal_minor end), 0)::int as minor
       from lading.invoice where state = 'posted'`,
  );
  assert.equal(
    (rows[0] as { minor: number }).minor,
    Number(signed.reduce((sum, minor) => sum + minor, 0n)),
    'our posted documents and the ERP’s',
  );
};
const moveId = () =>
  (
    here.erp.act('account.move', 'search', [], { domain: [['move_type', '=', 'out_invoice']] }) as number[]
  )[0] as number;

test('it is due once a night, in whatever process, and tells when it could not be made', async () => {
  assert.equal(nextNight(Date.parse('2026-03-02T01:59:59Z')), Date.parse('2026-03-02T02:00:00Z'));
  assert.equal(nextNight(Date.parse('2026-03-02T02:00:00Z')), Date.parse('2026-03-03T02:00:00Z'));
  assert.equal(await compareOnce(hub.context, system()), 'not-due');
  hub.at(here.now + DAY_MS);
  const both = await Promise.all([compareOnce(hub.context, system()), compareOnce(hub.context, system())]);
  assert.deepEqual(both.sort(), ['compared', 'not-due']);
  assert.deepEqual(await differences(), []);
  hub.at(here.now + 2 * DAY_MS);
  await here.erp.setFault({ mode: 'down' });
  const failed = await compareOnce(hub.context, system());
  assert.match(typeof failed === 'object' ? failed.failure : '', /could not be reached/);
  const [last] = await comparisons(hub.store, hub.store.tenant);
  assert.match(last?.failure ?? '', /could not be reached/);
  assert.equal(last?.documents, 1);
});

test('what differs is listed and told to finance until it does not', async () => {
  await hub.store.query(
    `update lading.invoice set erp_number = 'INV/1999/1', subtotal_minor = 49900 where number = 'S-1-1'`,
  );
  await compare();
  assert.deepEqual(await differences(), [
    'S-1-1 amount: 499.00 USD | 500.00 USD',
    'S-1-1 number: INV/1999/1 | INV/2026/00001',
  ]);
  assert.deepEqual(await open(), ['erp-difference S-1-1']);
  await hub.store.query(
    `update lading.invoice set erp_number = 'INV/2026/00001', subtotal_minor = 50000 where number = 'S-1-1'`,
  );
  await compare();
  assert.deepEqual(await differences(), []);
  assert.deepEqual(await open(), []);
});

test('an invoice that a person cancels there is not invoiced here, and is again once it is posted again', async () => {
  assert.deepEqual(await charges(), ['invoiced 50000']);
  here.erp.act('account.move', 'button_draft', [moveId()]);
  here.erp.act('account.move', 'button_cancel', [moveId()]);
  await compare();
  assert.deepEqual(await differences(), []);
  assert.deepEqual(await charges(), ['pending 50000']);
  assert.deepEqual(await open(), ['adjustment-approval S-1', 'erp-document-changed S-1-1']);
  await conservation();
  here.erp.act('account.move', 'button_draft', [moveId()]);
  here.erp.act('account.move', 'action_post', [moveId()]);
  await compare();
  assert.deepEqual(await charges(), ['invoiced 50000']);
  assert.deepEqual(await open(), []);
  await conservation();
});

test('the tax of a cancelled invoice is voided, and committed again as it was once it is posted again', async () => {
  const taxes = async () =>
    (await hub.rows('select number, taxed_by as tax from lading.invoice_line order by number, position')) as {
      number: string;
      tax: { stage: string };
    }[];
  const before = await taxes();
  assert.deepEqual(
    before.map(({ tax }) => tax.stage),
    ['commit'],
  );
  here.erp.act('account.move', 'button_draft', [moveId()]);
  here.erp.act('account.move', 'button_cancel', [moveId()]);
  await compare();
  await compare();
  assert.deepEqual(
    await taxes(),
    before.map(({ number, tax }) => ({ number, tax: { ...tax, stage: 'void' } })),
  );
  here.erp.act('account.move', 'button_draft', [moveId()]);
  here.erp.act('account.move', 'action_post', [moveId()]);
  await compare();
  assert.deepEqual(await taxes(), before);
});

test('a cancelled invoice is billed anew by a yes, once', async () => {
  here.erp.act('account.move', 'button_draft', [moveId()]);
  here.erp.act('account.move', 'button_cancel', [moveId()]);
  await compare();
  const released = await approve(hub.context, { kind: 'adjustment-approval', subject: 'S-1', by: 'olga' });
  assert.deepEqual(released.kind === 'released' && released.documents, ['S-1-2']);
  await deliver();
  await compare();
  assert.deepEqual(await charges(), ['invoiced 50000']);
  assert.deepEqual(await open(), []);
  await conservation();
});

test('a cancelled invoice is let stand by a no: its charges are waived', async () => {
  here.erp.act('account.move', 'button_draft', [moveId()]);
  here.erp.act('account.move', 'button_cancel', [moveId()]);
  await compare();
  await refuse(hub.context, { subject: 'S-1', by: 'olga', reason: 'goodwill' });
  await deliver();
  await compare();
  assert.deepEqual(await charges(), ['waived 50000']);
  assert.deepEqual(await open(), []);
  await conservation();
});

test('a credit note that a person makes there is one of our books, and waits for a yes or a no', async () => {
  const line = [0, 0, { name: 'Goodwill', quantity: 1, price_unit: 120, tax_ids: [[6, 0, []]] }];
  const partner = (
    here.erp.act('account.move', 'read', [moveId()], { fields: ['partner_id'] }) as { partner_id: [number] }[]
  )[0];
  const values = { move_type: 'out_refund', partner_id: partner?.partner_id[0], invoice_date: '2026-03-05' };
  const vals = { ...values, reversed_entry_id: moveId(), invoice_line_ids: [line] };
  const [note] = here.erp.act('account.move', 'create', [], { vals_list: [vals] }) as number[];
  await compare();
  assert.deepEqual(await charges(), ['invoiced 50000'], 'a draft says nothing');
  here.erp.act('account.move', 'action_post', [note as number]);
  await compare();
  assert.deepEqual(await charges(), ['invoiced 38000', 'pending 12000']);
  assert.deepEqual(await differences(), []);
  await conservation();
  assert.deepEqual(await open(), ['adjustment-approval S-1', 'erp-document-changed S-1-1 RINV/2026/00001']);
  await refuse(hub.context, { subject: 'S-1', by: 'olga', reason: 'agreed by phone' });
  await compare();
  assert.deepEqual(await charges(), ['invoiced 38000', 'waived 12000']);
  assert.deepEqual(await open(), []);
});
