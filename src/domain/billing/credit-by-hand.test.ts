import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentByHand } from './credit-by-hand.ts';

const line = { shipment: 'S-1', description: 'a line', taxRate: '0.1' };
const credited = {
  ...{ number: 'S-1-1', customer: 'acme', currency: 'USD', shipments: ['S-1'] },
  lines: [
    { ...line, code: 'LHL', amountMinor: 30_000n, taxMinor: 3_000n },
    { ...line, code: 'FSC', amountMinor: 10_000n, taxMinor: 1_000n },
  ],
};
const note = { record: '77', erpNumber: 'RINV/2026/00003', subtotalMinor: 10_001n, taxMinor: 1_000n };

test('a credit note by hand is shared out by the amounts of its invoice, to the cent', () => {
  const document = documentByHand(credited, note, 5);
  assert.deepEqual(
    document?.lines.map(({ code, amountMinor, taxMinor }) => [code, amountMinor, taxMinor]),
    // 10,001 × 3/4 = 7,500.75 and × 1/4 = 2,500.25: the cent left over goes to the larger remainder.
    [
      ['LHL', 7_501n, 750n],
      ['FSC', 2_500n, 250n],
    ],
  );
  assert.equal(document?.number, 'S-1-1/credit-77');
  assert.equal(document?.corrects, 'S-1-1');
});

test('nothing is made of a note over nothing, or against an invoice over nothing', () => {
  assert.equal(documentByHand(credited, { ...note, subtotalMinor: 0n }, 5), undefined);
  const free = credited.lines.map((each) => ({ ...each, amountMinor: 0n }));
  assert.equal(documentByHand({ ...credited, lines: free }, note, 5), undefined);
});
