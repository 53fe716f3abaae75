import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { WantedDocument } from '../../contract.ts';
import { sampleDocument } from '../../testing/describe-connector.ts';
import { externalIdsOf } from '../external-id.ts';
import { bookkeepingFor, type OdooSettings } from '../settings.ts';
import { differenceFrom, dueOn, loadTable, type Move, moveFrom } from './invoice.ts';

const ids = externalIdsOf('lading');
const document = sampleDocument('S-101-1', { issuedOn: '2026-03-04' });

function rowsOf(
  settings: Partial<OdooSettings> = {},
  changes: Partial<WantedDocument> = {},
  more: { readonly landed?: ReadonlySet<number>; readonly statesBalances?: true } = {},
) {
  const bookkeeping = bookkeepingFor({ url: '', database: '', key: '', ...settings }, 'us-inc');
  const journal = { id: 1, type: 'sale', companyId: 1, accountId: 26 } as const;
  const orders = { lines: new Map() };
  const draftable = {
    document: { ...document, ...changes },
    partnerId: 12,
    currencyId: 1,
    isOwnCurrency: true,
    taxIds: new Map(),
    journal,
    orders,
    ...more,
  };
  const table = loadTable([{ ...draftable, bookkeeping }], ids);
  return Object.fromEntries(table.fields.map((field, index) => [field, table.data.map((row) => row[index])]));
}

test('invoice: lines become rows, each at its whole amount, without tax', () => {
  assert.deepEqual(rowsOf(), {
    id: ['lading.doc_S-101-1', ''],
    move_type: ['out_invoice', ''],
    'partner_id/.id': ['12', ''],
    'currency_id/.id': ['1', ''],
    invoice_date: ['2026-03-04', ''],
    ref: ['S-101, PO 4711', ''],
    invoice_origin: ['Lading S-101-1', ''],
    'invoice_payment_term_id/.id': ['', ''],
    invoice_date_due: ['2026-04-03', ''],
    'journal_id/.id': ['1', ''],
    'invoice_line_ids/name': ['S-101 Linehaul, Joliet IL to Atlanta GA, 480 lb', 'S-101 Fuel surcharge 21.5 %'],
    'invoice_line_ids/quantity': ['1', '1'],
    'invoice_line_ids/price_unit': ['812.00', '174.58'],
    'invoice_line_ids/tax_ids/.id': ['', ''],
    'invoice_line_ids/account_id/.id': ['26', '26'],
  });
});

test('invoice: what a line comes to in the books is an income of invoices and a cost of bills', () => {
  const balances = (kind: WantedDocument['kind']) => {
    const rows = rowsOf({}, { kind }, { statesBalances: true });
    assert.deepEqual(rows['invoice_line_ids/balance'], rows['invoice_line_ids/amount_currency']);
    return rows['invoice_line_ids/balance'];
  };
  assert.deepEqual(balances('invoice'), ['-812.00', '-174.58']);
  assert.deepEqual(balances('supplementary'), ['-812.00', '-174.58']);
  assert.deepEqual(balances('credit-note'), ['812.00', '174.58']);
  assert.deepEqual(balances('bill'), ['812.00', '174.58']);
  assert.deepEqual(balances('vendor-credit'), ['-812.00', '-174.58']);
});

test('invoice: what the mapping says for a legal entity goes before what it says for all', () => {
  const rows = rowsOf({
    products: { LHL: 7 },
    paymentTerms: { 30: 4 },
    entities: { 'us-inc': { paymentTerms: { 30: 5 }, analytic: { LHL: { '3': 60, '4': 40 } } } },
  });
  assert.deepEqual(rows['invoice_line_ids/product_id/.id'], ['7', '']);
  assert.deepEqual(rows['invoice_line_ids/analytic_distribution'], ['{"3":60,"4":40}', '{}']);
  assert.deepEqual([rows['invoice_payment_term_id/.id'], rows.invoice_date_due], [['5', ''], undefined]);
});

test('bill: lines on products that are landed costs are marked so, others not; an invoice marks none', () => {
  const settings = { products: { LHL: 7, FSC: 8 } };
  const landed = new Set([7]);
  const rows = rowsOf(settings, { kind: 'bill' }, { landed });
  assert.deepEqual(rows['invoice_line_ids/is_landed_costs_line'], ['1', '0']);
  assert.equal(rowsOf(settings, {}, { landed })['invoice_line_ids/is_landed_costs_line'], undefined);
  assert.equal(rowsOf(settings, { kind: 'bill' })['invoice_line_ids/is_landed_costs_line'], undefined);
});

test('invoice: a product without a mapped account brings its own, so none is said on that document', () => {
  assert.equal(rowsOf({ products: { LHL: 7 } })['invoice_line_ids/account_id/.id'], undefined);
});

test('invoice: the due date crosses months and leap days', () => {
  assert.equal(dueOn('2028-02-15', 14), '2028-02-29');
  assert.equal(dueOn('2026-12-20', 30), '2027-01-19');
});

const record = {
  id: 14,
  name: 'INV/2026/00001',
  state: 'posted',
  move_type: 'out_invoice',
  date: '2026-03-04',
  invoice_date: '2026-03-04',
  invoice_origin: 'Lading S-101-1',
  currency_id: [1, 'USD'],
  amount_untaxed: 986.58,
  amount_tax: 0,
  amount_total: 986.58,
  amount_residual: 986.58,
};

test('invoice: amounts that Odoo gives as floats are exact minor units again', () => {
  const odd = moveFrom({ ...record, amount_total: 1.005e3, amount_residual: 0.1 + 0.2, amount_tax: 4503599627370.49 });
  assert.equal(odd.totalMinor, 100500n);
  assert.equal(odd.residualMinor, 30n);
  assert.equal(odd.taxMinor, 450359962737049n);
  assert.equal(moveFrom({ ...record, currency_id: [6, 'JPY'], amount_total: 98658 }).totalMinor, 98658n);
});

const differences: { name: string; change: Partial<Move>; says: RegExp | undefined }[] = [
  { name: 'as meant', change: {}, says: undefined },
  {
    name: 'amount',
    change: { untaxedMinor: 98600n },
    says: /^S-101-1 \(INV\/2026\/00001 in Odoo\) comes to 986\.00 USD before tax, not 986\.58 USD$/,
  },
  { name: 'currency', change: { currency: 'EUR' }, says: /comes to 986\.58 EUR before tax, not 986\.58 USD/ },
  { name: 'tax', change: { taxMinor: 100n }, says: /bears 1\.00 USD of tax, not 0\.00 USD/ },
  { name: 'date', change: { invoiceDate: '2026-03-05' }, says: /is dated 2026-03-05, not 2026-03-04/ },
  { name: 'kind', change: { moveType: 'out_refund' }, says: /is stored as out_refund, not as invoice/ },
  { name: 'a draft', change: { name: undefined, taxMinor: 100n }, says: /^S-101-1 as a draft in Odoo bears/ },
];

for (const { name, change, says } of differences) {
  test(`invoice: difference in ${name}`, () => {
    const difference = differenceFrom(document, { ...moveFrom(record), ...change });
    if (says === undefined) assert.equal(difference, undefined);
    else assert.match(difference ?? '', says);
  });
}

test('external id: any key comes back, and no two keys meet', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(text, text, (key, other) => {
      const externalId = ids.document(key);
      assert.match(externalId, /^lading\.doc_[A-Za-z0-9_-]*$/);
      assert.equal(ids.keyOf(externalId), key);
      assert.equal(externalId === ids.document(other), key === other);
    }),
  );
});

test('external id: files, customers and the records of others are no documents', () => {
  for (const externalId of [ids.file('S-1', 'ab12'), ids.customer('acme'), 'base.main_company', 'other.doc_S-1', '']) {
    assert.equal(ids.keyOf(externalId), undefined);
  }
});
