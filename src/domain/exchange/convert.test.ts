// Rates by date and conversions by hand, with currencies of 0, 2 and 3 decimals.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExchangeRate } from '../../model/rules.ts';
import { ruleBookFrom } from '../rules.ts';
import { conversionInWords, converted, rateOn } from './convert.ts';

const RATES: ExchangeRate[] = [
  { from: 'CAD', to: 'USD', effective: '2026-03-02', rate: '0.7351' },
  { from: 'CAD', to: 'USD', effective: '2026-03-09', rate: '0.7402' },
  { from: 'USD', to: 'JPY', effective: '2026-03-02', rate: '149.25' },
  { from: 'KWD', to: 'USD', effective: '2026-03-02', rate: '3.2541' },
];
const BOOK = ruleBookFrom({
  versions: RATES.map((content, at) => ({ kind: 'exchange', id: `${at}`, version: 1, importedAt: 0, content })),
  fuelPrices: [],
});

const dates = [
  { date: '2026-03-01', rate: undefined, name: 'before the first entry there is none' },
  { date: '2026-03-02', rate: '0.7351', name: 'on its day' },
  { date: '2026-03-08', rate: '0.7351', name: 'until the next' },
  { date: '2026-04-30', rate: '0.7402', name: 'the last one holds on' },
];
for (const { date, rate, name } of dates) {
  test(`exchange rate: ${name}`, () => assert.equal(rateOn(BOOK, 'CAD', 'USD', date)?.rate, rate));
}

const conversions = [
  { from: 'CAD', to: 'USD', minor: 120_000n, gives: 88_212n, name: '1200.00 × 0.7351' },
  { from: 'USD', to: 'CAD', minor: 88_212n, gives: 120_000n, name: '882.12 ÷ 0.7351, the other direction' },
  { from: 'USD', to: 'JPY', minor: 101n, gives: 151n, name: '1.01 × 149.25 = 150.7425 yen' },
  { from: 'JPY', to: 'USD', minor: 1_000n, gives: 670n, name: '1000 ÷ 149.25 = 6.7002' },
  { from: 'KWD', to: 'USD', minor: 12_345n, gives: 4_017n, name: '12.345 × 3.2541 = 40.1719' },
  { from: 'USD', to: 'KWD', minor: 4_017n, gives: 12_344n, name: '40.17 ÷ 3.2541 = 12.34442' },
];
for (const { from, to, minor, gives, name } of conversions) {
  test(`conversion ${from} to ${to}: ${name}`, () => {
    const used = rateOn(BOOK, from, to, '2026-03-04');
    assert.ok(used);
    assert.equal(converted(minor, used), gives);
    assert.equal(converted(-minor, used), -gives, 'the same below zero');
  });
}

test('conversion: never through a third currency', () => {
  assert.equal(rateOn(BOOK, 'CAD', 'JPY', '2026-03-04'), undefined);
});

test('conversion: in words', () => {
  const used = rateOn(BOOK, 'CAD', 'USD', '2026-03-04');
  const back = rateOn(BOOK, 'USD', 'CAD', '2026-03-04');
  assert.ok(used && back);
  assert.equal(conversionInWords(120_000n, used), '1200.00 CAD × 0.7351 (CAD to USD of 2026-03-02) = 882.12 USD');
  assert.equal(conversionInWords(88_212n, back), '882.12 USD ÷ 0.7351 (CAD to USD of 2026-03-02) = 1200.00 CAD');
});
