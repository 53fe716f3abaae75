// What the core answers for one shipment: its state, its charges, its problems, and the documents it now wants.

import type { BillingDocument, ChargedFor, DocumentLine, KnownDocument } from './document.ts';
import type { OpenException } from './exception.ts';
import type { RateUsed } from './exchange.ts';
import type { Fact } from './fact.ts';
import type { LandedLine } from './landed.ts';
import type { Currency } from './money.ts';
import type { ProForma } from './pro-forma.ts';
import type { Reference } from './reference.ts';
import type { Order, Stop } from './shipment.ts';
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
export type RatedCharge = ChargedFor & {
  readonly side: Side;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  /** What it was rated by: an agreement, or of goods the order line's price. */
  readonly agreement?: { readonly id: string; readonly version: number };
  readonly lane?: string;
  readonly goods?: { readonly quantity: string; readonly unitPrice: string; readonly description?: string };
  /** `freight`, or the order line's own. */
  readonly taxCategory: string;
  /** The arithmetic in words, a step a line. Put into words when asked: most decisions are never explained. */
  readonly derivation: () => readonly string[];
  /** Ids of the facts it rests on. */
  readonly facts: readonly string[];
};

/**
 * What was settled about a shipment in common with others, as it stands: its place in an account, in its orders, in its
 * carrier's bills. Kept with the shipment and given to its next decision.
 */
export type Standing = {
  /** Since when its billing trigger is reached. */
  readonly dueSince?: Instant;
  /** By currency: since when its first document there could be decided. */
  readonly readySince?: Readonly<Record<Currency, Instant>>;
  /** Its invoice was tried and exceeds the customer's limit. */
  readonly creditHeld?: boolean;
  /** A person let its invoice go, beyond the limit. */
  readonly creditReleased?: boolean;
  /** By `order/line`: the quantity, in all, that the order was found to cover when so much was ordered. */
  readonly covered?: Readonly<Record<string, { readonly quantity: string; readonly ordered: string }>>;
  /** `order/line` whose quantity does not reach this shipment. */
  readonly exceeding?: readonly string[];
  /** By currency and charge (`chargeKey`): differences that an approver refused, signed minor units. */
  readonly waived?: Readonly<Record<Currency, Readonly<Record<string, string>>>>;
  /** By charge code: what the carrier's own bill of it came to be. */
  readonly billed?: Readonly<Record<string, 'approved' | 'disputed'>>;
  /** Exchange rates that its margin was reckoned by; they hold from its first document on. */
  readonly exchange?: readonly RateUsed[];
  /** Duty and customs lines that were accepted, by arrival. */
  readonly landed?: readonly LandedLine[];
  /** Those issued so far, the newest last. */
  readonly proFormas?: readonly ProForma[];
};

/** What a shipment holds of one order line, and wants billed of it. Decimal texts. */
export type GoodsClaim = {
  readonly order: string;
  readonly line: number;
  /** Planned or packed. */
  readonly planned: string;
  /** Less shortages and returns. */
  readonly kept: string;
  /** What its documents should come to; `"0"` where its customer is not billed goods, and for a cancelled one. */
  readonly wanted: string;
  readonly documented: string;
};

/** A shipment's first document in one currency, as it would be now; its account decides when, and with whom. */
export type Candidate = {
  readonly shipment: string;
  readonly currency: Currency;
  readonly legalEntity?: string;
  /** Due and free of holds since. */
  readonly readySince: Instant;
  readonly lines: readonly DocumentLine[];
};

/** All that is known about one shipment. */
export type ShipmentInput = {
  readonly shipment: string;
  readonly facts: readonly Fact[];
  readonly documents: readonly KnownDocument[];
  /** Orders that its facts name, as far as they are known, of whatever customer. */
  readonly orders: readonly Order[];
  readonly standing: Standing;
};

/** From where to where, and when that is to be; both ends by the plan as it now stands. */
export type Route = {
  readonly origin?: Stop;
  readonly destination?: Stop;
  readonly plannedPickupAt?: Instant;
  readonly plannedDeliveryAt?: Instant;
};

export type Decision = {
  readonly shipment: string;
  readonly customer: string;
  readonly carrier?: string;
  readonly mode: string;
  readonly route: Route;
  readonly legalEntity?: string;
  readonly status: ShipmentStatus;
  readonly pickedUpAt?: Instant;
  readonly deliveredAt?: Instant;
  readonly ratingDate?: LocalDate;
  readonly billing: BillingState;
  readonly charges: readonly ChargeRow[];
  readonly rated: readonly RatedCharge[];
  /** Cost that no agreement rates: duty and customs lines, as billed. */
  readonly disbursed?: readonly RatedCharge[];
  readonly exceptions: readonly OpenException[];
  /** Newly wanted, beyond those known: to be kept with this decision, in one transaction. */
  readonly documents: readonly BillingDocument[];
  /** First documents that wait for their account: a common invoice, or a common credit limit. */
  readonly candidates: readonly Candidate[];
  readonly claims: readonly GoodsClaim[];
  /** As it stands after this decision. */
  readonly standing: Standing;
  /** What an approval would release now: documents that wait for it. */
  readonly awaitingApproval: readonly BillingDocument[];
  /** Facts that were kept and not applied: their sender may not speak for this shipment. */
  readonly unheard: readonly string[];
  /** Every number that finds this shipment now: the plan's own, its orders (type `order`), and what was learned. Sorted. */
  readonly references: readonly Reference[];
  /** Decide again at this time even if nothing arrives. */
  readonly wakeAt?: Instant;
};
