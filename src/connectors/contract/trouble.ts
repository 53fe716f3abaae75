// What can be in the way of an act, sorted for those who must do something about it.

/**
 * Whose trouble it is. `document`: this one alone, the next may pass. `system`: every act would end so (down,
 * throttled, key expired): the breaker should open, and nothing should be written off for it.
 */
export type TroubleScope = 'document' | 'system';

/** Why the outside system will not have a document. A catalogue: `sentence` says it for the clerk. */
export type RefusalKind =
  | 'access-denied' // wrong or expired key, unknown user; scope `system`
  | 'not-permitted' // the user lacks a right
  | 'customer-unknown'
  | 'legal-entity-unknown'
  | 'mapping-unknown' // it has no journal or account of the code that our setup names
  | 'original-missing' // the document a credit note corrects is not posted there
  | 'tax-missing' // it has no tax of that rate
  | 'too-precise' // a quantity or price has more digits than it keeps, and would be rounded in silence
  | 'currency-unusable' // unknown, inactive, or without a rate
  | 'period-closed' // the books are locked on the day of issue
  | 'cancelled-by-hand' // a person cancelled our document there
  | 'differs' // what is stored is not what was meant
  | 'rejected' // a business rule of the system; its words are in the sentence
  | 'not-understood'; // our fault or a changed system: unknown field, model or method

export type Refusal = { readonly kind: RefusalKind; readonly scope: TroubleScope; readonly sentence: string };

/** What an error of this system means for the act that met it. */
export type Verdict =
  | { readonly verdict: 'retry'; readonly scope: TroubleScope; readonly reason: string; readonly afterMs?: number }
  | ({ readonly verdict: 'refuse' } & Refusal)
  | { readonly verdict: 'unknown'; readonly scope: TroubleScope; readonly reason: string };
