// A dispute with a carrier about one of its bills, and the ways it may go.

/** `resolved`: by itself, for the bill agrees with what is expected by now. */
export const DISPUTE_STATES = ['open', 'sent', 'accepted', 'short-paid', 'written-off', 'resolved'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** What a person may make of one. */
export const DISPUTE_MOVES = ['sent', 'accepted', 'short-paid', 'written-off'] as const;
export type DisputeMove = (typeof DISPUTE_MOVES)[number];

/** Nobody has settled it yet. */
export function isUnsettled(state: DisputeState): boolean {
  return state === 'open' || state === 'sent';
}

/** What is paid of one shipment and code, in minor units. */
export type PayableLine = { readonly shipment: string; readonly code: string; readonly amountMinor: bigint };
