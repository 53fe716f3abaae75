// What an explanation says of documents: our invoices, carriers' invoices, and how far each is outside.
import { type Static, Type } from 'typebox';
import { LANDED_COST_STATES } from '../../model/landed-cost.ts';
import { TaxRecord } from '../../model/tax.ts';
import { InstantText } from '../../model/text.ts';
import { ExplainedException } from './exception.ts';

const optional = Type.Optional;
const text = Type.String();
const money = Type.String({ description: 'Decimal, in the currency beside it' });

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
  landedCost: optional(
    Type.Object({
      state: Type.Enum(LANDED_COST_STATES),
      reason: optional(text),
      since: InstantText,
      nextLookAt: optional(InstantText),
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
