// The billing documents that should exist in the ERP.

import type { Currency } from './money.ts';
import type { Instant } from './time.ts';

export type DocumentKind = 'invoice' | 'supplementary' | 'credit-note';

export type DocumentLine = {
  readonly shipment: string;
  readonly code: string;
  /** Minor units; positive, also on a credit note. */
  readonly amountMinor: bigint;
  readonly description: string;
  /** How the amount came about, in words, under the rules of then. */
  readonly derivation: readonly string[];
};

/** Decided once and for all: a later change of mind is another document. */
export type BillingDocument = {
  /** Ours, and the permanent key: the first shipment, `-`, a count from 1 in order of decision. */
  readonly number: string;
  readonly kind: DocumentKind;
  readonly customer: string;
  readonly legalEntity?: string;
  readonly currency: Currency;
  readonly shipments: readonly string[];
  readonly lines: readonly DocumentLine[];
  readonly paymentTermsDays?: number;
  /** The number of the document that a credit note takes back from. */
  readonly corrects?: string;
  readonly decidedAt: Instant;
};

/** What the core must know of a document it decided earlier. */
export type KnownDocument = Pick<BillingDocument, 'number' | 'kind' | 'currency'> & {
  readonly lines: readonly { readonly shipment: string; readonly code: string; readonly amountMinor: bigint }[];
  /** The ERP has confirmed it. */
  readonly inErp: boolean;
};
