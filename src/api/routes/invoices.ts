// Invoices, supplementary invoices and credit notes.

import { Type } from 'typebox';
import { Identifier } from '../../model/text.ts';
import { findInvoice, listInvoices } from '../../store/read-invoices.ts';
import { type ApiApp, boundTo, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { Invoice, InvoiceDetail, Query } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Invoices'];

export function invoiceRoutes(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/invoices', {
    config: { allows: 'invoices:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listInvoices',
      summary: 'Billing documents, by number',
      querystring: Query({
        ...PageQuery,
        customer: optional(Identifier),
        kind: optional(Type.Enum(['invoice', 'supplementary', 'credit-note'])),
        state: optional(Type.Enum(['decided', 'posted'])),
        shipment: optional(Identifier),
      }),
      response: { 200: PageOf(Invoice) },
    },
    async handler(request) {
      const page = pageRequest('invoices', request.query, 1);
      const customer = boundTo(request) ?? request.query.customer;
      const rows = await listInvoices(store, store.tenant, { ...request.query, customer }, page);
      return pageFrom(
        'invoices',
        page.limit,
        rows,
        (row) => row,
        ({ number }) => [number],
      );
    },
  });

  app.get('/v1/invoices/:number', {
    config: { allows: 'invoices:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'getInvoice',
      summary: 'One document with its lines and their arithmetic',
      description: "Found by our number or by the ERP's.",
      params: Type.Object({ number: Identifier }),
      response: { 200: InvoiceDetail },
    },
    async handler(request) {
      const { number } = request.params;
      const found = await findInvoice(store, store.tenant, number, boundTo(request));
      return foundOr404(found, `there is no document ${number} that this key may see`);
    },
  });
}
