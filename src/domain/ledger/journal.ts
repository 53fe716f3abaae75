// The ledger's entries of a period as an ERP books them: its accounts, its dimensions, debits and credits apart.
//
// Where the setup says nothing, accounts and dimensions go by our own names. What it says and does not cover is missing, and
// by policy blocks the whole export or goes out empty with somebody told.

import type { BookedEntry } from '../../model/ledger.ts';
import type { Currency } from '../../model/money.ts';
import type { DimensionMapping, LedgerMapping } from '../../model/setup/ledger.ts';

export type JournalLine = {
  readonly entry: BookedEntry;
  /** Empty: the setup names none. */
  readonly journal: string;
  /** Empty: missing. */
  readonly account: string;
  /** One of the two is zero. */
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  /** By the ERP's names; empty values are missing. */
  readonly dimensions: Readonly<Record<string, string>>;
};

export type JournalTotal = {
  readonly legalEntity: string;
  readonly currency: Currency;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  readonly lines: number;
};

/** What a legal entity's mapping does not cover. */
export type JournalGap = {
  readonly legalEntity: string;
  /** `account`, or the dimension's name. */
  readonly what: string;
  /** What has none: `accrued-revenue FSC`, or the value here; empty where nothing is known. */
  readonly of: string;
  readonly lines: number;
  readonly policy: 'block' | 'task';
};

export type Journal = {
  readonly lines: readonly JournalLine[];
  readonly totals: readonly JournalTotal[];
  readonly gaps: readonly JournalGap[];
};

/** By legal entity; `''` is the row for all others. */
export type LedgerMappings = ReadonlyMap<string, LedgerMapping>;

const OWN_NAMES: readonly DimensionMapping[] = (['customer', 'carrier', 'lane', 'mode'] as const).map((from) => ({
  name: from,
  from,
}));

export function journalOf(entries: readonly BookedEntry[], mappings: LedgerMappings): Journal {
  const totals = new Map<string, { -readonly [K in keyof JournalTotal]: JournalTotal[K] }>();
  const gaps = new Map<string, { -readonly [K in keyof JournalGap]: JournalGap[K] }>();
  const lines = entries.map((entry) => {
    const { legalEntity } = entry;
    const mapping = mappings.get(legalEntity) ?? mappings.get('');
    const line = lineFrom(entry, mapping);
    addTotal(totals, line);
    for (const { what, of, policy } of gapsIn(line, mapping)) {
      const key = JSON.stringify([legalEntity, what, of]);
      const gap = gaps.get(key) ?? { legalEntity, what, of, lines: 0, policy };
      gap.lines += 1;
      gaps.set(key, gap);
    }
    return line;
  });
  return { lines, totals: [...totals.values()], gaps: [...gaps.values()] };
}

function lineFrom(entry: BookedEntry, mapping: LedgerMapping | undefined): JournalLine {
  const { amountMinor } = entry;
  const named = (mapping?.dimensions ?? OWN_NAMES).map((dimension) => [dimension.name, dimensionIn(entry, dimension)]);
  return {
    entry,
    journal: mapping?.journal ?? '',
    account: mapping === undefined ? entry.account : accountIn(mapping, entry),
    debitMinor: amountMinor > 0n ? amountMinor : 0n,
    creditMinor: amountMinor < 0n ? -amountMinor : 0n,
    dimensions: Object.fromEntries(named),
  };
}

// The row of that very code before the one for all.
function accountIn({ accounts }: LedgerMapping, { account, code }: BookedEntry): string {
  const own = accounts.filter((row) => row.account === account);
  return (own.find((row) => row.code === code) ?? own.find((row) => row.code === undefined))?.erp ?? '';
}

function dimensionIn(entry: BookedEntry, { from, values }: DimensionMapping): string {
  const value = entry[from];
  if (values === undefined) return value;
  return (Object.hasOwn(values, value) ? values[value] : values['*']) ?? '';
}

function gapsIn({ entry, account, dimensions }: JournalLine, mapping: LedgerMapping | undefined) {
  const gaps: Pick<JournalGap, 'what' | 'of' | 'policy'>[] = [];
  if (account === '') {
    gaps.push({ what: 'account', of: `${entry.account} ${entry.code}`, policy: mapping?.missing ?? 'block' });
  }
  for (const { name, from, missing } of mapping?.dimensions ?? []) {
    if (missing !== undefined && dimensions[name] === '') gaps.push({ what: name, of: entry[from], policy: missing });
  }
  return gaps;
}

function addTotal(
  totals: Map<string, { -readonly [K in keyof JournalTotal]: JournalTotal[K] }>,
  { entry: { legalEntity, currency }, debitMinor, creditMinor }: JournalLine,
): void {
  const key = JSON.stringify([legalEntity, currency]);
  const total = totals.get(key) ?? { legalEntity, currency, debitMinor: 0n, creditMinor: 0n, lines: 0 };
  total.debitMinor += debitMinor;
  total.creditMinor += creditMinor;
  total.lines += 1;
  totals.set(key, total);
}
