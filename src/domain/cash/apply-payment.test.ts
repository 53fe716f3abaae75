import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyPayment, type OpenInvoice, type Payment } from './apply-payment.ts';

const invoice = (number: string, openMinor: bigint, more: Partial<OpenInvoice> = {}): OpenInvoice => ({
  number,
  currency: 'USD',
  openMinor,
  ...more,
});
const payment = (
  amountMinor: bigint,
  remittance: [string, bigint][] = [],
  applied: [string, bigint][] = [],
  text = '',
): Payment => ({
  payment: 'P-1',
  currency: 'USD',
  amountMinor,
  remittance: remittance.map(([named, amount]) => ({ invoice: named, amountMinor: amount })),
  text,
  applied: new Map(applied),
  setOff: [],
});

type Case = { name: string; payment: Payment; invoices: OpenInvoice[]; applied: [string, bigint][]; left: bigint };
const cases: Case[] = [
  {
    name: 'by the text, several in the order named, as far as it goes',
    payment: payment(150n, [], [], 'for INV/7 and a-1'),
    invoices: [invoice('A-1', 100n), invoice('B-1', 80n, { erpNumber: 'INV/7' })],
    applied: [
      ['B-1', 80n],
      ['A-1', 70n],
    ],
    left: 0n,
  },
  {
    name: 'by the text, more than is open stays',
    payment: payment(150n, [], [], 'A-1'),
    invoices: [invoice('A-1', 100n), invoice('B-1', 50n)],
    applied: [['A-1', 100n]],
    left: 50n,
  },
  {
    name: 'a text that names nothing open leaves the exact amount',
    payment: payment(50n, [], [], 'A-1, thank you'),
    invoices: [invoice('A-1', 0n), invoice('B-1', 50n)],
    applied: [['B-1', 50n]],
    left: 0n,
  },
  {
    name: 'a remittance goes before the text',
    payment: payment(50n, [['A-1', 50n]], [], 'B-1'),
    invoices: [invoice('A-1', 100n), invoice('B-1', 50n)],
    applied: [['A-1', 50n]],
    left: 0n,
  },
  {
    name: 'by remittance',
    payment: payment(120n, [['S-1-1', 120n]]),
    invoices: [invoice('S-1-1', 120n)],
    applied: [['S-1-1', 120n]],
    left: 0n,
  },
  {
    name: "by the ERP's number",
    payment: payment(120n, [['INV/7', 120n]]),
    invoices: [invoice('S-1-1', 120n, { erpNumber: 'INV/7' })],
    applied: [['S-1-1', 120n]],
    left: 0n,
  },
  {
    name: 'several, in part',
    payment: payment(150n, [
      ['A-1', 100n],
      ['B-1', 50n],
    ]),
    invoices: [invoice('A-1', 100n), invoice('B-1', 80n)],
    applied: [
      ['A-1', 100n],
      ['B-1', 50n],
    ],
    left: 0n,
  },
  {
    name: 'number unknown',
    payment: payment(120n, [['X', 120n]]),
    invoices: [invoice('S-1-1', 120n)],
    applied: [],
    left: 120n,
  },
  {
    name: 'more than is open',
    payment: payment(120n, [['S-1-1', 120n]]),
    invoices: [invoice('S-1-1', 100n)],
    applied: [['S-1-1', 100n]],
    left: 20n,
  },
  {
    name: 'not covered by the remittance',
    payment: payment(120n, [['S-1-1', 100n]]),
    invoices: [invoice('S-1-1', 100n), invoice('S-2-1', 20n)],
    applied: [['S-1-1', 100n]],
    left: 20n,
  },
  {
    name: 'remittance of more than was paid',
    payment: payment(50n, [['S-1-1', 100n]]),
    invoices: [invoice('S-1-1', 100n)],
    applied: [['S-1-1', 50n]],
    left: 0n,
  },
  {
    name: 'one invoice twice in the remittance',
    payment: payment(100n, [
      ['S-1-1', 60n],
      ['S-1-1', 40n],
    ]),
    invoices: [invoice('S-1-1', 100n)],
    applied: [['S-1-1', 100n]],
    left: 0n,
  },
  {
    name: 'exact amount, tried before, and no document since',
    payment: { ...payment(60n), wasTried: true },
    invoices: [invoice('S-1-1', 120n), invoice('S-3-1', 60n)],
    applied: [],
    left: 60n,
  },
  {
    name: 'what it names is tried whenever it is looked at',
    payment: { ...payment(60n, [], [], 'S-3-1'), wasTried: true },
    invoices: [invoice('S-1-1', 120n), invoice('S-3-1', 60n)],
    applied: [['S-3-1', 60n]],
    left: 0n,
  },
  {
    name: 'exact amount',
    payment: payment(60n),
    invoices: [invoice('S-1-1', 120n), invoice('S-3-1', 60n)],
    applied: [['S-3-1', 60n]],
    left: 0n,
  },
  {
    name: 'two of that amount',
    payment: payment(60n),
    invoices: [invoice('S-1-1', 60n), invoice('S-3-1', 60n)],
    applied: [],
    left: 60n,
  },
  {
    name: 'another currency',
    payment: payment(60n),
    invoices: [invoice('S-1-1', 60n, { currency: 'CAD' })],
    applied: [],
    left: 60n,
  },
  {
    name: "paid to one legal entity, it settles none of another's by remittance",
    payment: { ...payment(60n, [['S-1-1', 60n]]), legalEntity: 'ca-ltd' },
    invoices: [invoice('S-1-1', 60n, { legalEntity: 'us-inc' })],
    applied: [],
    left: 60n,
  },
  {
    name: "nor by the exact amount, where another's is the same",
    payment: { ...payment(60n), legalEntity: 'ca-ltd' },
    invoices: [invoice('S-1-1', 60n, { legalEntity: 'us-inc' }), invoice('S-2-1', 60n, { legalEntity: 'ca-ltd' })],
    applied: [['S-2-1', 60n]],
    left: 0n,
  },
  {
    name: 'an invoice of no legal entity is paid whoever was paid',
    payment: { ...payment(60n), legalEntity: 'ca-ltd' },
    invoices: [invoice('S-1-1', 60n)],
    applied: [['S-1-1', 60n]],
    left: 0n,
  },
  {
    name: 'tried again: the invoice has appeared',
    payment: payment(
      120n,
      [
        ['A-1', 20n],
        ['B-1', 100n],
      ],
      [['A-1', 20n]],
    ),
    invoices: [invoice('A-1', 50n), invoice('B-1', 100n)],
    applied: [['B-1', 100n]],
    left: 0n,
  },
];

for (const { name, payment: given, invoices, applied, left } of cases) {
  test(`payment: ${name}`, () => {
    const { applications, leftMinor } = applyPayment(given, invoices);
    assert.deepEqual(
      applications.map(({ number, amountMinor }) => [number, amountMinor]),
      applied,
    );
    assert.equal(leftMinor, left);
  });
}

const NOTE = invoice('C-1', 100n);
type KeptBack = {
  name: string;
  given: Payment;
  invoices: OpenInvoice[];
  notes?: OpenInvoice[];
  setOffs: [string, string, bigint][];
  applied: [string, bigint][];
  left: bigint;
};
const keptBack: KeptBack[] = [
  {
    name: 'a credit note kept back is set off against the invoice beside it',
    given: payment(900n, [
      ['A-1', 1_000n],
      ['C-1', -100n],
    ]),
    invoices: [invoice('A-1', 1_000n)],
    setOffs: [['C-1', 'A-1', 100n]],
    applied: [['A-1', 900n]],
    left: 0n,
  },
  {
    name: 'no further than the lines go, in their order',
    given: payment(500n, [
      ['C-1', -100n],
      ['A-1', 60n],
      ['B-1', 540n],
    ]),
    invoices: [invoice('A-1', 1_000n), invoice('B-1', 540n)],
    setOffs: [
      ['C-1', 'A-1', 60n],
      ['C-1', 'B-1', 40n],
    ],
    applied: [['B-1', 500n]],
    left: 0n,
  },
  {
    name: 'no more than the note has to give; the money does not go further for it',
    given: payment(900n, [
      ['A-1', 1_000n],
      ['C-1', -100n],
    ]),
    invoices: [invoice('A-1', 1_000n)],
    notes: [invoice('C-1', 30n)],
    setOffs: [['C-1', 'A-1', 30n]],
    applied: [['A-1', 900n]],
    left: 0n,
  },
  {
    name: 'looked at again, it is not set off again',
    given: {
      ...payment(
        700n,
        [
          ['A-1', 300n],
          ['B-1', 500n],
          ['C-1', -100n],
        ],
        [['A-1', 200n]],
      ),
      setOff: [{ note: 'C-1', invoice: 'A-1', amountMinor: 100n }],
    },
    invoices: [invoice('A-1', 700n), invoice('B-1', 500n)],
    notes: [invoice('C-1', 200n)],
    setOffs: [],
    applied: [['B-1', 500n]],
    left: 0n,
  },
  {
    name: "another legal entity's note is none of it",
    given: {
      ...payment(900n, [
        ['A-1', 1_000n],
        ['C-1', -100n],
      ]),
      legalEntity: 'us-inc',
    },
    invoices: [invoice('A-1', 1_000n, { legalEntity: 'us-inc' })],
    notes: [invoice('C-1', 100n, { legalEntity: 'ca-ltd' })],
    setOffs: [],
    applied: [['A-1', 900n]],
    left: 0n,
  },
];

for (const { name, given, invoices, notes = [NOTE], setOffs, applied, left } of keptBack) {
  test(`payment: ${name}`, () => {
    const result = applyPayment(given, invoices, notes);
    assert.deepEqual(
      result.setOffs.map(({ note, invoice: against, amountMinor }) => [note, against, amountMinor]),
      setOffs,
    );
    assert.deepEqual(
      result.applications.map(({ number, amountMinor }) => [number, amountMinor]),
      applied,
    );
    assert.equal(result.leftMinor, left);
  });
}
