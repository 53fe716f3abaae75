// Tax on a real database: what was answered stays with the document, and what is open holds its own invoice alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../insight/explain.ts';
import type { Setup } from '../model/setup/index.ts';
import { importSetup } from './setup.ts';
import { hubsForFile, liftgate, milestone, NETWORK, plan, proof, type TestHub } from './testing/hub.ts';

const hubs = hubsForFile();

const GEORGIA = { country: 'US', region: 'GA', rate: '0.04' };
const TAXED: Setup = { ...NETWORK, taxes: [GEORGIA] };
const delivered = (shipment: string, more: Record<string, unknown> = {}) => [
  plan(shipment, more),
  milestone({ shipment }, 'picked-up', 1),
  milestone({ shipment }, 'delivered', 20),
  proof({ shipment }),
];
const toTexas = {
  stops: [
    { sequence: 1, kind: 'pickup', city: 'Joliet', region: 'IL', country: 'US' },
    { sequence: 2, kind: 'delivery', city: 'Austin', region: 'TX', country: 'US' },
  ],
};
const LINES = `select number, code, amount_minor::int as amount, tax_minor::int as tax, taxed_by->>'stage' as stage,
                      taxed_by->>'rate' as rate, taxed_by->>'basis' as basis
                 from lading.invoice_line order by number, code`;
const lines = async (hub: TestHub) => (await hub.rows(LINES)) as { number: string; stage: string; basis: string }[];

test('what was answered, by whom and at which stage is kept with each line; a credit note refunds at the original rate', async () => {
  const hub = await hubs.open(TAXED);
  await hub.say('tms', plan('S-1'), liftgate({ shipment: 'S-1' }), ...delivered('S-1').slice(1));
  await hub.settle();
  await importSetup(hub.context, { taxes: [{ ...GEORGIA, rate: '0.10' }] }, 'test');
  const [agreement] = NETWORK.agreements ?? [];
  assert.ok(agreement);
  const cheaper = { ...agreement, accessorials: [{ code: 'LFT', trigger: 'reported' as const, rate: '45.00' }] };
  await importSetup(hub.context, { agreements: [cheaper] }, 'test');
  await hub.settle();
  const [lift, haul, credit] = await lines(hub);
  // 95.00 and 500.00 at 4 %; the 50.00 taken back at 4 % too, whatever holds now.
  const row = 'row */US/GA/*, version 1';
  assert.deepEqual(
    { ...lift },
    { number: 'S-1-1', code: 'LFT', amount: 9500, tax: 380, stage: 'commit', rate: '0.04', basis: row },
  );
  assert.deepEqual(
    { ...haul },
    { number: 'S-1-1', code: 'LHL', amount: 50000, tax: 2000, stage: 'commit', rate: '0.04', basis: row },
  );
  assert.deepEqual(
    { ...credit },
    { number: 'S-1-2', code: 'LFT', amount: 5000, tax: 200, stage: 'refund', rate: '0.04', basis: row },
  );
  const explained = await explain(hub.context, 'S-1-2');
  assert.ok(explained?.about === 'invoice');
  assert.equal(explained.invoice.lines[0]?.taxedBy?.stage, 'refund');
});

test('an invoice whose tax is undetermined waits, the others flow, and a row releases it', async () => {
  const hub = await hubs.open(TAXED);
  await hub.say('tms', ...delivered('S-1', toTexas), ...delivered('S-2'));
  await hub.settle();
  const numbers = async () => (await lines(hub)).map(({ number }) => number);
  const open = `select subject, detail from lading.exception where kind = 'tax-undetermined' and closed_at is null`;
  assert.deepEqual(await numbers(), ['S-2-1']);
  const detail = 'Tax is undetermined: no tax row of no legal entity for freight into US-TX. Import one.';
  assert.deepEqual(await hub.rows(open), [{ subject: 'S-1', detail }]);
  await importSetup(hub.context, { taxes: [{ country: 'US', region: 'TX', rate: '0.0825' }] }, 'test');
  await hub.settle();
  assert.deepEqual([await numbers(), await hub.rows(open)], [['S-1-1', 'S-2-1'], []]);
});
