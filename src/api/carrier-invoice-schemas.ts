// Carriers' invoices as the API answers them.
import { Type } from 'typebox';
import { DISPUTE_STATES } from '../model/carrier-dispute.ts';
import { CARRIER_VERDICTS } from '../model/carrier-invoice.ts';
import { LANDED_COST_STATES } from '../model/landed-cost.ts';
import { DecimalText, Identifier, InstantText, LocalDateText } from '../model/text.ts';
import { RowId } from './schemas.ts';

const optional = Type.Optional;

const ComparedAmount = Type.Object({
  shipment: Identifier,
  code: Type.String(),
  billed: Type.String(),
  expected: DecimalText,
  withinTolerance: Type.Boolean(),
});
const carrierInvoice = {
  id: RowId,
  carrier: Identifier,
  carrierName: optional(Type.String()),
  invoice: Identifier,
  currency: Type.String(),
  issuedOn: LocalDateText,
  arrivedAt: InstantText,
  message: RowId,
  verdict: optional(Type.Enum(CARRIER_VERDICTS, { description: 'Missing until it was looked at' })),
  auditedAt: optional(InstantText),
  billed: Type.String({ description: 'In all' }),
  expected: Type.String({ description: 'For what it bills; zero for a duplicate and an unmatched one' }),
  difference: Type.String({ description: 'Billed above what is expected; below it, negative' }),
  dispute: optional(Type.Enum(DISPUTE_STATES, { description: 'How far its dispute is; for our own people' })),
  differences: Type.Array(ComparedAmount, { description: 'Those out of tolerance' }),
  bill: optional(Type.String({ description: 'The document it became in the ERP, once it was approved' })),
  billPostedAt: optional(InstantText),
  erpNumber: optional(Type.String()),
};
const LandedCostStanding = Type.Object(
  {
    state: Type.Enum(LANDED_COST_STATES),
    reason: optional(Type.String({ description: 'Why it is not made, or not needed' })),
    since: InstantText,
    nextLookAt: optional(InstantText),
  },
  { description: 'How far the ERP is in adding it to the value of the goods; for our own people' },
);
export const CarrierInvoice = Type.Object(carrierInvoice, { title: 'CarrierInvoice' });
export const CarrierInvoiceDetail = Type.Object(
  {
    ...carrierInvoice,
    compared: Type.Array(ComparedAmount, { description: 'Per shipment and code' }),
    lines: Type.Array(
      Type.Object({
        code: Type.String(),
        amount: Type.String(),
        shipment: optional(Identifier),
        names: Type.Array(Type.Object({ type: Type.String(), value: Type.String() }), {
          description: 'What may find its shipment, in the order to try',
        }),
      }),
    ),
    landedCost: optional(LandedCostStanding),
  },
  { title: 'CarrierInvoiceDetail' },
);
