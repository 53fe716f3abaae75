import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type StandIn, startOdooStandIn } from '../../../../examples/odoo-stand-in/index.ts';
import { addSaleTaxes } from '../../../../examples/odoo-stand-in/sale-taxes.ts';
import { decimal } from '../../../model/decimal.ts';
import type { Session, WantedDocument } from '../../contract.ts';
import { sampleDocument } from '../../testing/describe-connector.ts';
import { odooConnector } from '../index.ts';
import { ratesOn, type SaleTax, taxIdsFor } from './taxes.ts';

const line = (amountMinor: bigint, taxRate: string, taxMinor: bigint) => ({
  shipment: 'S-101',
  code: 'LHL',
  description: 'S-101 Linehaul',
  amountMinor,
  taxRate,
  taxMinor,
});
const taxed = (key: string, ...lines: WantedDocument['lines']) => sampleDocument(key, { lines });

const taxes: SaleTax[] = [
  { id: 4, percent: decimal('8.25'), companyId: 1 },
  { id: 5, percent: decimal('13'), companyId: 1 },
  { id: 6, percent: decimal('13'), companyId: 2 },
];
const document = taxed('D-1', line(100n, '0.0825', 8n), line(100n, '0.13', 13n), line(100n, '0', 0n));
const cases: { name: string; mapped: Record<string, number>; company: number | undefined; ids: object }[] = [
  { name: 'by rate', mapped: {}, company: undefined, ids: { '0.0825': 4, '0.13': 5 } },
  { name: 'of the company', mapped: { '0.0825': 9 }, company: 2, ids: { '0.0825': 9, '0.13': 6 } },
  { name: 'the operator goes first', mapped: { '0.13': 7 }, company: 1, ids: { '0.0825': 4, '0.13': 7 } },
];

for (const { name, mapped, company, ids } of cases) {
  test(`sale taxes: ${name}`, () => {
    const found = taxIdsFor(document, taxes, mapped, company);
    assert.deepEqual(found instanceof Map ? Object.fromEntries(found) : found, ids);
  });
}

test('sale taxes: a rate that has none is named', () => {
  assert.deepEqual(taxIdsFor(document, taxes, {}, 2), { missingRate: '0.0825' });
  assert.deepEqual(ratesOn(taxed('D-2', line(100n, '0.00', 0n))), []);
});

let erp: StandIn;
let session: Session;
before(async () => {
  erp = await startOdooStandIn();
  const { url, database, user, key } = erp;
  session = odooConnector.open({ url, database, user, key }, { now: Date.now });
});
after(async () => {
  await session.close();
  await erp.stop();
});

test('an invoice bears its tax in Odoo, line by line, and a credit note gives it back', async () => {
  addSaleTaxes(erp, ['0.0825', '0.13']);
  const invoice = taxed('T-1', line(203_193n, '0.0825', 16_763n), line(4_550n, '0.13', 592n));
  const note: WantedDocument = { ...taxed('T-2', line(100n, '0.13', 13n)), kind: 'credit-note', corrects: 'T-1' };
  const [booked, credited] = await session.send([invoice, note]);
  assert.equal(booked?.outcome, 'confirmed');
  assert.equal(booked.storedTotalMinor, 203_193n + 16_763n + 4_550n + 592n);
  assert.equal(credited?.outcome, 'confirmed');
  assert.equal(credited.storedTotalMinor, 113n);
});

test('an invoice whose tax Odoo does not have is refused by name, and nothing is made', async () => {
  const [result] = await session.send([taxed('T-3', line(100n, '0.16', 16n))]);
  assert.equal(result?.outcome, 'refused');
  assert.equal(result.kind, 'tax-missing');
  assert.match(result.sentence, /no sale tax of 16 %/);
  assert.deepEqual(await session.lookup(['T-3']), [{ key: 'T-3', lookup: 'absent' }]);
});

test('a tax that comes out otherwise than meant is not posted', async () => {
  const [result] = await session.send([taxed('T-4', line(10_000n, '0.13', 1_299n))]);
  assert.equal(result?.outcome, 'refused');
  assert.match(result.sentence, /bears 13\.00 USD of tax, not 12\.99 USD/);
});
