// What an order's goods came to by the time they landed: their price, the way, and duty and customs. And how far the ERP is in
// adding what a carrier's bill cost to the value of the goods that it brought.

import { type Static, Type } from 'typebox';

const text = Type.String();
const cost = Type.Object({ code: text, amount: text });

export const LandedCostReport = Type.Object(
  {
    order: text,
    customer: text,
    currency: Type.String({ description: 'The order’s; every amount without a currency of its own is in it' }),
    goods: text,
    costs: Type.Array(cost, { description: 'By charge code' }),
    total: text,
    lines: Type.Array(
      Type.Object({
        line: Type.Integer(),
        quantity: Type.String({ description: 'Planned or packed, less shortages and returns' }),
        goods: text,
        costs: Type.Array(cost),
        total: text,
        perUnit: Type.Optional(Type.String({ description: 'Not there where nothing is left of the line' })),
      }),
    ),
    shipments: Type.Array(
      Type.Object({
        shipment: text,
        costs: Type.Array(
          Type.Object({
            code: text,
            currency: text,
            amount: Type.String({ description: 'Of the whole shipment, in its own currency' }),
            share: Type.Optional(Type.String({ description: 'This order’s part, in the order’s currency' })),
            derivation: Type.Array(text, { description: 'How the amount came about and was converted, a step a line' }),
          }),
        ),
      }),
    ),
    isComplete: Type.Boolean({ description: 'Every cost could be converted' }),
    problems: Type.Array(text),
  },
  { title: 'LandedCost' },
);
export type LandedCostReport = Static<typeof LandedCostReport>;

/**
 * `waiting`: for the receipt of the goods, or for the bill to be posted. `needs-person`: an exception says what is to be done.
 * `given-up`: no receipt came in sixty days, as for goods that went out.
 */
export const LANDED_COST_STATES = ['waiting', 'needs-person', 'made', 'not-needed', 'given-up'] as const;
export type LandedCostState = (typeof LANDED_COST_STATES)[number];
