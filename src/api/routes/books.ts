// The books: the equation of conservation by legal entity, currency and day, and what deviates from it.

import { Type } from 'typebox';
import { booksOf } from '../../insight/books.ts';
import { DecimalText } from '../../model/text.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { heldByErp } from './outcome.ts';

const text = Type.String();
const money = DecimalText;
const stages = Type.Object({ expected: money, accrued: money, invoiced: money });

export const BooksAnswer = Type.Object(
  {
    holds: Type.Boolean(),
    lines: Type.Array(
      Type.Object({
        legalEntity: text,
        currency: text,
        day: text,
        total: money,
        expected: money,
        pending: money,
        invoiced: money,
        disputed: money,
        waived: money,
        documents: money,
        difference: money,
      }),
    ),
    erp: Type.Union([
      Type.Array(Type.Object({ currency: text, documents: money, erp: money, difference: money })),
      Type.Null(),
    ]),
    ledger: Type.Object({
      lines: Type.Array(Type.Object({ legalEntity: text, currency: text, revenue: stages, cost: stages, sum: money })),
      late: Type.Integer({ description: 'Shipments of which something waits for approval, its period being locked' }),
    }),
    deviations: Type.Array(
      Type.Object({
        kind: Type.Enum(['charge', 'document', 'ledger']),
        shipment: Type.Optional(text),
        code: Type.Optional(text),
        document: Type.Optional(text),
        posting: Type.Optional(text),
        currency: text,
        detail: text,
      }),
    ),
    more: Type.Boolean(),
    unsettled: Type.Integer(),
  },
  { title: 'Books' },
);

export function booksRoutes(app: ApiApp, { store, now, hasErp, erpDocuments }: ApiHub): void {
  app.get('/v1/books', {
    config: { allows: 'outcome:read', problems: ['unavailable'] },
    schema: {
      tags: ['Outcome'],
      operationId: 'checkBooks',
      summary: 'Whether every charge is accounted for, by legal entity, currency and day, and which ones deviate',
      description: '`erp` compares with what the ERP itself holds; null when none is connected.',
      response: { 200: BooksAnswer },
    },
    async handler() {
      const at = now();
      return booksOf(store, { at, ...(hasErp && { erpDocuments: await heldByErp(erpDocuments) }) });
    },
  });
}
