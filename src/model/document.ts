// The billing documents that should exist in the ERP.

import type { Currency } from './money.ts';
import type { TaxRecord } from './tax.ts';
import type { Instant } from './time.ts';

export type DocumentKind = 'invoice' | 'supplementary' | 'credit-note';

/** Of a customer that is invoiced in stages: at the policy's trigger, and once the proof of export is there. */
export type DocumentStage = 'commercial' | 'final';

/** What a charge is for: a code, and of goods the order line. */
export type ChargedFor = { readonly code: string; readonly order?: string; readonly line?: number };

export function chargeKey({ code, order, line }: ChargedFor): string {
  return order === undefined ? code : `${code} ${order}/${line}`;
}

export type DocumentLine = ChargedFor & {
  readonly shipment: string;
  /** Minor units; positive, also on a credit note. */
  readonly amountMinor: bigint;
  /** Fraction, such as `"0.0825"`. */
  readonly taxRate: string;
  readonly taxMinor: bigint;
  /** What the tax engine answered; none on lines kept before answers were. */
  readonly taxedBy?: TaxRecord;
  /** Goods: what the customer reads. Not there where the difference is one of price. */
  readonly quantity?: string;
  /** Goods: by how much the billed quantity grows, or on a credit note shrinks; decimal text. */
  readonly quantityDelta?: string;
  readonly unitPrice?: string;
  readonly description: string;
  /** How the amount came about, in words, under the rules of then. */
  readonly derivation: readonly string[];
};

/** Decided once and for all: a later change of mind is another document. */
export type BillingDocument = {
  /** Ours, and the permanent key: the first shipment, `-`, a count from 1 in order of decision. */
  readonly number: string;
  readonly kind: DocumentKind;
  readonly stage?: DocumentStage;
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
export type KnownDocument = Pick<BillingDocument, 'number' | 'kind' | 'customer' | 'legalEntity' | 'currency'> & {
  readonly lines: readonly KnownLine[];
  /** The ERP has confirmed it. */
  readonly inErp: boolean;
  /** A person cancelled it in the ERP: it bills nothing, until it is posted again. */
  readonly isCancelled?: true;
  /** A credit note that a person made in the ERP. */
  readonly isByHand?: true;
};

export type KnownLine = Pick<
  DocumentLine,
  'shipment' | 'code' | 'order' | 'line' | 'amountMinor' | 'taxRate' | 'taxedBy' | 'quantityDelta' | 'unitPrice'
>;

/** Before tax. */
export function subtotalOf(lines: readonly Pick<DocumentLine, 'amountMinor'>[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

export function taxOf(lines: readonly Pick<DocumentLine, 'taxMinor'>[]): bigint {
  return lines.reduce((sum, { taxMinor }) => sum + taxMinor, 0n);
}
