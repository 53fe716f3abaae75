// A shipment as the ledger sees it, in few words.
import type { ChargeRow, ChargeState } from '../../../model/decision.ts';
import type { LedgerEntry, LedgerPosition, LedgerPosting } from '../../../model/ledger.ts';
import { LEDGER_ACCOUNTS } from '../../../model/ledger.ts';
import type { LedgerSubject, PostingContext } from '../postings.ts';

export const DIMENSIONS = {
  legalEntity: 'us-inc',
  customer: 'acme',
  carrier: 'swft',
  lane: 'US-IL>US-GA',
  mode: 'FTL',
};

/** Tendered, and nothing else. */
export function subject(more: Partial<LedgerSubject> = {}): LedgerSubject {
  const nothing = { charges: [], billed: [], booked: [], wasEarned: false };
  return { shipment: 'S-1', dimensions: DIMENSIONS, isTendered: true, ...nothing, ...more };
}

export function sold(code: string, state: ChargeState, amountMinor: bigint, currency = 'USD'): ChargeRow {
  return { side: 'sell', code, currency, state, amountMinor };
}

export function bought(code: string, state: ChargeState, amountMinor: bigint, currency = 'USD'): ChargeRow {
  return { side: 'buy', code, currency, state, amountMinor };
}

export const OPEN: PostingContext = { today: '2026-06-03', locked: new Map(), approved: new Map() };

/** What the ledger holds after these postings: the debit side of each. */
export function bookedAfter(booked: readonly LedgerPosition[], postings: readonly LedgerPosting[]): LedgerPosition[] {
  const sums = new Map<string, LedgerPosition>();
  const add = ({ amountMinor, ...position }: LedgerPosition) => {
    const key = JSON.stringify(Object.entries(position).sort());
    sums.set(key, { ...position, amountMinor: (sums.get(key)?.amountMinor ?? 0n) + amountMinor });
  };
  for (const position of booked) add(position);
  for (const { account, ...position } of postings.flatMap(({ entries }) => entries)) {
    if (account === LEDGER_ACCOUNTS[position.side][position.stage].debit) add(position);
  }
  return [...sums.values()].filter(({ amountMinor }) => amountMinor !== 0n);
}

/** "accrued-receivable 500.00": an entry in short. */
export function inShort({ account, amountMinor }: LedgerEntry): string {
  return `${account} ${amountMinor}`;
}
