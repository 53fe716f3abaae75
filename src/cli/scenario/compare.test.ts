import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDifferences, differences } from './compare.ts';

const invoice = { number: 'S-1-1', total: '10.00', postedAt: '2026-03-05T15:30:00Z' };
const cases = [
  { name: 'the same', expected: { erp: { bills: 0 } }, got: { erp: { bills: 0 } }, paths: [] },
  { name: 'a key not expected may be anything', expected: {}, got: { orders: [1] }, paths: [] },
  { name: 'an unknown time may be missing', expected: { pickedUpAt: null }, got: {}, paths: [] },
  { name: 'a known time may not', expected: { pickedUpAt: '2026-03-05T15:30:00Z' }, got: {}, paths: ['pickedUpAt'] },
  {
    name: 'an amount',
    expected: { invoices: [invoice] },
    got: { invoices: [{ ...invoice, total: '11.00' }] },
    paths: ['invoices[S-1-1].total'],
  },
  {
    name: 'posted a minute later',
    expected: { invoices: [invoice] },
    got: { invoices: [{ ...invoice, postedAt: '2026-03-05T15:31:00Z' }] },
    paths: [],
  },
  {
    name: 'posted more than a minute later',
    expected: { invoices: [invoice] },
    got: { invoices: [{ ...invoice, postedAt: '2026-03-05T15:31:01Z' }] },
    paths: ['invoices[S-1-1].postedAt'],
  },
  {
    name: 'a row missing is one difference',
    expected: { shipments: [{ shipment: 'A' }, { shipment: 'B' }, { shipment: 'C' }] },
    got: { shipments: [{ shipment: 'B' }, { shipment: 'C' }] },
    paths: ['shipments[A]'],
  },
  {
    name: 'a row too many',
    expected: { exceptions: [] },
    got: { exceptions: [{ kind: 'no-lane', subject: 'A', state: 'open' }] },
    paths: ['exceptions[no-lane A open]'],
  },
  {
    name: 'rows in another order',
    expected: { shipments: [{ shipment: 'A' }, { shipment: 'B' }] },
    got: { shipments: [{ shipment: 'B' }, { shipment: 'A' }] },
    paths: ['shipments (order)'],
  },
  { name: 'lines by position', expected: { lines: ['a', 'b'] }, got: { lines: ['a'] }, paths: ['lines[1]'] },
];

for (const { name, expected, got, paths } of cases) {
  test(`compare: ${name}`, () => {
    assert.deepEqual(
      differences(expected, got).map(({ path }) => path),
      paths,
    );
  });
}

test('a difference is shown with its path and both sides', () => {
  assert.deepEqual(describeDifferences(differences({ erp: { bills: 0 } }, { erp: {} })), [
    'erp.bills\n  expected 0\n  got      nothing',
  ]);
});
