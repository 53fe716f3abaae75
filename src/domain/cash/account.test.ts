// Payments applied to one account in turn; what each sees is what those before it left. Computed by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccountItem, openAccount, settlePayment, type WaitingPayment } from './account.ts';

const item = (number: string, totalMinor: bigint, more: Partial<AccountItem> = {}): AccountItem => ({
  ...{ number, kind: 'invoice', currency: 'USD', shipments: [number.slice(0, 1)], totalMinor },
  ...more,
});
const payment = (name: string, amountMinor: bigint, more: Partial<WaitingPayment> = {}): WaitingPayment => ({
  ...{ payment: name, currency: 'USD', amountMinor, remittance: [], text: '' },
  ...more,
});
// The note of A takes 30 of what A-1 has open before any payment is looked at.
const DOCUMENTS = [
  item('A-1', 100n),
  item('B-1', 70n, { erpNumber: 'INV/7' }),
  item('C-1', 70n),
  item('A-2', 30n, { kind: 'credit-note' }),
];

const cases: [what: string, payments: WaitingPayment[], left: string, open: string][] = [
  ['three of one amount leave the choice to a person', [payment('P', 70n)], '70', '70 70 70'],
  [
    'one that names, and the others of that amount are still two',
    [payment('P', 70n, { text: 'for inv/7' }), payment('Q', 70n)],
    '0 70',
    '70 0 70',
  ],
  [
    'the third of one amount is the only one left',
    [payment('P', 70n, { text: 'A-1' }), payment('Q', 70n, { text: 'B-1' }), payment('R', 70n)],
    '0 0 0',
    '0 0 0',
  ],
  [
    'tried before, with as many documents: not again by its amount',
    [payment('P', 140n, { text: 'A-1, B-1' }), payment('Q', 70n, { documentsSeen: 4 })],
    '0 70',
    '0 0 70',
  ],
  [
    'a document more than when it was tried: again',
    [payment('P', 140n, { text: 'A-1, B-1' }), payment('Q', 70n, { documentsSeen: 3 })],
    '0 0',
    '0 0 0',
  ],
  [
    'two remittances for one invoice: the second finds what the first left',
    [
      payment('P', 50n, { remittance: [{ invoice: 'A-1', amountMinor: 50n }] }),
      payment('Q', 50n, { remittance: [{ invoice: 'A-1', amountMinor: 50n }] }),
    ],
    '0 30',
    '0 70 70',
  ],
  ['another currency', [payment('P', 70n, { currency: 'EUR', text: 'B-1' })], '70', '70 70 70'],
];

for (const [what, payments, left, open] of cases) {
  test(`account: ${what}`, () => {
    const account = openAccount(DOCUMENTS, []);
    assert.equal(payments.map((each) => settlePayment(account, each).leftMinor).join(' '), left);
    assert.equal(['A-1', 'B-1', 'C-1'].map((number) => account.open.get(number)).join(' '), open);
    assert.equal(account.open.get('A-2'), 0n);
  });
}
