// What a list says of a shipment's money that is on no posted document.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargeRow } from '../model/decision.ts';
import { unpostedOf } from './listing.ts';

const charge = (state: ChargeRow['state'], amountMinor: bigint, more: Partial<ChargeRow> = {}): ChargeRow => ({
  ...{ side: 'sell', code: 'linehaul', currency: 'USD', state, amountMinor },
  ...more,
});

const cases: readonly { says: string; charges: readonly ChargeRow[]; unposted: readonly [string, string][] }[] = [
  { says: 'nothing without charges', charges: [], unposted: [] },
  {
    says: 'expected and pending are added up',
    charges: [charge('expected', 10_000n), charge('pending', 2_150n, { code: 'fuel' })],
    unposted: [['USD', '12150']],
  },
  {
    says: 'what is invoiced, waived or the carrier’s is not in it',
    charges: [charge('invoiced', 1n), charge('waived', 2n), charge('expected', 4n, { side: 'buy' })],
    unposted: [],
  },
  {
    says: 'currencies stand apart, in order',
    charges: [charge('pending', 5n), charge('pending', 7n, { currency: 'CAD' })],
    unposted: [
      ['CAD', '7'],
      ['USD', '5'],
    ],
  },
  {
    says: 'what comes to nothing is told all the same',
    charges: [charge('invoiced', 500n), charge('pending', 500n), charge('pending', -500n, { code: 'credit' })],
    unposted: [['USD', '0']],
  },
];

for (const { says, charges, unposted } of cases) {
  test(`unposted: ${says}`, () => assert.deepEqual(unpostedOf(charges), unposted));
}
