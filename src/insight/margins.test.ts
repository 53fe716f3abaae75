// Margins by hand, with a buy side in another currency, with and without a rate.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RateUsed } from '../model/exchange.ts';
import type { HeldAmounts } from '../store/read/margins.ts';
import { marginLines } from './margins.ts';

const CAD: RateUsed = { from: 'CAD', to: 'USD', rate: '0.7351', effective: '2026-03-02' };
const held = (
  currency: string,
  revenueMinor: bigint,
  costMinor: bigint,
  rates: readonly RateUsed[] = [],
): HeldAmounts => ({
  ...{ of: 'acme', legalEntity: 'us-inc', currency, rates, revenueMinor, costMinor },
  ...{ earnedRevenueMinor: revenueMinor, earnedCostMinor: 0n },
});

const cases: { name: string; amounts: HeldAmounts[]; lines: string[] }[] = [
  { name: 'one currency', amounts: [held('USD', 48_000n, 36_000n)], lines: ['480.00 − 360.00 = 120.00 USD 25.0 %'] },
  {
    name: 'converted by its own rate: 600.00 CAD × 0.7351 = 441.06 USD',
    amounts: [held('USD', 10_000n, 0n), held('USD', 48_000n, 0n, [CAD]), held('CAD', 0n, 60_000n, [CAD])],
    lines: ['580.00 − 441.06 = 138.94 USD 24.0 % CAD/USD'],
  },
  {
    name: 'without a rate, each currency by itself and neither the whole',
    amounts: [held('CAD', 0n, 60_000n), held('USD', 48_000n, 0n)],
    lines: ['0.00 − 600.00 = -600.00 CAD part', '480.00 − 0.00 = 480.00 USD part'],
  },
  { name: 'a loss', amounts: [held('USD', 30_000n, 30_500n)], lines: ['300.00 − 305.00 = -5.00 USD -1.7 %'] },
  { name: 'yen have no decimals', amounts: [held('JPY', 9_000n, 8_000n)], lines: ['9000 − 8000 = 1000 JPY 11.1 %'] },
  { name: 'what came to nothing is not told', amounts: [held('USD', 0n, 0n)], lines: [] },
];
for (const { name, amounts, lines } of cases) {
  test(`margins: ${name}`, () => {
    const told = marginLines('customer', amounts).map(
      ({ revenue, cost, margin, currency, marginPercent, converted, isPart }) =>
        [
          `${revenue} − ${cost} = ${margin} ${currency}`,
          marginPercent && `${marginPercent} %`,
          ...converted,
          isPart && 'part',
        ]
          .filter((word) => typeof word === 'string')
          .join(' '),
    );
    assert.deepEqual(told, lines);
  });
}
