// What a dispute packet holds: what it rests on, what follows from that, and the proofs. Plain JSON throughout.
//
//   basis ─ findingOf ─► finding          evidence: messages, proofs, history          signature over all of it
//
// The finding is a pure function of the basis, so whoever holds the packet can compute it again without us.

import { type Static, Type } from 'typebox';
import type { CarrierVerdict } from '../../model/carrier-invoice.ts';
import type { Side, Standing } from '../../model/decision.ts';
import type { Fact } from '../../model/fact.ts';
import type { FuelPrice, Versioned } from '../../model/rules.ts';
import type { Accessorial, Agreement, FuelTerms, Lane } from '../../model/setup/agreement.ts';
import type { Partner } from '../../model/setup/partner.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { AuditTolerance, TaxRow } from '../../model/setup/tables.ts';
import type { Order } from '../../model/shipment.ts';
import { InstantText } from '../../model/text.ts';
import type { Instant } from '../../model/time.ts';
import type { DisputeView } from '../../store/read/carrier-disputes.ts';
import type { ComparedView } from '../../store/read/carrier-invoices.ts';
import type { BilledEarlier, WholeDocument, WholeLine } from '../../store/read/packet.ts';
import type { Held, HeldOrder } from '../../store/read/states.ts';
import type { ShipmentExplanation } from '../explanation/shipment.ts';

export const PACKET_FORMAT = 'lading-packet/1';

/** What of a partner's profile bears on what is charged. */
export type PartnerInPacket = Pick<Partner, 'id' | 'name' | 'roles' | 'timezone'>;

/** The rules in force, as far as they bear on the shipments; instants are epoch milliseconds UTC. */
export type RulesInPacket = {
  readonly partners: readonly PartnerInPacket[];
  /** Every version of the partners that changed since the first document was decided. */
  readonly partnersHeld?: readonly (PartnerInPacket & Held)[];
  readonly agreements: readonly Versioned<Agreement>[];
  readonly policies: readonly Versioned<BillingPolicy>[];
  /** The same of the policies. */
  readonly policiesHeld?: readonly (Versioned<BillingPolicy> & Held)[];
  /** `held`: every state of the weeks whose price changed since the first document was decided. */
  readonly fuel: readonly {
    readonly index: string;
    readonly prices: readonly FuelPrice[];
    readonly held?: readonly (FuelPrice & Held)[];
  }[];
  readonly taxes?: readonly TaxRow[];
  readonly audit: readonly AuditTolerance[];
};

export type ShipmentInPacket = {
  readonly shipment: string;
  /** In the order they were applied; instants are epoch milliseconds UTC. */
  readonly facts: readonly Fact[];
  readonly orders: readonly Order[];
  /** Every state of those orders that changed since the first document was decided. */
  readonly ordersHeld?: readonly HeldOrder[];
  /** What was waived, and what was laid out for the customer; no more of its standing. */
  readonly standing: Pick<Standing, 'waived' | 'landed'>;
  /** Codes of duty and customs lines, which a carrier's bill may have as they come. */
  readonly disbursements?: readonly string[];
  /** Event id → message id. */
  readonly messageOf: Readonly<Record<string, string>>;
};

export type LineInPacket = WholeLine;
export type DocumentInPacket = WholeDocument & {
  /** By shipment: how many of its facts, from the first, the document was decided on. None where that was not found. */
  readonly known: Readonly<Record<string, number>>;
};

export type CarrierInvoiceInPacket = {
  readonly id: string;
  readonly message: string;
  readonly carrier: string;
  readonly invoice: string;
  readonly currency: string;
  readonly issuedOn: string;
  readonly arrivedAt: string;
  readonly verdict?: CarrierVerdict;
  readonly auditedAt?: string;
  readonly billed: string;
  readonly expected: string;
  readonly lines: readonly { readonly code: string; readonly amount: string; readonly shipment?: string }[];
  readonly compared: readonly ComparedInPacket[];
  /** An invoice of this carrier and number came earlier. */
  readonly isRepeated: boolean;
  /** What this carrier billed earlier of the same shipments. */
  readonly billedBefore: readonly BilledEarlier[];
  /** Of a credit note: what it may give back, and what was given back already, in its currency. */
  readonly creditedAgainst?: readonly StandingLine[];
  readonly bill?: string;
  readonly dispute?: Pick<DisputeView, 'state' | 'disputed' | 'recovered' | 'steps'>;
};
export type ComparedInPacket = ComparedView;
/** What another of this carrier's invoices says of a shipment's code; negative on a credit note. */
export type StandingLine = {
  readonly id: string;
  readonly shipment: string;
  readonly code: string;
  readonly amount: string;
  readonly isCreditNote: boolean;
};

export type Basis = {
  /** When it was looked at: epoch milliseconds UTC. */
  readonly at: Instant;
  /** Only what this customer may see. */
  readonly customer?: string;
  /** Whose matter it is: the customer's (`sell`) or the carrier's (`buy`). What the other side gets stays out of it. */
  readonly side: Side;
  readonly invoice?: string;
  readonly charge?: { readonly shipment: string; readonly code: string };
  readonly rules: RulesInPacket;
  readonly shipments: readonly ShipmentInPacket[];
  /** Every document of these shipments, in order of decision. */
  readonly documents: readonly DocumentInPacket[];
  readonly carrierInvoices: readonly CarrierInvoiceInPacket[];
};

/** The terms under which something was rated: the agreement's, and of them those used. */
export type Clause = {
  readonly agreement: string;
  readonly version: number;
  readonly importedAt: string;
  readonly side: string;
  readonly party: string;
  readonly currency: string;
  readonly validFrom: string;
  readonly validTo?: string;
  readonly rounding: string;
  readonly lanes: readonly Lane[];
  readonly fuel?: FuelTerms;
  readonly accessorials: readonly Accessorial[];
  readonly usedFor: readonly string[];
};

export type LineFinding = {
  readonly shipment: string;
  readonly code: string;
  readonly order?: string;
  readonly line?: number;
  readonly agreement?: { readonly id: string; readonly version: number };
  readonly lane?: string;
  /** Signed as the document's line: what rating anew comes to, less what was billed before. */
  readonly recomputed?: string;
  /** `follows`: the amount is what facts and rules of then give. `unknown`: not all it rested on is in the packet. */
  readonly standing: 'follows' | 'differs' | 'unknown';
  readonly because?: string;
};

export type Finding = {
  readonly shipments: readonly ShipmentFinding[];
  readonly clauses: readonly Clause[];
  readonly documents: readonly {
    readonly number: string;
    readonly sums: 'add up' | 'differ';
    readonly lines: readonly LineFinding[];
  }[];
  readonly audit: readonly {
    readonly id: string;
    readonly verdict: CarrierVerdict;
    readonly standing: LineFinding['standing'];
    readonly compared: readonly ComparedInPacket[];
  }[];
};
export type ShipmentFinding = Pick<
  ShipmentExplanation,
  | 'shipment'
  | 'customer'
  | 'carrier'
  | 'status'
  | 'pickedUpAt'
  | 'deliveredAt'
  | 'ratingDate'
  | 'plan'
  | 'references'
  | 'milestones'
  | 'reports'
  | 'charges'
> & {
  // In the form that packets began with: those that were given out must be found to hold for ever.
  readonly stops: readonly StopInPacket[];
  readonly documents: readonly DocumentFactInPacket[];
};
type ExplainedStop = ShipmentExplanation['stops'][number];
export type StopInPacket = Pick<ExplainedStop, 'sequence' | 'kind' | 'place' | 'timezone'> & {
  readonly appointment?: { readonly from: string; readonly local?: string };
};
export type DocumentFactInPacket = Omit<ShipmentExplanation['documents'][number], 'url' | 'isKept' | 'recordedAt'>;

const text = Type.String();
const optional = Type.Optional;
const hash = Type.String({ description: 'SHA-256, hex', pattern: '^[0-9a-f]{64}$' });
const bytes = {
  bytes: Type.Integer(),
  content: optional(Type.String({ description: 'The bytes, base64' })),
  leftOut: optional(Type.String({ description: 'Why the bytes are not here' })),
};

export const PacketMessage = Type.Object({
  id: text,
  partner: text,
  sender: optional(text),
  channel: text,
  fileName: optional(text),
  kind: optional(text),
  receivedAt: InstantText,
  sha256: hash,
  ...bytes,
});
export type PacketMessage = Static<typeof PacketMessage>;

export const PacketProof = Type.Object({
  shipment: text,
  kind: text,
  event: text,
  message: optional(text),
  sender: text,
  reportedAt: InstantText,
  signedBy: optional(text),
  mediaType: optional(text),
  url: optional(text),
  sha256: optional(hash),
  ...bytes,
});
export type PacketProof = Static<typeof PacketProof>;

export const HistoryEntry = Type.Object({
  at: InstantText,
  what: text,
  who: optional(text),
  event: optional(text),
  message: optional(text),
});
export type HistoryEntry = Static<typeof HistoryEntry>;

const parts = {
  format: Type.Literal(PACKET_FORMAT),
  ref: text,
  about: Type.Enum(['invoice', 'charge', 'carrier-invoice']),
  madeAt: InstantText,
  basis: Type.Unsafe<Basis>(Type.Object({}, { description: 'Facts, rules and documents that all else follows from' })),
  finding: Type.Unsafe<Finding>(
    Type.Object({}, { description: 'What follows: facts in words, clauses, arithmetic, verdicts' }),
  ),
  history: Type.Array(HistoryEntry),
  messages: Type.Array(PacketMessage),
  proofs: Type.Array(PacketProof),
  leftOut: Type.Array(Type.String({ description: 'What is not in the packet, and why' })),
};
export const Packet = Type.Object(parts);
export type Packet = Static<typeof Packet>;

export const SignedPacket = Type.Object(
  {
    ...parts,
    signature: Type.Object({
      algorithm: Type.Literal('Ed25519'),
      publicKey: Type.String({ description: 'PEM' }),
      fingerprint: Type.String({ description: 'SHA-256 of the public key (DER), hex' }),
      value: Type.String({ description: 'Base64; over the canonical JSON of the packet without this value' }),
    }),
  },
  { title: 'Packet', description: 'A dispute packet: `lading verify` checks it offline' },
);
export type SignedPacket = Static<typeof SignedPacket>;
