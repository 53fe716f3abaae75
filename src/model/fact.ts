// Facts: what was said about one shipment, immutable, in the form that the core decides over.
//
// A shipment's state is a function of its set of facts. Facts are kept compactly in the shipment's own row, so
// this form is lean: instants are numbers, and only what a decision can need is here. The whole event stays
// in the event table.

import type { Static } from 'typebox';
import type { AppointmentChange, ChargeEntered, ChargeReport, ChargeRuled, DocumentAttached } from './event.ts';
import type { Milestone } from './milestone.ts';
import type { Currency } from './money.ts';
import type { Reference } from './reference.ts';
import type { ContentsRow, ShipmentPlan } from './shipment.ts';
import type { Instant, WallClock } from './time.ts';

type Said = {
  /** The event's number in this hub: unique, and the last resort where two facts tie. */
  readonly id: string;
  /** Partner id of who said it. */
  readonly sender: string;
  /** When the sender reported it: CloudEvents `time`, X12 GS date and time; without one, the arrival. */
  readonly reportedAt: Instant;
  /** Numbers given with it that find its shipment alone from now on. */
  readonly teaches?: readonly Reference[];
};

export type Whereabouts = {
  readonly stop?: number;
  readonly stopHint?: number;
  readonly city?: string;
  readonly country?: string;
  /** Wall clock of the stop, where the message gave no zone: read in the stop's zone once the stop is known. */
  readonly localTime?: WallClock;
};

export type PlanFact = Said & { readonly kind: 'plan'; readonly plan: ShipmentPlan };
export type MilestoneFact = Said &
  Whereabouts & {
    readonly kind: 'milestone';
    readonly milestone: Milestone;
    readonly occurredAt: Instant;
    readonly reason?: string;
    readonly eta?: Instant;
  };
export type AppointmentFact = Said &
  Whereabouts & { readonly kind: 'appointment'; readonly end: AppointmentChange['kind']; readonly from: Instant };
export type DocumentFact = Said & {
  readonly kind: 'document';
  readonly document: DocumentAttached['kind'];
  /** Where the bytes are kept: SHA-256 of the content, hex. */
  readonly content?: string;
  readonly mediaType?: string;
  readonly url?: string;
  readonly signedBy?: string;
};
export type ChargeFact = Said & {
  readonly kind: 'charge';
  readonly code: string;
  readonly quantity?: string;
  readonly side: ChargeReport['side'];
  readonly occurredAt: Instant;
};
/** Its sender is its author: a key's id and name, or who stood at the command line. */
export type EntryFact = Said & {
  readonly kind: 'entry';
  readonly entry: Static<typeof ChargeEntered>['entry'];
  readonly code: string;
  readonly currency: Currency;
  /** Decimal text, above zero. */
  readonly amount: string;
  readonly reason: string;
  readonly needsApproval: boolean;
};
export type RulingFact = Said & {
  readonly kind: 'ruling';
  readonly ruling: Static<typeof ChargeRuled>['ruling'];
  /** Ids of the entries it is about. */
  readonly entries: readonly string[];
  readonly reason?: string;
};
/** A person of ours said which shipment its numbers mean: they find it from then on, whatever their type. */
export type LinkFact = Said & { readonly kind: 'link' };
export type GoodsFact = Said &
  (
    | { readonly kind: 'packed'; readonly contents: readonly ContentsRow[]; readonly occurredAt: Instant }
    | { readonly kind: 'short'; readonly shortages: readonly ContentsRow[]; readonly occurredAt: Instant }
    | { readonly kind: 'returned'; readonly contents: readonly ContentsRow[]; readonly occurredAt: Instant }
  );

export type Fact =
  | PlanFact
  | MilestoneFact
  | AppointmentFact
  | DocumentFact
  | ChargeFact
  | EntryFact
  | RulingFact
  | LinkFact
  | GoodsFact;
