// Entries and journals of the ledger as they are told: amounts as text, debit and credit apart.

import type { Journal, JournalLine } from '../domain/ledger/journal.ts';
import { csvText } from '../formats/delimited/index.ts';
import type { BookedEntry, LedgerStage } from '../model/ledger.ts';
import { formatMinor } from '../model/money.ts';

export type JournalView = ReturnType<typeof journalView>;

function amounts({ amountMinor, currency }: BookedEntry) {
  const money = (minor: bigint) => formatMinor(minor > 0n ? minor : 0n, currency);
  return { debit: money(amountMinor), credit: money(-amountMinor) };
}

function common(row: BookedEntry) {
  const { posting, bookedOn, lateFor, legalEntity, currency, shipment, side, code, stage, reason } = row;
  const late = lateFor === undefined ? {} : { lateFor: lateFor.slice(0, 7) };
  return { posting, bookedOn, ...late, legalEntity, currency, ...amounts(row), shipment, side, code, stage, reason };
}

export function entryView(row: BookedEntry) {
  const { account, cause, customer, carrier, lane, mode } = row;
  return { ...common(row), account, cause, customer, carrier, lane, mode };
}

function lineView({ entry: row, journal, account, dimensions }: JournalLine) {
  return { ...common(row), journal, account, ledgerAccount: row.account, dimensions: { ...dimensions } };
}

export function journalView({ lines, totals, gaps }: Journal, period: string, stages: readonly LedgerStage[]) {
  return {
    period,
    stages: [...stages],
    lines: lines.map(lineView),
    totals: totals.map(({ legalEntity, currency, debitMinor, creditMinor, lines: count }) => ({
      legalEntity,
      currency,
      debit: formatMinor(debitMinor, currency),
      credit: formatMinor(creditMinor, currency),
      lines: count,
    })),
    missing: gaps.map(({ legalEntity, what, of, lines: count }) => ({ legalEntity, what, of, lines: count })),
  };
}

const COLUMNS = [
  ...['posting', 'bookedOn', 'legalEntity', 'journal', 'account', 'ledgerAccount', 'debit', 'credit', 'currency'],
  ...['shipment', 'side', 'code', 'stage', 'lateFor', 'reason'],
] as const;

/** With a column a dimension, of any entity. */
export function journalCsv({ lines }: JournalView): string {
  const names = [...new Set(lines.flatMap(({ dimensions }) => Object.keys(dimensions)))];
  const rows = lines.map(({ dimensions, ...line }) => [
    ...COLUMNS.map((column) => (line as Record<string, string | undefined>)[column] ?? ''),
    ...names.map((name) => dimensions[name] ?? ''),
  ]);
  return csvText([[...COLUMNS, ...names], ...rows]);
}
