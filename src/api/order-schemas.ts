// What the API answers of orders.

import { Type } from 'typebox';
import { BILLING_STATES, SHIPMENT_STATUSES } from '../model/decision.ts';
import { OrderLine, ShipTo } from '../model/shipment.ts';
import { DecimalText, Identifier, InstantText } from '../model/text.ts';

const optional = Type.Optional;

export const ORDER_STATUSES = ['open', 'partly-delivered', 'delivered', 'invoiced'] as const;

const steps = { ordered: DecimalText, planned: DecimalText, delivered: DecimalText, invoiced: DecimalText };
const order = {
  order: Identifier,
  customer: Identifier,
  customerName: optional(Type.String()),
  status: Type.Enum(ORDER_STATUSES),
  currency: Type.String(),
  placedAt: InstantText,
  value: Type.Object(steps, { description: 'Its goods by its own prices, before freight and tax' }),
};
export const OrderSummary = Type.Object(
  { ...order, lines: Type.Integer({ description: 'How many' }) },
  { title: 'Order', description: 'How far an order is' },
);

const { quantity: _, taxCategory: __, ...line } = OrderLine.properties;
export const OrderDetail = Type.Object(
  {
    ...order,
    shipTo: ShipTo,
    legalEntity: optional(Type.String()),
    lines: Type.Array(
      Type.Object({
        ...line,
        ...steps,
        shipments: Type.Array(
          Type.Object({
            shipment: Identifier,
            planned: DecimalText,
            kept: Type.String({ description: 'Less shortages and returns' }),
            status: Type.String(),
          }),
        ),
      }),
    ),
    shipments: Type.Array(
      Type.Object({
        shipment: Identifier,
        status: Type.Enum(SHIPMENT_STATUSES),
        billing: Type.Enum(BILLING_STATES),
      }),
      { description: 'Those that name it, at most 200' },
    ),
    invoices: Type.Array(Type.Object({ number: Identifier, kind: Type.String(), state: Type.String() })),
  },
  { title: 'OrderDetail' },
);
