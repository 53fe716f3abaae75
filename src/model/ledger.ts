// The ledger's words: positions, the accounts that hold them, entries. Debits are positive, credits negative.

import type { Side } from './decision.ts';
import type { Currency } from './money.ts';
import type { Instant, LocalDate } from './time.ts';

/**
 * How far a charge is: `expected` from tender on, `accrued` once it is earned (delivered, refused, returned or cancelled),
 * `invoiced` once the ERP has confirmed the customer's invoice or the carrier's bill.
 */
export const LEDGER_STAGES = ['expected', 'accrued', 'invoiced'] as const;
export type LedgerStage = (typeof LEDGER_STAGES)[number];

type AccountPair = { readonly debit: string; readonly credit: string };

/** Where a charge stands in the ledger: the asset or cost, and what it is held against. */
export const LEDGER_ACCOUNTS = {
  sell: {
    expected: { debit: 'expected-receivable', credit: 'expected-revenue' },
    accrued: { debit: 'accrued-receivable', credit: 'accrued-revenue' },
    invoiced: { debit: 'receivable', credit: 'revenue' },
  },
  buy: {
    expected: { debit: 'expected-cost', credit: 'expected-payable' },
    accrued: { debit: 'accrued-cost', credit: 'accrued-payable' },
    invoiced: { debit: 'cost', credit: 'payable' },
  },
} as const satisfies Record<Side, Record<LedgerStage, AccountPair>>;

export const LEDGER_ACCOUNT_NAMES = Object.values(LEDGER_ACCOUNTS).flatMap((stages) =>
  Object.values(stages).flatMap(({ debit, credit }) => [debit, credit]),
);
export type LedgerAccount = (typeof LEDGER_ACCOUNT_NAMES)[number];

/** By what a controller cuts the books. Empty text: not known. */
export type LedgerDimensions = {
  readonly legalEntity: string;
  readonly customer: string;
  readonly carrier: string;
  /** From where to where, such as `US-IL>US-GA`. */
  readonly lane: string;
  readonly mode: string;
};

/** What one charge comes to at one stage; on the buy side a cost is positive as well. */
export type LedgerPosition = LedgerDimensions & {
  readonly side: Side;
  readonly code: string;
  readonly currency: Currency;
  readonly stage: LedgerStage;
  readonly amountMinor: bigint;
};

/** Why something was booked. */
export type LedgerCause = 'expected' | 'delivery' | 'document' | 'correction';

export type LedgerEntry = Omit<LedgerPosition, 'amountMinor'> & {
  readonly account: LedgerAccount;
  /** A debit above zero, a credit below. */
  readonly amountMinor: bigint;
};

/** What is booked together. It balances by entity and currency. */
export type LedgerPosting = {
  readonly shipment: string;
  readonly bookedOn: LocalDate;
  /** The first day of the period that it belonged to, where that is locked. */
  readonly lateFor?: LocalDate;
  readonly cause: LedgerCause;
  readonly reason: string;
  readonly entries: readonly LedgerEntry[];
};

/** An entry as it was booked. */
export type BookedEntry = LedgerEntry & {
  readonly posting: string;
  readonly position: number;
  readonly bookedOn: LocalDate;
  readonly lateFor?: LocalDate;
  readonly cause: LedgerCause;
  readonly reason: string;
  readonly shipment: string;
};

/** A period is a calendar month, named by its first day. */
export function periodOf(date: LocalDate): LocalDate {
  return `${date.slice(0, 7)}-01`;
}

export function periodAfter(period: LocalDate): LocalDate {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}

/** The ledger's days are those of UTC. */
export function ledgerDayOf(at: Instant): LocalDate {
  return new Date(at).toISOString().slice(0, 10);
}
