// What the ERP says is still open on a document of ours: a fact, like a bank's statement, that moves receivables.
import type { Instant } from './time.ts';

/** One posted invoice or credit note as the ERP held it when it was read. */
export type PaymentState = {
  /** Our number, which is also the document's key. */
  readonly number: string;
  /** With tax, in the document's currency; positive for both kinds. */
  readonly residualMinor: bigint;
  /** In the ERP's own words, such as `partial`; for people. */
  readonly state?: string;
  /** When the ERP was asked. Of two readings the later one counts, in whatever order they come. */
  readonly readAt: Instant;
};
