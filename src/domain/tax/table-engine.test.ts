// The table behind the port: which row holds, and what a line bears by it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableEngine, taxOn } from './table-engine.ts';
import { describeTaxEngine } from './testing/describe-tax-engine.ts';

const ROWS = [
  { legalEntity: 'us-inc', country: 'US', category: 'freight', rate: '0.00' },
  { legalEntity: 'us-inc', country: 'US', region: 'TX', category: 'freight', rate: '0.0825', version: 2 },
  { legalEntity: 'ca-ltd', country: 'CA', rate: '0.05' },
];
const AUSTIN = { legalEntity: 'us-inc', country: 'US', region: 'TX' };
const TORONTO = { legalEntity: 'ca-ltd', country: 'CA', region: 'ON' };

describeTaxEngine('table', {
  engine: tableEngine(ROWS),
  // 2031.93 × 8.25 % = 167.634…; 10.05 × 5 % = 0.5025
  taxed: [
    { place: AUSTIN, category: 'freight', amountMinor: 203_193n, currency: 'USD', owes: 16_763n, rate: '0.0825' },
    { place: TORONTO, category: 'goods', amountMinor: 1_005n, currency: 'CAD', owes: 50n, rate: '0.05' },
  ],
  untaxable: { place: { legalEntity: 'us-inc', country: 'MX' }, category: 'freight' },
});
describeTaxEngine('no table, no tax', {
  engine: tableEngine(undefined),
  taxed: [{ place: {}, category: 'freight', amountMinor: 100n, currency: 'USD', owes: 0n, rate: '0' }],
});

const cases = [
  { name: 'the country', place: { ...AUSTIN, region: 'GA' }, basis: 'row us-inc/US/*/freight' },
  { name: 'more keys win', place: AUSTIN, basis: 'row us-inc/US/TX/freight, version 2' },
  { name: 'without a category it holds for all', place: TORONTO, category: 'safety', basis: 'row ca-ltd/CA/*/*' },
  { name: 'another category', place: AUSTIN, category: 'goods', basis: undefined },
  { name: 'another country', place: { ...AUSTIN, country: 'MX' }, basis: undefined },
];

for (const { name, place, category = 'freight', basis } of cases) {
  test(`tax by table: ${name}`, () => {
    const answer = tableEngine(ROWS).commit({ place, category, amountMinor: 100n, currency: 'USD' });
    assert.equal(answer.kind === 'determined' ? answer.record.basis : undefined, basis);
  });
}

test('tax by table: what is missing is said', () => {
  const place = { legalEntity: 'us-inc', country: 'MX', region: 'NLE' };
  assert.deepEqual(tableEngine(ROWS).estimate({ place, category: 'freight', amountMinor: 0n, currency: 'USD' }), {
    kind: 'undetermined',
    detail: 'no tax row of us-inc for freight into MX-NLE',
  });
});

test('tax: per line, half-up to the minor unit', () => {
  assert.equal(taxOn(203193n, '0.0825', 'USD'), 16763n); // 2031.93 × 8.25 % = 167.634…
  assert.equal(taxOn(4550n, '0.13', 'CAD'), 592n); // 45.50 × 13 % = 5.915
  assert.equal(taxOn(105n, '0.10', 'JPY'), 11n); // 10.5 yen
  assert.equal(taxOn(12345n, '0.10', 'KWD'), 1235n); // 1.2345 dinar
});
