// What a translator gives back: the canonical events of one message, and what could not be understood.
//
// Faults are returned beside the results, not instead of them: one status in no table never costs the others.

import type { CanonicalEvent } from '../model/event.ts';
import type { ExceptionKind } from '../model/exception.ts';
import type { Reference } from '../model/reference.ts';
import type { Instant } from '../model/time.ts';

/** One message as it came in. */
export type InboundMessage = {
  readonly bytes: Uint8Array;
  /** Partner as the channel names it: the path of the request, the folder, the scenario step. */
  readonly partner: string;
  /** The channel proves who it is (a partner's own key): then a sender named inside must be the same. */
  readonly bound?: boolean;
  readonly fileName?: string;
  readonly mediaType?: string;
  readonly receivedAt: Instant;
};

/** How an event's shipment may be found; type `shipment` is our own id, others are reference types. */
export type ShipmentName = { readonly type: string; readonly value: string };

export type TranslatedEvent = {
  readonly event: CanonicalEvent;
  /** Partner id of who says it. */
  readonly sender: string;
  readonly reportedAt: Instant;
  /** Canonical JSON: `source` and `id` are its idempotency key. Files are known by their bytes. */
  readonly keyed: boolean;
  /** In the order to try them; the first that finds exactly one shipment holds. Empty where no shipment is meant. */
  readonly names: readonly ShipmentName[];
  /** Numbers that find this shipment alone from now on (`pro`, `tracking`, `container`, `booking`). */
  readonly teaches: readonly Reference[];
  /** What `unmatched-reference` is about while the shipment is unknown. */
  readonly subject: string;
};

export type TranslationProblem = {
  readonly kind: ExceptionKind & ('unreadable-message' | 'unknown-partner' | 'partner-not-party' | 'schema-violation');
  readonly subject: string;
  /** What, where, how to mend; one line. */
  readonly detail: string;
  /** Byte position in the message, where there is one. */
  readonly offset?: number;
};

export type Translation = {
  /** What the bytes were recognised as, such as `x12` or `json`; `unknown` with a problem. */
  readonly format: string;
  /** Partner id of the sender, when it is known. Of several interchanges, the first. */
  readonly sender?: string;
  readonly events: readonly TranslatedEvent[];
  /** Anything here quarantines the message (its good events are applied all the same). */
  readonly problems: readonly TranslationProblem[];
  /** The 997 or 999 that answers it; several interchanges are answered one after the other. */
  readonly acknowledgement?: Uint8Array;
};
