// What is disputed, and what is paid after each way a dispute may end; computed by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disputedMinor, settle } from './dispute.ts';

const line = (code: string, billedMinor: bigint, expectedMinor: bigint, isWithinTolerance = false) => {
  return { shipment: 'S-1', code, billedMinor, expectedMinor, isWithinTolerance };
};
// 5.00 high within tolerance; 62.50 and 37.50 too high; 10.00 too low.
const COMPARED = [
  line('LHL', 54_500n, 54_000n, true),
  line('DET', 12_500n, 6_250n),
  line('LFT', 3_750n, 0n),
  line('FSC', 11_000n, 12_000n),
];
const OPEN = { state: 'open', compared: COMPARED, hasBill: false } as const;

test('disputed is what is out of tolerance and too high', () => {
  assert.equal(disputedMinor(COMPARED), 10_000n);
});

const ends: [
  to: 'accepted' | 'short-paid' | 'written-off',
  part: bigint | undefined,
  recovered: bigint,
  paid: string,
][] = [
  ['accepted', undefined, 10_000n, 'LHL 54500 DET 6250 FSC 11000'],
  // 6250 : 3750 of 80.00 is 50.00 and 30.00
  ['accepted', 8_000n, 8_000n, 'LHL 54500 DET 7500 LFT 750 FSC 11000'],
  ['short-paid', undefined, 10_000n, 'LHL 54500 DET 6250 FSC 11000'],
  ['written-off', undefined, 0n, 'LHL 54500 DET 12500 LFT 3750 FSC 11000'],
];
for (const [to, part, recovered, paid] of ends) {
  test(`${to}${part === undefined ? '' : ` for ${part}`}: ${recovered} comes back`, () => {
    const settled = settle(OPEN, to, part);
    if (!settled.ok) assert.fail(settled.detail);
    assert.equal(settled.recoveredMinor, recovered);
    assert.equal((settled.payable ?? []).map(({ code, amountMinor }) => `${code} ${amountMinor}`).join(' '), paid);
  });
}

test('sent settles nothing', () => {
  assert.deepEqual(settle(OPEN, 'sent'), { ok: true, recoveredMinor: 0n });
});

const refusals: [what: string, given: Parameters<typeof settle>, kind: string][] = [
  ['what was settled stays so', [{ ...OPEN, state: 'short-paid' }, 'written-off'], 'settled'],
  ['what resolved itself is over', [{ ...OPEN, state: 'resolved' }, 'sent'], 'settled'],
  ['what is paid in full cannot be paid short', [{ ...OPEN, hasBill: true }, 'short-paid'], 'paid-in-full'],
  ['no more than is disputed comes back', [OPEN, 'accepted', 10_001n], 'amount'],
  ['nor less than nothing', [OPEN, 'accepted', -1n], 'amount'],
  ['a part is for accepted alone', [OPEN, 'short-paid', 5n], 'amount'],
];
for (const [what, given, kind] of refusals) {
  test(`refused: ${what}`, () => {
    const settled = settle(...given);
    assert.equal(settled.ok ? 'ok' : settled.kind, kind);
  });
}

test('a bill that is in the ERP in full is not made again', () => {
  assert.deepEqual(settle({ ...OPEN, hasBill: true }, 'accepted'), { ok: true, recoveredMinor: 10_000n });
});
