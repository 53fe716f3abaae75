// What an explanation says: one schema for the type, the API and the command line.

import { type Static, Type } from 'typebox';
import { ProForma } from '../model/pro-forma.ts';
import { TaxRecord } from '../model/tax.ts';
import { InstantText } from '../model/text.ts';
import { Payment } from './explain/payment.ts';
import { ExplainedDemand, ExplainedOrder } from './order-explanation.ts';

const optional = Type.Optional;
const text = Type.String();
const money = Type.String({ description: 'Decimal, in the currency beside it' });

/** Where a fact came from. */
const Source = {
  sender: text,
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

export const ExplainedEffect = Type.Object({
  key: text,
  system: text,
  kind: text,
  state: text,
  attempts: Type.Integer(),
  reason: optional(text),
  nextAt: optional(InstantText),
  externalId: optional(text),
  createdAt: InstantText,
  changedAt: InstantText,
});
export type ExplainedEffect = Static<typeof ExplainedEffect>;

export const ExplainedInvoice = Type.Object({
  number: text,
  kind: text,
  stage: optional(text),
  customer: text,
  legalEntity: optional(text),
  paymentTermsDays: optional(Type.Integer()),
  currency: text,
  subtotal: money,
  tax: money,
  total: money,
  state: text,
  decidedAt: InstantText,
  approvedBy: optional(text),
  postedAt: optional(InstantText),
  erpNumber: optional(text),
  corrects: optional(text),
  shipments: Type.Array(text),
  lines: Type.Array(
    Type.Object({
      shipment: text,
      code: text,
      amount: money,
      tax: money,
      taxRate: text,
      taxedBy: optional(TaxRecord),
      description: text,
      derivation: Type.Array(text),
    }),
  ),
  effects: Type.Array(ExplainedEffect),
});
export type ExplainedInvoice = Static<typeof ExplainedInvoice>;

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

export const ExplainedException = Type.Object({
  id: text,
  kind: text,
  subject: text,
  detail: text,
  owner: text,
  state: text,
  openedAt: InstantText,
  dueAt: InstantText,
  closedAt: optional(InstantText),
  waitsFor: text,
  mend: text,
  shipment: optional(text),
  message: optional(text),
});
export type ExplainedException = Static<typeof ExplainedException>;

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

export const InvoiceExplanation = Type.Object({ about: Type.Literal('invoice'), invoice: ExplainedInvoice });
export type InvoiceExplanation = Static<typeof InvoiceExplanation>;

const ExplainedCarrierInvoice = Type.Object({
  id: text,
  message: text,
  issuedOn: text,
  arrivedAt: InstantText,
  currency: text,
  verdict: optional(text),
  because: text,
  billed: money,
  expected: money,
  compared: Type.Array(
    Type.Object({
      shipment: text,
      code: text,
      billed: money,
      expected: money,
      difference: money,
      withinTolerance: Type.Boolean(),
      derivation: Type.Array(Type.String({ description: 'How the expected amount comes about now, a step a line' })),
    }),
  ),
  lines: Type.Array(
    Type.Object({
      code: text,
      amount: money,
      shipment: optional(text),
      names: Type.Array(Type.Object({ type: text, value: text })),
    }),
  ),
  bill: optional(text),
  billPostedAt: optional(InstantText),
  erpNumber: optional(text),
  dispute: optional(
    Type.Object({
      state: text,
      disputed: money,
      recovered: money,
      steps: Type.Array(Type.Object({ state: text, at: text, by: text, reason: text })),
    }),
  ),
  effects: Type.Array(ExplainedEffect),
});

/** What came of a carrier under one number: mostly one invoice, and those that repeat it. */
export const CarrierInvoiceExplanation = Type.Object({
  about: Type.Literal('carrier-invoice'),
  carrier: text,
  invoice: text,
  tolerance: text,
  invoices: Type.Array(ExplainedCarrierInvoice),
  exceptions: Type.Array(ExplainedException),
});
export type CarrierInvoiceExplanation = Static<typeof CarrierInvoiceExplanation>;

const EventOutcome = Type.Object({
  event: text,
  position: Type.Integer(),
  type: text,
  shipment: optional(text),
  became: Type.String({ description: 'Where it went' }),
});
export const MessageExplanation = Type.Object({
  about: Type.Literal('message'),
  message: text,
  partner: text,
  sender: optional(text),
  channel: text,
  fileName: optional(text),
  kind: optional(text),
  bytes: Type.Integer(),
  sha256: text,
  receivedAt: InstantText,
  correlation: text,
  verdict: text,
  sentence: text,
  problems: Type.Array(
    Type.Object({
      kind: text,
      subject: text,
      detail: text,
      offset: optional(Type.Integer()),
      waitsFor: text,
      mend: text,
    }),
  ),
  events: Type.Array(EventOutcome),
  eventsInAll: Type.Integer(),
  acknowledgement: optional(text),
  exceptions: Type.Array(ExplainedException),
});
export type MessageExplanation = Static<typeof MessageExplanation>;

export const EventExplanation = Type.Object({
  about: Type.Literal('event'),
  event: text,
  type: text,
  source: text,
  key: text,
  sender: text,
  message: text,
  shipment: optional(text),
  reportedAt: InstantText,
  recordedAt: InstantText,
  became: text,
  data: Type.Unknown(),
});
export type EventExplanation = Static<typeof EventExplanation>;

export const ExceptionExplanation = Type.Object({ about: Type.Literal('exception'), exception: ExplainedException });
export type ExceptionExplanation = Static<typeof ExceptionExplanation>;

export const PaymentExplanation = Type.Object({
  about: Type.Literal('payment'),
  payment: Payment,
  sentence: text,
  message: optional(text),
  exceptions: Type.Array(ExplainedException),
});
export type PaymentExplanation = Static<typeof PaymentExplanation>;

export const OrderExplanation = Type.Object({
  about: Type.Literal('order'),
  ...ExplainedOrder.properties,
  exceptions: Type.Array(ExplainedException),
});
export type OrderExplanation = Static<typeof OrderExplanation>;

export const DemandExplanation = Type.Object({
  about: Type.Literal('demand'),
  ...ExplainedDemand.properties,
  exceptions: Type.Array(ExplainedException),
});
export type DemandExplanation = Static<typeof DemandExplanation>;

/** Facts that wait for a shipment of this name. */
export const WaitingExplanation = Type.Object({
  about: Type.Literal('waiting'),
  name: text,
  sentence: text,
  facts: Type.Array(Type.Object({ event: text, message: text, sender: text, since: InstantText, what: text })),
});
export type WaitingExplanation = Static<typeof WaitingExplanation>;

/** More than one thing has this name. */
export const ChoiceExplanation = Type.Object({
  about: Type.Literal('choice'),
  ref: text,
  choices: Type.Array(Type.Object({ ref: Type.String({ description: 'Ask again with this' }), is: text })),
});
export type ChoiceExplanation = Static<typeof ChoiceExplanation>;

export const Explanation = Type.Union(
  [
    ShipmentExplanation,
    ChargeExplanation,
    InvoiceExplanation,
    CarrierInvoiceExplanation,
    PaymentExplanation,
    OrderExplanation,
    DemandExplanation,
    MessageExplanation,
    EventExplanation,
    ExceptionExplanation,
    WaitingExplanation,
    ChoiceExplanation,
  ],
  { title: 'Explanation', description: '`about` says which' },
);
export type Explanation = Static<typeof Explanation>;
