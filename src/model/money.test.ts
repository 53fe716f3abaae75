import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from './decimal.ts';
import {
  allocate,
  formatMinor,
  isCurrency,
  minorExponent,
  parseMinor,
  type Rounding,
  toMajor,
  toMinor,
} from './money.ts';

const rounded: { amount: string; currency: string; rounding: Rounding; minor: bigint }[] = [
  { amount: '128.4', currency: 'USD', rounding: 'half-up', minor: 12_840n },
  { amount: '0.005', currency: 'USD', rounding: 'half-up', minor: 1n },
  { amount: '0.0049999', currency: 'USD', rounding: 'half-up', minor: 0n },
  { amount: '0.005', currency: 'USD', rounding: 'half-even', minor: 0n },
  { amount: '0.015', currency: 'USD', rounding: 'half-even', minor: 2n },
  { amount: '0.0150000001', currency: 'USD', rounding: 'half-even', minor: 2n },
  { amount: '0.0250000001', currency: 'USD', rounding: 'half-even', minor: 3n },
  { amount: '-0.005', currency: 'USD', rounding: 'half-up', minor: -1n },
  { amount: '-0.025', currency: 'USD', rounding: 'half-even', minor: -2n },
  { amount: '99.995', currency: 'USD', rounding: 'half-up', minor: 10_000n },
  { amount: '1012.5', currency: 'JPY', rounding: 'half-up', minor: 1_013n },
  { amount: '1200', currency: 'JPY', rounding: 'half-even', minor: 1_200n },
  { amount: '1.2345', currency: 'KWD', rounding: 'half-up', minor: 1_235n },
  { amount: '1.2345', currency: 'KWD', rounding: 'half-even', minor: 1_234n },
  { amount: '0', currency: 'USD', rounding: 'half-up', minor: 0n },
  { amount: '100000', currency: 'USD', rounding: 'half-up', minor: 10_000_000n },
  // Beyond what a float holds
  { amount: '90071992547409931.005', currency: 'USD', rounding: 'half-up', minor: 9_007_199_254_740_993_101n },
];

for (const { amount, currency, rounding, minor } of rounded) {
  test(`${amount} ${currency}, ${rounding}, is ${minor} minor units`, () => {
    assert.equal(toMinor(decimal(amount), currency, rounding), minor);
  });
}

const texts: { text: string; currency: string; minor: bigint | undefined }[] = [
  { text: '128.40', currency: 'USD', minor: 12_840n },
  { text: '128.4', currency: 'USD', minor: 12_840n },
  { text: '128', currency: 'USD', minor: 12_800n },
  { text: '128.400', currency: 'USD', minor: 12_840n },
  { text: '128.401', currency: 'USD', minor: undefined },
  { text: '-0.01', currency: 'USD', minor: -1n },
  { text: '500', currency: 'JPY', minor: 500n },
  { text: '500.5', currency: 'JPY', minor: undefined },
  { text: '1.234', currency: 'KWD', minor: 1_234n },
  { text: '1,234.00', currency: 'USD', minor: undefined },
  { text: '', currency: 'USD', minor: undefined },
  { text: '1e3', currency: 'USD', minor: undefined },
  { text: '.5', currency: 'USD', minor: undefined },
];

for (const { text, currency, minor } of texts) {
  test(`"${text}" ${currency} ${minor === undefined ? 'is no amount' : `is ${minor} minor units`}`, () => {
    assert.equal(parseMinor(text, currency), minor);
  });
}

const shown: [bigint, string, string][] = [
  [12_840n, 'USD', '128.40'],
  [5n, 'USD', '0.05'],
  [-5n, 'USD', '-0.05'],
  [0n, 'USD', '0.00'],
  [500n, 'JPY', '500'],
  [-500n, 'JPY', '-500'],
  [1_234n, 'KWD', '1.234'],
];

for (const [minor, currency, text] of shown) {
  test(`${minor} minor units of ${currency} read ${text}`, () => assert.equal(formatMinor(minor, currency), text));
}

test('minor units and major units are one amount', () => {
  assert.equal(toMajor(12_840n, 'USD').toFixed(), '128.4');
  assert.equal(toMajor(-500n, 'JPY').toFixed(), '-500');
});

test('currencies: ISO 4217 with their decimals, and nothing else', () => {
  assert.deepEqual(['USD', 'JPY', 'KWD', 'CLF'].map(minorExponent), [2, 0, 3, 4]);
  assert.deepEqual(['USD', 'EUR', 'usd', 'US', 'ZZZ'].map(isCurrency), [true, true, false, false, false]);
});

const shares: { name: string; amount: bigint; weights: bigint[]; parts: bigint[] }[] = [
  { name: 'even', amount: 100n, weights: [1n, 1n], parts: [50n, 50n] },
  {
    name: 'the unit left over goes to the first of equals',
    amount: 100n,
    weights: [1n, 1n, 1n],
    parts: [34n, 33n, 33n],
  },
  // 3.333, 6.667: the larger remainder
  { name: 'the unit left over goes to the largest remainder', amount: 10n, weights: [1n, 2n], parts: [3n, 7n] },
  { name: 'a weight of zero gets nothing', amount: 7n, weights: [0n, 3n, 0n], parts: [0n, 7n, 0n] },
  { name: 'a negative amount mirrors', amount: -100n, weights: [1n, 1n, 1n], parts: [-34n, -33n, -33n] },
  { name: 'nothing to share', amount: 0n, weights: [2n, 5n], parts: [0n, 0n] },
];

for (const { name, amount, weights, parts } of shares) {
  test(`allocate: ${name}`, () => assert.deepEqual(allocate(amount, weights), parts));
}

test('allocate: weights that cannot share are a bug', () => {
  assert.throws(() => allocate(1n, []), RangeError);
  assert.throws(() => allocate(1n, [0n]), RangeError);
  assert.throws(() => allocate(1n, [2n, -1n]), RangeError);
});
