// What a freshly made company in Odoo begins with, as far as invoicing needs it.
import type { Transaction } from './database.ts';
import type { Value } from './row.ts';
import type { Model } from './schema.ts';

const CURRENCIES: readonly (readonly [code: string, places: number, active: boolean, rate?: number])[] = [
  ['USD', 2, true],
  ['EUR', 2, true, 0.92],
  ['CAD', 2, true, 1.37],
  ['MXN', 2, true, 17.9],
  ['GBP', 2, true, 0.79],
  ['JPY', 0, true, 151.2],
  ['CNY', 2, true, 7.2],
  // Active without a rate, as happens to whoever activates a currency and thinks that is all.
  ['CHF', 2, true],
  ['KWD', 3, false],
];

/** The id that the United States have in Odoo's own data. */
const UNITED_STATES = 233;
/** Likewise Texas. */
const TEXAS = 52;

/** `madeAt`: the instant of making, as Odoo writes it. */
export function seed(transaction: Transaction, madeAt: string): void {
  if (transaction.all('res.company').length > 0) return;
  const at = (model: string, id: number, values: Readonly<Record<string, Value>>) =>
    transaction.put(model, { ...values, id });
  for (const [index, [name, places, active, rate]] of CURRENCIES.entries()) {
    at('res.currency', index + 1, { name, decimal_places: places, active });
    if (rate !== undefined) at('res.currency.rate', index + 1, { name: '2020-01-01', rate, currency_id: index + 1 });
  }
  const made = { active: true, create_date: madeAt, write_date: madeAt };
  at('stock.location', 4, { name: 'Vendors', usage: 'supplier' });
  at('stock.location', 8, { name: 'Stock', usage: 'internal' });
  at('uom.uom', 1, { name: 'Units' });
  at('mail.message.subtype', 2, { name: 'Note' });
  at('ir.model.data', 1, {
    ...{ module: 'mail', name: 'mt_note', complete_name: 'mail.mt_note', noupdate: true },
    ...{ model: 'mail.message.subtype', res_id: 2, record: 'mail.message.subtype,2' },
  });
  at('decimal.precision', 1, { name: 'Product Price', digits: 2 });
  at('res.company', 1, {
    name: 'My Company',
    currency_id: 1,
    root_id: 1,
    parent_ids: [1],
    tax_calculation_rounding_method: 'round_per_line',
  });
  at('res.country', UNITED_STATES, { name: 'United States', code: 'US' });
  at('res.country.state', TEXAS, { name: 'Texas', code: 'TX', country_id: UNITED_STATES });
  at('res.partner', 1, { name: 'My Company', active: true, is_company: true, create_date: madeAt, write_date: madeAt });
  at('account.account', 26, { name: 'Product Sales', code: '400000', account_type: 'income' });
  at('account.account', 32, { name: 'Expenses', code: '600000', account_type: 'expense' });
  at('account.account', 45, { name: 'Bank', code: '101401', account_type: 'asset_cash' });
  at('account.account', 48, { name: 'Outstanding Receipts', code: '101403', account_type: 'asset_current' });
  const booked = (id: number, name: string, type: string, code: string, account: number) =>
    at('account.journal', id, { name, type, code, company_id: 1, default_account_id: account });
  booked(1, 'Sales', 'sale', 'INV', 26);
  booked(2, 'Purchases', 'purchase', 'BILL', 32);
  booked(6, 'Bank', 'bank', 'BNK1', 45);
  const method = { name: 'Manual Payment', journal_id: 6, payment_type: 'inbound', sequence: 10 };
  at('account.payment.method.line', 1, { ...method, payment_account_id: 48 });
  at('account.tax', 2, { name: '15% P', amount: 15, type_tax_use: 'purchase', amount_type: 'percent', company_id: 1 });
  at('account.tax', 1, { name: '15%', amount: 15, type_tax_use: 'sale', amount_type: 'percent', company_id: 1 });
  at('product.product', 1, { ...made, name: 'Consulting', default_code: 'CONS', taxes_id: [1] });
  at('product.product', 2, { ...made, name: 'Freight', default_code: 'FRT', taxes_id: [] });
  for (const [index, model] of ['base.automation', 'account.move'].entries())
    at('ir.model', index + 1, { name: model, model });
  for (const [index, name] of ['state', 'payment_state', 'write_date'].entries()) {
    at('ir.model.fields', index + 1, { name, model: 'account.move' });
  }
}

/** Rows that were kept before their model had the field `active` are active, as Odoo's own upgrade would have it. */
export function completeOldRows(transaction: Transaction, schema: ReadonlyMap<string, Model>): void {
  for (const [model, { fields }] of schema) {
    if (fields.active === undefined) continue;
    for (const row of transaction.all(model)) {
      if (row.active === undefined) transaction.put(model, { ...row, active: true });
    }
  }
}
