import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoodsOfOrder } from '../../contract.ts';
import { sampleDocument } from '../../testing/describe-connector.ts';
import { externalIdsOf } from '../external-id.ts';
import { bookkeepingFor } from '../settings.ts';
import { loadGroupOf, loadTable, mayStateBalances } from './invoice.ts';
import { type HeldOrders, orderLineOf, payerOf, tooPrecise } from './orders.ts';

const held: HeldOrders = {
  lines: new Map([[31, { id: 31, order: 'S00012', orderId: 12, productId: 7, unitId: 1, payerId: 44 }]]),
  precision: { price: 2, quantity: 2 },
};
const goods = (changes: Partial<GoodsOfOrder> = {}): GoodsOfOrder => ({
  order: 'S00012',
  line: 31,
  quantity: '4',
  unitPrice: '12.50',
  ...changes,
});
const withGoods = (goodsOfLine: GoodsOfOrder) =>
  sampleDocument('G-1', {
    lines: [
      { shipment: 'S-1', code: 'GDS', description: '4 boxes', amountMinor: 5_000n, goods: goodsOfLine },
      { shipment: 'S-1', code: 'LHL', description: 'Linehaul', amountMinor: 9_900n },
    ],
  });

test("orders: a line is the order's own only by its id and the order's number", () => {
  assert.equal(orderLineOf(held, goods())?.id, 31);
  assert.equal(orderLineOf(held, goods({ order: 'PO-4711' })), undefined);
  assert.equal(orderLineOf(held, goods({ line: 1 })), undefined);
  assert.equal(orderLineOf(held, undefined), undefined);
  assert.deepEqual([payerOf(withGoods(goods()), held), payerOf(withGoods(goods({ line: 1 })), held)], [44, undefined]);
});

const precisions: readonly { name: string; of: GoodsOfOrder; says: RegExp | undefined }[] = [
  { name: 'what Odoo keeps', of: goods({ quantity: '4.25', unitPrice: '12.50' }), says: undefined },
  { name: 'zeros at the end', of: goods({ quantity: '4.000', unitPrice: '12.5000' }), says: undefined },
  {
    name: 'a price too fine',
    of: goods({ unitPrice: '12.505' }),
    says: /keeps 2 decimals of a price, .* 12\.505 of order S00012 line 31 on G-1/,
  },
  { name: 'a quantity too fine', of: goods({ quantity: '0.125' }), says: /keeps 2 decimals of a quantity, .* 0\.125 / },
  { name: 'of an order that Odoo does not hold', of: goods({ line: 1, unitPrice: '12.505' }), says: undefined },
];
for (const { name, of, says } of precisions) {
  test(`orders: ${name}`, () => {
    const refusal = tooPrecise(withGoods(of), held);
    if (says === undefined) assert.equal(refusal, undefined);
    else assert.match(refusal?.sentence ?? '', says);
  });
}

const rowsOf = (of: GoodsOfOrder) => {
  const bookkeeping = bookkeepingFor({ url: '', database: '', key: '' });
  const place = {
    currencyId: 1,
    isOwnCurrency: true,
    taxIds: new Map(),
    journal: { id: 1, accountId: 26 },
    bookkeeping,
  };
  const draftable = { document: withGoods(of), partnerId: 44, orders: held, ...place };
  const { fields, data } = loadTable([draftable], externalIdsOf('lading'));
  const columns = fields.map((field, index) => [field.replace('invoice_line_ids/', ''), data.map((row) => row[index])]);
  return { draftable, group: loadGroupOf(draftable), columns: Object.fromEntries(columns) as Record<string, string[]> };
};

test('orders: a goods line goes by quantity and price and points to the order, freight goes beside it', () => {
  const { columns, draftable } = rowsOf(goods());
  assert.deepEqual(columns.quantity, ['4', '1']);
  assert.deepEqual(columns.price_unit, ['12.50', '99.00']);
  assert.deepEqual(columns['sale_line_ids/.id'], ['31', '']);
  assert.deepEqual(columns['product_id/.id'], ['7', '']);
  assert.deepEqual(columns['product_uom_id/.id'], ['1', '']);
  assert.equal(mayStateBalances(draftable), false, 'what it comes to is the order’s to say');
  assert.equal(columns['account_id/.id'], undefined, "the product's own account, so none is said on the document");
});

test('orders: goods of an order that Odoo does not hold are a line like any other, and go in another load', () => {
  const { columns, draftable, group } = rowsOf(goods({ line: 1 }));
  assert.equal(mayStateBalances(draftable), true);
  assert.equal(mayStateBalances({ ...draftable, isOwnCurrency: false }), false);
  assert.deepEqual(columns.quantity, ['1', '1']);
  assert.deepEqual(columns.price_unit, ['50.00', '99.00']);
  assert.equal(columns['sale_line_ids/.id'], undefined);
  assert.notEqual(group, rowsOf(goods()).group);
});
