import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../model/decimal.ts';
import type { Order } from '../../model/shipment.ts';
import type { GoodsLine } from './contents.ts';
import { priceGoods } from './price.ts';

const order = (number: string, currency: string, ...lines: Order['lines']): Order => ({
  order: number,
  customer: 'acme',
  lines,
  shipTo: {},
  currency,
  placedAt: '2026-03-01T00:00:00Z',
});
const ORDERS = [
  order(
    'O-1',
    'USD',
    { line: 1, quantity: '10', unitPrice: '3.335' },
    { line: 2, quantity: '10', unitPrice: '0', taxCategory: 'safety' },
    { line: 3, quantity: '10', unitPrice: '-1.00' },
  ),
  order('O-2', 'JPY', { line: 1, quantity: '10', unitPrice: '12.5' }),
  order('O-3', 'KWD', { line: 1, quantity: '10', unitPrice: '0.3335' }),
];
const held = (number: string, line: number, kept: string): GoodsLine => {
  return { order: number, line, shipped: decimal(kept), kept: decimal(kept), facts: [] };
};

const cases: { name: string; goods: GoodsLine[]; charges: string[]; unknown?: string[]; taxCategories?: string[] }[] = [
  { name: 'half up to the cent', goods: [held('O-1', 1, '1')], charges: ['O-1/1 334 USD'] },
  { name: 'the line is rounded, not the piece', goods: [held('O-1', 1, '3')], charges: ['O-1/1 1001 USD'] },
  { name: 'a part of a piece', goods: [held('O-1', 1, '0.5')], charges: ['O-1/1 167 USD'] },
  { name: 'no decimals', goods: [held('O-2', 1, '1')], charges: ['O-2/1 13 JPY'] },
  { name: 'three decimals', goods: [held('O-3', 1, '3')], charges: ['O-3/1 1001 KWD'] },
  { name: 'a rebate', goods: [held('O-1', 3, '2')], charges: ['O-1/3 -200 USD'] },
  {
    name: 'free of charge, and taxed for all that',
    goods: [held('O-1', 2, '5')],
    charges: [],
    taxCategories: ['safety'],
  },
  { name: 'nothing was kept', goods: [held('O-1', 1, '0')], charges: [] },
  {
    name: 'what is known is charged, whatever is not',
    goods: [held('O-1', 1, '2'), held('O-1', 9, '2'), held('O-9', 1, '1'), held('O-9', 2, '1')],
    charges: ['O-1/1 667 USD'],
    unknown: ['O-1/9', 'O-9'],
  },
];

for (const { name, goods, charges, unknown = [], taxCategories = ['goods'] } of cases) {
  test(`price: ${name}`, () => {
    const pricing = priceGoods(goods, ORDERS);
    const said = pricing.charges.map((each) => `${each.order}/${each.line} ${each.amountMinor} ${each.currency}`);
    assert.deepEqual(said, charges);
    assert.deepEqual(pricing.unknown, unknown);
    assert.deepEqual(pricing.taxCategories, taxCategories);
  });
}

test('price: the arithmetic in words', () => {
  const [charge] = priceGoods([held('O-1', 1, '3')], ORDERS).charges;
  assert.deepEqual(charge?.derivation(), ['order O-1 line 1: 3 × 3.335 = 10.01 USD']);
});
