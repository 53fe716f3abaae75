// Where billing stands, in amounts.

import { Type } from 'typebox';
import { BILLING_STATES } from '../../model/decision.ts';
import { DecimalText } from '../../model/text.ts';
import { billingStanding } from '../../store/read/billing.ts';
import { type ApiApp, boundTo } from '../app.ts';
import type { ApiHub } from '../hub.ts';

const Standing = Type.Object(
  {
    shipments: Type.Array(
      Type.Object({
        currency: Type.String(),
        billing: Type.Enum(BILLING_STATES),
        shipments: Type.Integer(),
        amount: Type.String({ description: 'Of their charges: what is on no posted document' }),
      }),
    ),
    documents: Type.Array(
      Type.Object({
        currency: Type.String(),
        kind: Type.Enum(['invoice', 'supplementary', 'credit-note']),
        state: Type.Enum(['decided', 'posted']),
        documents: Type.Integer(),
        total: DecimalText,
      }),
      { description: 'With tax' },
    ),
  },
  { title: 'BillingStanding' },
);

export function billingRoutes(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/billing', {
    config: { allows: 'invoices:read' },
    schema: {
      tags: ['Invoices'],
      operationId: 'getBilling',
      summary: 'Where billing stands: due, held, waiting, posted, with their amounts by currency',
      response: { 200: Standing },
    },
    async handler(request) {
      const { shipments, documents } = await billingStanding(store, store.tenant, boundTo(request));
      return { shipments: [...shipments], documents: [...documents] } as never;
    },
  });
}
