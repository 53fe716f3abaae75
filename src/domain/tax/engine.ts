// The port that every tax engine stands behind.
//
// Tax has four stages: it is estimated while nothing is owed, committed when a document is decided, refunded by a credit note
// at the rate of what it reverses, and voided when a document is cancelled, until it is posted again. An engine answers each about one line,
// as data: the core stays pure, and the answer is kept with the line. An engine across a network is asked by a station, and reaches
// the core as the book of what it answered; until it has, its answer is `undetermined`, which holds that invoice and no other.

import type { Currency } from '../../model/money.ts';
import type { TaxPlace, TaxRecord } from '../../model/tax.ts';

/** One line's amount, before tax. */
export type TaxableLine = {
  readonly place: TaxPlace;
  /** `freight`, or the order line's own. */
  readonly category: string;
  /** Minor units; what is charged is positive. */
  readonly amountMinor: bigint;
  readonly currency: Currency;
};

/** What is taken back, positive too, and what was answered about the line that it takes back from. */
export type RefundedLine = Omit<TaxableLine, 'category'> & { readonly original: TaxRecord };

export type TaxDetermined = {
  readonly kind: 'determined';
  /** Minor units of the line's currency, rounded once; never below zero for a positive amount and rate. */
  readonly taxMinor: bigint;
  readonly record: TaxRecord;
};

/** Nobody can say yet; `detail` says in one sentence what is missing. */
export type TaxUndetermined = { readonly kind: 'undetermined'; readonly detail: string };
export type TaxAnswer = TaxDetermined | TaxUndetermined;

/** Every function is pure: the same question has the same answer under the same rules. */
export type TaxEngine = {
  readonly name: string;
  /** What tax it would be. Binds nobody. */
  readonly estimate: (line: TaxableLine) => TaxAnswer;
  /** The tax of a line that is now owed. The same as its estimate under the same rules. */
  readonly commit: (line: TaxableLine) => TaxAnswer;
  /** At the original rate, whatever the rules have become; it can always be determined. */
  readonly refund: (line: RefundedLine) => TaxDetermined;
  /** A commitment taken back whole. Voiding twice is voiding once. */
  readonly void: (committed: TaxRecord) => TaxRecord;
  /** What was voided holds again as it was, at the stage that it had. */
  readonly reinstate: (voided: TaxRecord, stage: 'commit' | 'refund') => TaxRecord;
};
