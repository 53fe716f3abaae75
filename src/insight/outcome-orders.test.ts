import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order } from '../model/shipment.ts';
import { orderRows } from './outcome-orders.ts';

const order = (...prices: string[]): Order => ({
  order: 'O-1',
  customer: 'acme',
  lines: prices.map((unitPrice, index) => ({ line: index + 1, quantity: '10.0', unitPrice })),
  shipTo: {},
  currency: 'USD',
  placedAt: '2026-03-01T00:00:00Z',
});
/** Planned, delivered, invoiced of each line. */
const done = (...lines: [string, string, string][]) =>
  lines.map(([planned, delivered, invoiced], index) => {
    return { order: 'O-1', customer: 'acme', line: index + 1, planned, delivered, invoiced };
  });

const cases = [
  { name: 'nothing known of it', order: order('1.00'), done: done(), status: 'open' },
  { name: 'planned alone', order: order('1.00'), done: done(['10', '0', '0']), status: 'open' },
  { name: 'invoiced before delivery', order: order('1.00'), done: done(['10', '0', '10']), status: 'open' },
  { name: 'one line of two', order: order('1', '1'), done: done(['10', '10', '10']), status: 'partly-delivered' },
  { name: 'one short', order: order('1.00'), done: done(['10', '9.5', '9.5']), status: 'partly-delivered' },
  { name: 'whole', order: order('1.00'), done: done(['10', '10', '0']), status: 'delivered' },
  { name: 'more than whole', order: order('1.00'), done: done(['12', '12', '10']), status: 'delivered' },
  { name: 'whole and billed', order: order('1.00'), done: done(['10', '10.00', '10']), status: 'invoiced' },
  {
    name: 'free of charge needs no invoice',
    order: order('1', '0.00'),
    done: done(['10', '10', '10'], ['10', '10', '0']),
    status: 'invoiced',
  },
] as const;

for (const { name, order: placed, done: quantities, status } of cases) {
  test(`an order: ${name}`, () => assert.equal(orderRows([placed], quantities)[0]?.status, status));
}

test('a line that is gone is not listed, quantities are without trailing zeros, another customer’s are its own', () => {
  const others = { ...done(['3', '3', '3'])[0], customer: 'harbor' } as ReturnType<typeof done>[number];
  const rows = orderRows([order('1.00')], [...done(['7.50', '2.0', '0.00'], ['1', '1', '1']), others]);
  const line = { line: 1, ordered: '10', planned: '7.5', delivered: '2', invoiced: '0' };
  assert.deepEqual(rows, [{ order: 'O-1', customer: 'acme', status: 'partly-delivered', lines: [line] }]);
});
