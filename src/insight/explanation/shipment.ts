// What an explanation says of a shipment or one of its charges.
import { type Static, Type } from 'typebox';
import { ProForma } from '../../model/pro-forma.ts';
import { InstantText } from '../../model/text.ts';
import { ExplainedInvoice } from './document.ts';
import { ExplainedException } from './exception.ts';

const optional = Type.Optional;
const text = Type.String();
const money = Type.String({ description: 'Decimal, in the currency beside it' });

/** Where a fact came from. */
const Source = {
  sender: text,
  senderName: optional(text),
  reportedAt: InstantText,
  event: text,
  message: optional(text),
  recordedAt: optional(Type.String({ format: 'date-time', description: 'When the hub had it' })),
};

export const ExplainedMilestone = Type.Object({
  milestone: text,
  at: InstantText,
  local: optional(Type.String({ description: "In the stop's zone" })),
  stop: optional(Type.Integer()),
  reason: optional(text),
  standing: Type.Enum(['believed', 'corrected', 'not heard'], {
    description: '`corrected`: a later report holds. `not heard`: its sender may not speak for this shipment',
  }),
  ...Source,
});
export type ExplainedMilestone = Static<typeof ExplainedMilestone>;

const ExplainedVisit = Type.Object({ at: InstantText, local: optional(text), milestone: text });

const ExplainedStop = Type.Object({
  sequence: Type.Integer(),
  kind: text,
  place: text,
  name: optional(text),
  city: optional(text),
  region: optional(text),
  postal: optional(text),
  country: text,
  locode: optional(text),
  timezone: optional(text),
  appointment: optional(Type.Object({ from: InstantText, to: optional(InstantText), local: optional(text) })),
  arrived: optional(ExplainedVisit),
  done: optional({ ...ExplainedVisit, description: 'Picked up, delivered, or the failed attempt, whichever was last' }),
  departed: optional(ExplainedVisit),
});

export const ExplainedFact = Type.Object({
  kind: text,
  what: text,
  at: optional(
    Type.String({ format: 'date-time', description: 'When it happened; a plan or a document has no moment' }),
  ),
  lateMinutes: optional(Type.Integer({ description: 'From when it happened to when the hub had it' })),
  standing: Type.Enum(['believed', 'corrected', 'not heard']),
  ...Source,
});
export type ExplainedFact = Static<typeof ExplainedFact>;

const ExplainedDocument = Type.Object({
  kind: text,
  mediaType: optional(text),
  signedBy: optional(text),
  url: optional(text),
  isKept: Type.Boolean({ description: 'Its bytes are here: `/v1/shipments/{id}/documents/{event}`' }),
  heard: Type.Boolean(),
  ...Source,
});

const ExplainedReport = Type.Object({
  code: text,
  side: text,
  quantity: optional(text),
  occurredAt: InstantText,
  heard: Type.Boolean(),
  ...Source,
});

const ExplainedEntry = Type.Object({
  entry: text,
  code: text,
  amount: money,
  currency: text,
  reason: text,
  standing: Type.Enum(['within the limit', 'waits for approval', 'approved', 'refused']),
  ruledBy: optional(text),
  ...Source,
});

const ExplainedApproval = Type.Object({
  at: InstantText,
  by: text,
  word: Type.Enum(['approved', 'refused']),
  of: Type.Array(text),
  reason: optional(text),
});

export const ExplainedCharge = Type.Object({
  side: Type.Enum(['sell', 'buy']),
  code: text,
  currency: text,
  amount: optional(Type.String({ description: 'As rated now; missing where it is no longer charged' })),
  states: Type.Array(Type.Object({ state: text, amount: money })),
  agreement: optional(Type.Object({ id: text, version: Type.Integer() })),
  lane: optional(text),
  derivation: Type.Array(Type.String({ description: 'The arithmetic, a step a line' })),
  restsOn: Type.Array(Type.Object({ event: text, message: optional(text), what: text })),
});
export type ExplainedCharge = Static<typeof ExplainedCharge>;

export const ExplainedMargin = Type.Object({
  currency: text,
  revenue: money,
  cost: money,
  margin: Type.String(),
  rates: Type.Array(
    Type.Object({
      from: text,
      to: text,
      rate: text,
      effective: text,
      version: optional(Type.Integer()),
      isInverse: optional(Type.Boolean()),
    }),
  ),
  derivation: Type.Array(text),
});
export type ExplainedMargin = Static<typeof ExplainedMargin>;

export const ShipmentExplanation = Type.Object({
  about: Type.Literal('shipment'),
  shipment: text,
  customer: optional(text),
  customerName: optional(text),
  carrier: optional(text),
  carrierName: optional(text),
  status: optional(text),
  billing: optional(text),
  billingBecause: optional(
    Type.String({ description: 'Why it is not invoiced, what it waits for, and who owns that' }),
  ),
  pickedUpAt: optional(InstantText),
  deliveredAt: optional(InstantText),
  ratingDate: optional(text),
  plan: optional(
    Type.Object({
      mode: text,
      service: optional(text),
      equipment: optional(text),
      orders: Type.Array(text),
      weight: optional(text),
      pallets: optional(text),
      units: optional(text),
      distanceMiles: optional(text),
      attributes: Type.Array(text),
      ...Source,
    }),
  ),
  goods: optional(
    Type.Array(
      Type.Object({
        order: text,
        line: Type.Integer(),
        shipped: Type.String({ description: 'Planned or packed' }),
        kept: Type.String({ description: 'Less what did not arrive and what came back: what is billed' }),
      }),
      { description: 'Missing where no order line is known to be in it' },
    ),
  ),
  references: Type.Array(Type.Object({ type: text, value: text })),
  stops: Type.Array(ExplainedStop),
  milestones: Type.Array(ExplainedMilestone),
  facts: Type.Array(ExplainedFact, { description: 'Every fact, in the order of what happened' }),
  documents: Type.Array(ExplainedDocument),
  reports: Type.Array(ExplainedReport),
  byHand: Type.Array(ExplainedEntry, { description: 'Charges, credits and write-offs that people of ours entered' }),
  policy: optional(
    Type.Object({ trigger: text, consolidation: text, version: optional(Type.Integer()), given: Type.Boolean() }),
  ),
  charges: Type.Array(ExplainedCharge),
  invoices: Type.Array(ExplainedInvoice),
  awaitingApproval: Type.Array(
    Type.Object({
      kind: text,
      currency: text,
      total: money,
      corrects: optional(text),
      lines: Type.Array(Type.Object({ code: text, amount: money, description: text, derivation: Type.Array(text) }), {
        description: 'The differences, and how each came about',
      }),
    }),
  ),
  approvals: optional(Type.Array(ExplainedApproval, { description: 'Who said yes or no to its adjustments' })),
  proFormas: optional(Type.Array(ProForma)),
  margin: optional(ExplainedMargin),
  exceptions: Type.Array(ExplainedException),
});
export type ShipmentExplanation = Static<typeof ShipmentExplanation>;

export const ChargeExplanation = Type.Object({
  about: Type.Literal('charge'),
  shipment: text,
  customer: optional(text),
  code: text,
  status: optional(text),
  billing: optional(text),
  billingBecause: optional(text),
  charges: Type.Array(ExplainedCharge),
  lines: Type.Array(
    Type.Object({ number: text, kind: text, amount: money, currency: text, derivation: Type.Array(text) }),
  ),
});
export type ChargeExplanation = Static<typeof ChargeExplanation>;
