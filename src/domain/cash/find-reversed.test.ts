import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findReversed } from './find-reversed.ts';

const payment = (name: string, references: string[] = [], amountMinor = 100n, currency = 'EUR') => ({
  payment: name,
  references,
  amountMinor,
  currency,
});
const cases: { name: string; names: string[]; payments: ReturnType<typeof payment>[]; found: string | undefined }[] = [
  { name: 'by its own name', names: ['R-1', 'B-1'], payments: [payment('B-1')], found: 'B-1' },
  { name: 'by a reference', names: ['R-1', 'E-1'], payments: [payment('B-1', ['E-1'])], found: 'B-1' },
  {
    name: 'its own name goes first',
    names: ['E-1', 'B-2'],
    payments: [payment('B-1', ['E-1']), payment('B-2')],
    found: 'B-2',
  },
  {
    name: 'the first of a batch of equal ones',
    names: ['B'],
    payments: [payment('1', ['B']), payment('2', ['B'])],
    found: '1',
  },
  { name: 'another amount', names: ['B-1'], payments: [payment('B-1', [], 99n)], found: undefined },
  { name: 'another currency', names: ['B-1'], payments: [payment('B-1', [], 100n, 'USD')], found: undefined },
  { name: 'nobody of that name', names: ['B-9'], payments: [payment('B-1', ['E-1'])], found: undefined },
];
for (const { name, names, payments, found } of cases) {
  test(`find reversed: ${name}`, () => {
    assert.equal(findReversed({ names, currency: 'EUR', amountMinor: 100n }, payments)?.payment, found);
  });
}
