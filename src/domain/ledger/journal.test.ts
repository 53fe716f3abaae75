// A journal by hand: 500.00 of revenue and 400.00 of cost accrued, in the ERP's accounts and dimensions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BookedEntry, LEDGER_ACCOUNTS } from '../../model/ledger.ts';
import type { LedgerMapping } from '../../model/setup/ledger.ts';
import { journalOf } from './journal.ts';
import { DIMENSIONS } from './testing/subject.ts';

type Given = { side: 'sell' | 'buy'; code: string; amountMinor: bigint; mode?: string };
const ENTRIES = [
  ...entriesOf({ side: 'sell', code: 'LHL', amountMinor: 50_000n }),
  ...entriesOf({ side: 'buy', code: 'FSC', amountMinor: 40_000n, mode: 'LTL' }),
];

function entriesOf({ side, code, amountMinor, mode = 'FTL' }: Given): BookedEntry[] {
  const { debit, credit } = LEDGER_ACCOUNTS[side].accrued;
  const head = { posting: '1', bookedOn: '2026-05-30', cause: 'delivery' as const, reason: 'earned', shipment: 'S-1' };
  const common = { ...head, ...DIMENSIONS, mode, side, code, currency: 'USD', stage: 'accrued' as const };
  return [
    { ...common, position: 1, account: debit, amountMinor },
    { ...common, position: 2, account: credit, amountMinor: -amountMinor },
  ];
}

const MAPPING: LedgerMapping = {
  legalEntity: 'us-inc',
  journal: 'ACCR',
  accounts: [
    { account: 'accrued-receivable', erp: '1250' },
    { account: 'accrued-revenue', erp: '4010' },
    { account: 'accrued-revenue', code: 'FSC', erp: '4020' },
    { account: 'accrued-cost', erp: '5010' },
    { account: 'accrued-cost', code: 'FSC', erp: '5020' },
    { account: 'accrued-payable', erp: '2150' },
  ],
  dimensions: [
    { name: 'partner', from: 'customer' },
    { name: 'department', from: 'mode', values: { FTL: 'D-10' }, missing: 'task' },
  ],
};

const told = (mapping?: LedgerMapping) => {
  const { lines, totals, gaps } = journalOf(ENTRIES, new Map(mapping && [[mapping.legalEntity ?? '', mapping]]));
  return { lines: lines.map((l) => [l.journal, l.account, l.debitMinor, l.creditMinor, l.dimensions]), totals, gaps };
};

test('journal: accounts by code before those for all, and dimensions by their values', () => {
  const { lines, totals, gaps } = told(MAPPING);
  const full = { partner: 'acme', department: 'D-10' };
  const none = { partner: 'acme', department: '' };
  assert.deepEqual(lines, [
    ['ACCR', '1250', 50_000n, 0n, full],
    ['ACCR', '4010', 0n, 50_000n, full],
    ['ACCR', '5020', 40_000n, 0n, none],
    ['ACCR', '2150', 0n, 40_000n, none],
  ]);
  assert.deepEqual(totals, [
    { legalEntity: 'us-inc', currency: 'USD', debitMinor: 90_000n, creditMinor: 90_000n, lines: 4 },
  ]);
  assert.deepEqual(gaps, [{ legalEntity: 'us-inc', what: 'department', of: 'LTL', lines: 2, policy: 'task' }]);
});

test('journal: `*` stands for every value that is not named', () => {
  const dimensions = [
    { name: 'department', from: 'mode' as const, values: { FTL: 'D-10', '*': 'D-99' }, missing: 'block' as const },
  ];
  assert.deepEqual(told({ ...MAPPING, dimensions }).gaps, []);
});

test('journal: an entry without an account blocks, unless the policy says otherwise', () => {
  const accounts = MAPPING.accounts.filter(({ account }) => account !== 'accrued-payable');
  const gap = { legalEntity: 'us-inc', what: 'account', of: 'accrued-payable FSC', lines: 1 };
  const dimensions: [] = [];
  assert.deepEqual(told({ ...MAPPING, accounts, dimensions }).gaps, [{ ...gap, policy: 'block' }]);
  assert.deepEqual(told({ ...MAPPING, accounts, dimensions, missing: 'task' }).gaps, [{ ...gap, policy: 'task' }]);
});

test('journal: without a mapping it goes by our own names, and nothing is missing', () => {
  const { lines, gaps } = told();
  const { legalEntity: _, ...dimensions } = DIMENSIONS;
  assert.deepEqual(lines[0], ['', 'accrued-receivable', 50_000n, 0n, dimensions]);
  assert.deepEqual(gaps, []);
});

test('journal: the row without an entity is for every other', () => {
  const { legalEntity: _, ...forAll } = MAPPING;
  assert.equal(told(forAll).lines[0]?.[1], '1250');
});
