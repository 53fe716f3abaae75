import assert from 'node:assert/strict';
import { test } from 'node:test';
import { determineTax, taxOn } from './determine.ts';

const rows = [
  { legalEntity: 'us-inc', country: 'US', category: 'freight', rate: '0.00' },
  { legalEntity: 'us-inc', country: 'US', region: 'TX', category: 'freight', rate: '0.0825' },
  { legalEntity: 'ca-ltd', country: 'CA', rate: '0.05' },
];
const cases = [
  {
    name: 'the country',
    question: { legalEntity: 'us-inc', country: 'US', region: 'GA', category: 'freight' },
    rate: '0.00',
  },
  {
    name: 'more keys win',
    question: { legalEntity: 'us-inc', country: 'US', region: 'TX', category: 'freight' },
    rate: '0.0825',
  },
  {
    name: 'a row without a category holds for all',
    question: { legalEntity: 'ca-ltd', country: 'CA', category: 'safety' },
    rate: '0.05',
  },
  { name: 'another category', question: { legalEntity: 'us-inc', country: 'US', category: 'goods' }, rate: undefined },
  { name: 'another country', question: { legalEntity: 'us-inc', country: 'MX', category: 'freight' }, rate: undefined },
];

for (const { name, question, rate } of cases) {
  test(`tax: ${name}`, () => {
    const answer = determineTax(rows, question);
    assert.equal(answer.kind === 'rate' ? answer.rate : undefined, rate);
  });
}

test('tax: no table, no tax', () => {
  assert.deepEqual(determineTax(undefined, { category: 'freight' }), { kind: 'rate', rate: '0' });
});

test('tax: per line, half-up to the minor unit', () => {
  assert.equal(taxOn(203193n, '0.0825', 'USD'), 16763n); // 2031.93 × 8.25 % = 167.634…
  assert.equal(taxOn(4550n, '0.13', 'CAD'), 592n); // 45.50 × 13 % = 5.915
  assert.equal(taxOn(105n, '0.10', 'JPY'), 11n); // 10.5 yen
});
