import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paidInErp, type StatedDocument } from './paid-in-erp.ts';

const invoice = (number: string, totalMinor: bigint): StatedDocument => ({ number, kind: 'invoice', totalMinor });
const note = (number: string, corrects: string, totalMinor: bigint): StatedDocument => ({
  ...{ number, corrects, totalMinor },
  kind: 'credit-note',
});
type Amounts = Readonly<Record<string, bigint>>;
type Case = {
  name: string;
  documents?: StatedDocument[];
  residuals: Amounts;
  paid?: Amounts;
  takenBack?: Amounts;
  open: Amounts;
  beyond: Amounts;
};

const A = invoice('A-1', 100n);
const cases: Case[] = [
  { name: 'the ERP said nothing', residuals: {}, open: { 'A-1': 100n }, beyond: {} },
  { name: 'nothing is paid anywhere', residuals: { 'A-1': 100n }, open: { 'A-1': 100n }, beyond: {} },
  { name: 'paid there alone', residuals: { 'A-1': 0n }, open: { 'A-1': 100n }, beyond: { 'A-1': 100n } },
  { name: 'paid there in part', residuals: { 'A-1': 60n }, open: { 'A-1': 100n }, beyond: { 'A-1': 40n } },
  { name: 'paid here alone', residuals: { 'A-1': 100n }, paid: { 'A-1': 70n }, open: { 'A-1': 30n }, beyond: {} },
  { name: 'the same on both sides', residuals: { 'A-1': 30n }, paid: { 'A-1': 70n }, open: { 'A-1': 30n }, beyond: {} },
  {
    name: 'more there than here',
    residuals: { 'A-1': 10n },
    paid: { 'A-1': 70n },
    open: { 'A-1': 30n },
    beyond: { 'A-1': 20n },
  },
  {
    name: 'taken back by the bank, and still paid in the ERP',
    residuals: { 'A-1': 0n },
    takenBack: { 'A-1': 100n },
    open: { 'A-1': 100n },
    beyond: {},
  },
  {
    name: 'a credit note that the ERP set off is no payment',
    documents: [A, note('A-2', 'A-1', 30n)],
    residuals: { 'A-1': 70n, 'A-2': 0n },
    open: { 'A-1': 70n },
    beyond: {},
  },
  {
    name: 'nor is one that was not read yet',
    documents: [A, note('A-2', 'A-1', 30n)],
    residuals: { 'A-1': 70n },
    open: { 'A-1': 70n },
    beyond: {},
  },
  {
    name: 'one that is still open there leaves the payment a payment',
    documents: [A, note('A-2', 'A-1', 30n)],
    residuals: { 'A-1': 70n, 'A-2': 30n },
    open: { 'A-1': 70n },
    beyond: { 'A-1': 30n },
  },
  {
    name: 'set off here against an older invoice than there',
    // Shipment A: invoice of 100, supplementary of 50, note of 30 against the supplementary. Nobody paid anything.
    documents: [A, { ...invoice('A-2', 50n), kind: 'supplementary' }, note('A-3', 'A-2', 30n)],
    residuals: { 'A-1': 100n, 'A-2': 20n, 'A-3': 0n },
    open: { 'A-1': 70n, 'A-2': 50n },
    beyond: {},
  },
];

for (const { name, documents = [A], residuals, paid = {}, takenBack = {}, open, beyond } of cases) {
  test(`paid in the ERP: ${name}`, () => {
    const byNumber = (amounts: Amounts) => new Map(Object.entries(amounts));
    const found = paidInErp({
      documents,
      residuals: byNumber(residuals),
      paidMinor: byNumber(paid),
      takenBackMinor: byNumber(takenBack),
      openMinor: byNumber(open),
    });
    assert.deepEqual(Object.fromEntries(found), beyond);
  });
}
