// What carriers bill us, and what it was found to be.

import { Type } from 'typebox';
import { CARRIER_VERDICTS } from '../../model/carrier-invoice.ts';
import { Identifier } from '../../model/text.ts';
import { findCarrierInvoice, listCarrierInvoices } from '../../store/read-carrier-invoices.ts';
import { type ApiApp, boundTo, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { CarrierInvoice, CarrierInvoiceDetail, Query, RowId } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Carrier invoices'];

export function carrierInvoiceRoutes(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/carrier-invoices', {
    config: { allows: 'carrier-invoices:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listCarrierInvoices',
      summary: 'What carriers billed, in order of arrival',
      querystring: Query({
        ...PageQuery,
        carrier: optional(Identifier),
        invoice: optional(Identifier),
        verdict: optional(Type.Enum(CARRIER_VERDICTS)),
        shipment: optional(Identifier),
      }),
      response: { 200: PageOf(CarrierInvoice) },
    },
    async handler(request) {
      const page = pageRequest('carrier-invoices', request.query, 1);
      const carrier = boundTo(request) ?? request.query.carrier;
      const rows = await listCarrierInvoices(store, store.tenant, { ...request.query, carrier }, page);
      return pageFrom(
        'carrier-invoices',
        page.limit,
        rows,
        (row) => row,
        ({ id }) => [id],
      );
    },
  });

  app.get('/v1/carrier-invoices/:id', {
    config: { allows: 'carrier-invoices:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'getCarrierInvoice',
      summary: 'One of them with its lines, and each amount beside what was expected',
      params: Type.Object({ id: RowId }),
      response: { 200: CarrierInvoiceDetail },
    },
    async handler(request) {
      const { id } = request.params;
      const found = await findCarrierInvoice(store, store.tenant, id, boundTo(request));
      return foundOr404(found, `there is no carrier invoice ${id} that this key may see`);
    },
  });
}
