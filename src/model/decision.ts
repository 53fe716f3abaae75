// What the core answers for one shipment: its state, its charges, its problems, and the documents it now wants.

import type { BillingDocument, KnownDocument } from './document.ts';
import type { OpenException } from './exception.ts';
import type { Fact } from './fact.ts';
import type { Currency } from './money.ts';
import type { Reference } from './reference.ts';
import type { Order } from './shipment.ts';
import type { Instant, LocalDate } from './time.ts';

export const SHIPMENT_STATUSES = [
  'planned',
  'tendered',
  'accepted',
  'declined',
  'dispatched',
  'in-transit',
  'delivered',
  'refused',
  'returned',
  'cancelled',
] as const;
export type ShipmentStatus = (typeof SHIPMENT_STATUSES)[number];

export const BILLING_STATES = [
  'not-due',
  'waiting',
  'held',
  'ready',
  'invoiced',
  'adjusting',
  'nothing-to-bill',
] as const;
export type BillingState = (typeof BILLING_STATES)[number];

export const CHARGE_STATES = ['expected', 'pending', 'invoiced', 'approved', 'disputed', 'waived'] as const;
export type ChargeState = (typeof CHARGE_STATES)[number];
export type Side = 'sell' | 'buy';

/** One row per shipment, side, code, currency and state: what a charge comes to in that state. Never zero. */
export type ChargeRow = {
  readonly side: Side;
  readonly code: string;
  readonly currency: Currency;
  readonly state: ChargeState;
  readonly amountMinor: bigint;
};

/** A charge as rated now, with its arithmetic. */
export type RatedCharge = {
  readonly side: Side;
  readonly code: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly agreement: { readonly id: string; readonly version: number };
  readonly lane?: string;
  /** The arithmetic in words, a step a line. Put into words when asked: most decisions are never explained. */
  readonly derivation: () => readonly string[];
  /** Ids of the facts it rests on. */
  readonly facts: readonly string[];
};

/** All that is known about one shipment. */
export type ShipmentInput = {
  readonly shipment: string;
  readonly facts: readonly Fact[];
  readonly documents: readonly KnownDocument[];
  /** The shipment's orders, in the order it names them, as far as they are known. */
  readonly orders: readonly Order[];
};

export type Decision = {
  readonly shipment: string;
  readonly customer: string;
  readonly carrier?: string;
  readonly status: ShipmentStatus;
  readonly pickedUpAt?: Instant;
  readonly deliveredAt?: Instant;
  readonly ratingDate?: LocalDate;
  readonly billing: BillingState;
  readonly charges: readonly ChargeRow[];
  readonly rated: readonly RatedCharge[];
  readonly exceptions: readonly OpenException[];
  /** Newly wanted, beyond those known: to be kept with this decision, in one transaction. */
  readonly documents: readonly BillingDocument[];
  /** What an approval would release now: documents that wait for it. */
  readonly awaitingApproval: readonly BillingDocument[];
  /** Facts that were kept and not applied: their sender may not speak for this shipment. */
  readonly unheard: readonly string[];
  /** Every number that finds this shipment now: the plan's own, its orders (type `order`), and what was learned. Sorted. */
  readonly references: readonly Reference[];
  /** Decide again at this time even if nothing arrives. */
  readonly wakeAt?: Instant;
};
