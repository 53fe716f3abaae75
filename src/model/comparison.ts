// What two sets of books hold of the same documents, and where they differ: ours, and those of an outside system.

/** Of a difference: what is not the same. `missing-…`: one side has no such document. */
export const DIFFERENCES = [
  'missing-there',
  'missing-here',
  'state',
  'kind',
  'number',
  'currency',
  'amount',
  'tax',
] as const;
export type DifferenceIn = (typeof DIFFERENCES)[number];

export type DocumentDifference = {
  /** Our number of the document. */
  readonly document: string;
  readonly what: DifferenceIn;
  /** In words or as text with its currency; empty where there is nothing. */
  readonly ours: string;
  readonly theirs: string;
};

/** A document as we have it; amounts in minor units, positive for every kind. */
export type OurDocument = {
  readonly number: string;
  /** As an outside system sees it: a supplementary is an invoice. */
  readonly kind: 'invoice' | 'credit-note' | 'bill' | 'vendor-credit';
  /** `cancelled`: we took over that it was cancelled there. */
  readonly state: 'decided' | 'posted' | 'cancelled';
  /** It is just being brought there, or is in doubt: not judged. */
  readonly isUnderWay: boolean;
  readonly erpNumber?: string;
  readonly currency: string;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
};

/** The same document as the outside system has it, under our number. */
export type TheirDocument = {
  readonly key: string;
  readonly kind: OurDocument['kind'];
  readonly state: 'draft' | 'posted' | 'cancelled';
  readonly erpNumber?: string;
  readonly currency: string;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
};
