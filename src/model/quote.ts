// A price asked before there is an order: the shipment that might be, and what it would cost.

import { type Static, Type } from 'typebox';
import { ShipmentPlan } from './shipment.ts';
import { TaxRecord } from './tax.ts';
import { ChargeCode, CurrencyText, DecimalText, Identifier, LocalDateText, PositiveDecimalText } from './text.ts';

const strict = { additionalProperties: false };
const { customer, mode, service, equipment, stops, weight, pallets, units, distanceMiles, attributes } =
  ShipmentPlan.properties;

export const QuoteRequest = Type.Object(
  {
    customer,
    mode,
    service,
    equipment,
    stops,
    weight,
    pallets,
    units,
    distanceMiles,
    attributes,
    /** Accessorials asked for, of those that the agreement prices as reported. */
    charges: Type.Optional(
      Type.Array(Type.Object({ code: ChargeCode, quantity: Type.Optional(PositiveDecimalText) }, strict), {
        maxItems: 100,
      }),
    ),
    /** None given: that of the customer's policy. */
    legalEntity: Type.Optional(Identifier),
    /** Rated by this version of the customer's agreement, whatever is in force: what would it cost under version N? */
    agreement: Type.Optional(Type.Object({ id: Identifier, version: Type.Integer({ minimum: 1 }) }, strict)),
    /** None given: the local date of the pickup's appointment, else today there. */
    ratingDate: Type.Optional(LocalDateText),
  },
  { ...strict, title: 'QuoteRequest' },
);
export type QuoteRequest = Static<typeof QuoteRequest>;

const QUOTE_PROBLEMS = [
  'no-agreement',
  'no-lane',
  'fuel-index-missing',
  'quantity-missing',
  'accessorial-not-in-agreement',
  'tax-undetermined',
  'freight-not-billed',
] as const;

export const Quote = Type.Object(
  {
    customer: Identifier,
    legalEntity: Type.Optional(Identifier),
    currency: Type.Optional(CurrencyText),
    ratingDate: LocalDateText,
    agreement: Type.Optional(Type.Object({ id: Identifier, version: Type.Integer() })),
    lines: Type.Array(
      Type.Object({
        code: Type.String(),
        lane: Type.Optional(Type.String()),
        amount: DecimalText,
        tax: Type.Optional(Type.String({ description: 'Not there where it is undetermined' })),
        taxedBy: Type.Optional(TaxRecord),
        derivation: Type.Array(Type.String(), { description: 'The arithmetic, a step a line' }),
      }),
    ),
    subtotal: DecimalText,
    tax: Type.Optional(Type.String({ description: 'An estimate. Not there where any line’s is undetermined' })),
    total: Type.Optional(Type.String({ description: 'With the estimated tax' })),
    taxStage: Type.Literal('estimate', { description: 'Tax is estimated here and committed with the invoice' }),
    isTaxDetermined: Type.Boolean(),
    isComplete: Type.Boolean({ description: 'Nothing that would be charged is missing' }),
    problems: Type.Array(Type.Object({ kind: Type.Enum(QUOTE_PROBLEMS), detail: Type.String() })),
    notIncluded: Type.Array(Type.String(), { description: 'What is charged only if it happens' }),
  },
  { title: 'Quote' },
);
export type Quote = Static<typeof Quote>;
