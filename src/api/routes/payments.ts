// Payments of customers, and what became of them.

import { Type } from 'typebox';
import { paymentFrom } from '../../insight/explain/payment.ts';
import { Payment } from '../../insight/explanation/payment.ts';
import { Identifier } from '../../model/text.ts';
import { listPayments } from '../../store/read/payments.ts';
import { type ApiApp, boundTo } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { Query } from '../schemas.ts';

const optional = Type.Optional;

export function paymentRoutes(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/payments', {
    config: { allows: 'invoices:read', problems: ['invalid-cursor'] },
    schema: {
      tags: ['Receivables'],
      operationId: 'listPayments',
      summary: 'What customers paid, the newest first: what it settled, what is left, how far the ERP has it',
      querystring: Query({
        ...PageQuery,
        customer: optional(Identifier),
        payment: optional(Identifier),
        standing: optional(Type.Enum(['applied', 'on-account', 'reversed'])),
      }),
      response: { 200: PageOf(Payment) },
    },
    async handler(request) {
      const page = pageRequest('payments', request.query, 2);
      const bound = boundTo(request);
      const { standing, payment, customer = undefined } = request.query;
      const rows = await listPayments(store, store.tenant, { standing, payment, customer: bound ?? customer }, page);
      return pageFrom(
        'payments',
        page.limit,
        rows,
        (row) => (bound === undefined ? paymentFrom(row) : { ...paymentFrom(row), inErp: [] }),
        ({ event, payment: number }) => [event, number],
      );
    },
  });
}
