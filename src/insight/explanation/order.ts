// What an explanation says of an order, and of what somebody was asked to carry of it.
import { type Static, Type } from 'typebox';
import { ShipTo } from '../../model/shipment.ts';
import { DecimalText, InstantText } from '../../model/text.ts';
import { ExplainedException } from './exception.ts';

const optional = Type.Optional;
const text = Type.String();
const steps = { ordered: DecimalText, planned: DecimalText, delivered: DecimalText, invoiced: DecimalText };

const ExplainedDemandMessage = Type.Object({
  message: Type.String({ description: 'Its name: order, customer and revision' }),
  revision: Type.Integer(),
  purpose: Type.Enum(['original', 'change', 'cancel']),
  changes: optional(Type.Array(text, { description: 'In what it differs from the one before' })),
  control: Type.Integer({ description: 'Number of its X12 interchange' }),
  state: Type.Enum(['asking', 'asked', 'acknowledged', 'accepted', 'declined', 'rejected', 'refused']),
  effect: text,
  attempts: Type.Integer(),
  reason: optional(text),
  nextAt: optional(InstantText),
  madeAt: InstantText,
  resentBy: optional(Type.String({ description: 'Who had it asked again' })),
  takenAt: optional(InstantText),
  receiptedAt: optional(Type.String({ format: 'date-time', description: 'When a 997 or a 2xx came' })),
  rejectedAs: optional(Type.String({ description: 'The document that a 997 rejected' })),
  answer: optional(Type.Enum(['accepted', 'declined'])),
  answeredAt: optional(InstantText),
});
export type ExplainedDemandMessage = Static<typeof ExplainedDemandMessage>;

export const ExplainedDemand = Type.Object({
  order: text,
  customer: text,
  recipient: text,
  state: text,
  sentence: Type.String({ description: 'How it stands, what it waits for, and who owns that' }),
  answerDueAt: optional(InstantText),
  messages: Type.Array(ExplainedDemandMessage, { description: 'Oldest first' }),
});
export type ExplainedDemand = Static<typeof ExplainedDemand>;

export const ExplainedOrder = Type.Object({
  order: text,
  customer: text,
  customerName: optional(text),
  legalEntity: optional(text),
  status: Type.Enum(['open', 'partly-delivered', 'delivered', 'invoiced']),
  sentence: text,
  currency: text,
  placedAt: InstantText,
  cancelledAt: optional(InstantText),
  customerReference: optional(text),
  wantedBy: optional(text),
  shipTo: ShipTo,
  value: Type.Object(steps, { description: 'Its goods by its own prices, before freight and tax' }),
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      sku: optional(text),
      description: optional(text),
      unitPrice: DecimalText,
      ...steps,
      shipments: Type.Array(text, { description: 'Those that hold some of it' }),
    }),
  ),
  notInvoiced: Type.Array(text, { description: 'Why what is not invoiced is not, what it waits for, who owns that' }),
  shipments: Type.Array(Type.Object({ shipment: text, status: text, billing: text, billingBecause: optional(text) })),
  invoices: Type.Array(Type.Object({ number: text, kind: text, state: text })),
  demand: optional(ExplainedDemand),
});
export type ExplainedOrder = Static<typeof ExplainedOrder>;

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
