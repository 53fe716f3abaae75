// The outcome: what all that came in led to, and whether the books hold.

import { Type } from 'typebox';
import { outcomeOf } from '../../insight/outcome.ts';
import { DecimalText, InstantText } from '../../model/text.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';

const text = Type.String();
const time = Type.Union([InstantText, Type.Null()]);
const count = Type.Integer();
const money = DecimalText;
const quantity = DecimalText;

export const OutcomeAnswer = Type.Object(
  {
    shipments: Type.Array(
      Type.Object({ shipment: text, status: text, billing: text, pickedUpAt: time, deliveredAt: time }),
    ),
    charges: Type.Array(
      Type.Object({ shipment: text, side: text, code: text, amount: money, currency: text, state: text }),
    ),
    invoices: Type.Array(
      Type.Object({
        customer: text,
        kind: text,
        number: text,
        shipments: Type.Array(text),
        currency: text,
        lines: Type.Array(
          Type.Object({
            shipment: text,
            code: text,
            order: Type.Optional(text),
            line: Type.Optional(Type.Integer()),
            quantity: Type.Optional(quantity),
            amount: money,
          }),
        ),
        subtotal: money,
        tax: money,
        total: money,
        postedAt: time,
        open: money,
      }),
    ),
    orders: Type.Array(
      Type.Object({
        order: text,
        customer: text,
        status: text,
        lines: Type.Array(
          Type.Object({
            line: Type.Integer(),
            ordered: quantity,
            planned: quantity,
            delivered: quantity,
            invoiced: quantity,
          }),
        ),
      }),
    ),
    carrierInvoices: Type.Array(
      Type.Object({
        carrier: text,
        invoice: text,
        verdict: text,
        billed: money,
        expected: money,
        differences: Type.Array(Type.Object({ shipment: text, code: text, billed: money, expected: money })),
      }),
    ),
    exceptions: Type.Array(Type.Object({ kind: text, subject: text, state: text })),
    erp: Type.Object({ invoices: count, creditNotes: count, bills: count }),
    messages: Type.Object({ received: count, duplicates: count, quarantined: count, waiting: count }),
    conservation: Type.Record(
      text,
      Type.Object({
        total: money,
        expected: money,
        pending: money,
        invoiced: money,
        disputed: money,
        waived: money,
        erp: money,
        difference: money,
      }),
    ),
  },
  { title: 'Outcome' },
);

export function outcomeRoutes(app: ApiApp, { store, erpDocuments }: ApiHub): void {
  app.get('/v1/outcome', {
    config: { allows: 'outcome:read', problems: ['unavailable'] },
    schema: {
      tags: ['Outcome'],
      operationId: 'getOutcome',
      summary: 'Everything that came of it: shipments, charges, invoices, exceptions, and the conservation of charges',
      description:
        'Whole, without pages: meant for scenarios, audits and the demo. `erp` is what the ERP itself holds.',
      response: { 200: OutcomeAnswer },
    },
    async handler() {
      return outcomeOf(store, await heldByErp(erpDocuments));
    },
  });
}

/** Asks the ERP; while it cannot be read the caller is told to come again. */
export async function heldByErp(erpDocuments: ApiHub['erpDocuments']) {
  try {
    return await erpDocuments();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiProblem('unavailable', `${reason}: try again when the ERP answers`, { retryAfterSeconds: 30 });
  }
}
