// News of orders that the outside system holds: how far their goods and their billing are.
import type { BillingState } from '../../model/decision.ts';
import type { Attachment } from './documents.ts';
import type { Refusal, TroubleScope } from './trouble.ts';

/** How far the goods of an order have come, for a system that holds the order. */
export type OrderNews = {
  /** Permanent key, such as `S-1/delivered`. */
  readonly key: string;
  readonly shipment: string;
  /** What a person reads beside the order: "Shipment S-1 was delivered on 2026-03-04 15:00 UTC". */
  readonly sentence: string;
  /** What it came to, and when (epoch milliseconds) as far as it is known. */
  readonly milestone?: { readonly name: string; readonly at?: number };
  /** What the carrier knows the shipment by. */
  readonly tracking?: string;
  /** Have the goods reached the customer? Then the quantities are what arrived. */
  readonly isDelivered: boolean;
  /** Decimal texts. */
  readonly lines: readonly { readonly order: string; readonly line: number; readonly quantity: string }[];
  readonly attachments: readonly Attachment[];
};

/** How far the billing of an order's shipment is, for a system that shows it beside the order. */
export type BillingNews = {
  readonly shipment: string;
  readonly billing: BillingState;
  /** In a sentence, why it is not invoiced, what it waits for and who owns that; missing: nothing is in its way. */
  readonly reason?: string;
  /** What the carrier knows the shipment by. */
  readonly tracking?: string;
  /** Of which orders its goods are. */
  readonly lines: readonly { readonly order: string; readonly line: number }[];
  /** Files that were not told before. */
  readonly attachments: readonly Attachment[];
};

/** `told` also where it had been told before. `not-held`: the system holds none of these orders. */
export type NewsResult = { readonly key: string } & (
  | { readonly outcome: 'told' | 'not-held' }
  | ({ readonly outcome: 'refused' } & Refusal)
  | { readonly outcome: 'retry'; readonly scope: TroubleScope; readonly reason: string; readonly afterMs?: number }
);
