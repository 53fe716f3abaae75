// Documents: what should exist in the outside system, what became of it, and what is there.
import type { Refusal, TroubleScope } from './trouble.ts';

/**
 * The kinds of document we want to exist outside. A supplementary is an invoice to every ERP we know; a `bill` is one
 * that a carrier sent us and we owe, a `vendor-credit` what it gives back.
 */
export type DocumentKind = 'invoice' | 'supplementary' | 'credit-note' | 'bill' | 'vendor-credit';

/** What we owe a carrier, or what it gives back. */
export function isPurchase(kind: DocumentKind): boolean {
  return kind === 'bill' || kind === 'vendor-credit';
}

/** A number that names a party in some scheme (`scac`, `duns`, `vat`, `odoo`, …; contract section 2). */
export type PartyIdentifier = { readonly scheme: string; readonly value: string };

export type WantedLine = {
  readonly shipment: string;
  /** Charge code, such as `LHL` or `FSC`. */
  readonly code: string;
  /** What a clerk reads on the invoice: "S-101 Linehaul, Joliet IL to Atlanta GA, 480 lb". */
  readonly description: string;
  /** Before tax, in the document's currency. On a credit note or vendor credit too, what is credited is positive. */
  readonly amountMinor: bigint;
  /** Fraction, such as `"0.0825"`; none given: no tax. */
  readonly taxRate?: string;
  readonly taxMinor?: bigint;
  /** Code of the account it goes to there; none given: the system's own default. */
  readonly account?: string;
  /** Goods of an order, where the line is quantity × unit price: a system that holds the order makes the line from it. */
  readonly goods?: GoodsOfOrder;
};

/** Decimal texts; `line` as the order's sender numbers it. */
export type GoodsOfOrder = {
  readonly order: string;
  readonly line: number;
  readonly quantity: string;
  readonly unitPrice: string;
};

export type Attachment = {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
};

/** A document that should exist in the outside system, exactly once. */
export type WantedDocument = {
  /** Permanent business key, such as `S-101-1`. Never contains an attempt number or a time. */
  readonly key: string;
  readonly kind: DocumentKind;
  /** Our document number, which customers may quote in a remittance; for a bill, our name of it. */
  readonly number: string;
  /** Who is billed; of a bill, who sent it. */
  readonly customer: {
    readonly id: string;
    readonly name: string;
    readonly identifiers: readonly PartyIdentifier[];
  };
  /** ISO 4217. */
  readonly currency: string;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string;
  /** It is made and left for a person to post; without it, posted. */
  readonly isDraft?: boolean;
  /** Days from `issuedOn` to the due date; none given: the outside system's own terms for the customer. */
  readonly paymentTermsDays?: number;
  readonly legalEntity?: string;
  /** Where the legal entity's setup has it booked: its company (name or id there) and the journal's code. */
  readonly books?: { readonly company?: string; readonly journal?: string };
  /** At least one; their sum is the document's total before tax. */
  readonly lines: readonly WantedLine[];
  /** The shipment's references as the customer knows them: "S-101, PO 4711, BOL 88123"; of a bill, the sender's own number. */
  readonly reference: string;
  /** Key of the document that this credit note reverses, wholly or in part. */
  readonly corrects?: string;
  /** Proof of delivery and the like. */
  readonly attachments: readonly Attachment[];
};

/**
 * What became of one document. `retry` is said only where the failed act is known not to have been done;
 * whatever may have been done is `unknown`, and unknown is settled by `lookup`.
 */
export type SendResult = { readonly key: string } & (
  | {
      readonly outcome: 'confirmed';
      readonly externalId: string;
      /** The number the outside system gave it. */
      readonly erpNumber: string;
      /** With tax, as the outside system stored it. */
      readonly storedTotalMinor: bigint;
    }
  | ({ readonly outcome: 'refused' } & Refusal)
  | { readonly outcome: 'unknown'; readonly scope: TroubleScope; readonly reason: string }
  | {
      readonly outcome: 'retry';
      readonly scope: TroubleScope;
      readonly reason: string;
      /** How long the system asked us to wait; none given: the caller's own back-off. */
      readonly afterMs?: number;
    }
);

export type StoredState = 'draft' | 'posted' | 'cancelled';

/** What the outside system says of a key. Only `absent` proves that nothing is there. */
export type LookupResult = { readonly key: string } & (
  | {
      readonly lookup: 'found';
      readonly externalId: string;
      /** `draft` is half done: `send` it again and it will be finished, not doubled. */
      readonly state: StoredState;
      readonly erpNumber?: string;
      readonly currency: string;
      readonly storedTotalMinor: bigint;
    }
  | { readonly lookup: 'absent' }
  | { readonly lookup: 'unavailable'; readonly reason: string; readonly afterMs?: number }
);

/** A document of ours as the outside system itself holds it, for the outcome and for conservation. */
export type StoredDocument = {
  readonly key: string;
  /** Of a credit note that a person made there: the key of what it credits. Its own key is made from that. */
  readonly credits?: string;
  /** As the outside system sees it: a supplementary is an invoice. */
  readonly kind: 'invoice' | 'credit-note' | 'bill' | 'vendor-credit';
  readonly externalId: string;
  readonly erpNumber?: string;
  readonly currency: string;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  /** Not yet paid or set off; positive for both kinds. */
  readonly openMinor: bigint;
  readonly state: StoredState;
  /** Accounting date, `YYYY-MM-DD`; only when posted. */
  readonly postedOn?: string;
};
