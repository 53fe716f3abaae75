// Invoices, supplementary invoices and credit notes.

import { Type } from 'typebox';
import { partnersNamed, withCustomerName } from '../../insight/partner-names.ts';
import { CurrencyText, Identifier, InstantText } from '../../model/text.ts';
import { INVOICE_SORTS, type InvoiceOrder, isInvoicePlace, listInvoices } from '../../store/read/invoice-list.ts';
import { findInvoice } from '../../store/read/invoices.ts';
import { settlementOf } from '../../store/read/settlement.ts';
import { type ApiApp, boundTo, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { bothWays, invalidCursor, PageOf, PageQuery, pageFrom, pageRequest, SearchText, sortFrom } from '../paging.ts';
import { Invoice, InvoiceDetail, Query } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Invoices'];
const SORTS = bothWays(Object.keys(INVOICE_SORTS));

export function invoiceRoutes(app: ApiApp, hub: ApiHub): void {
  listRoute(app, hub);
  oneRoute(app, hub);
}

function listRoute(app: ApiApp, { context, store }: ApiHub): void {
  app.get('/v1/invoices', {
    config: { allows: 'invoices:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listInvoices',
      summary: 'Billing documents: filtered, searched, and in the order asked for',
      querystring: Query({
        ...PageQuery,
        customer: optional(Identifier),
        kind: optional(Type.Enum(['invoice', 'supplementary', 'credit-note'])),
        state: optional(Type.Enum(['decided', 'posted'])),
        currency: optional(CurrencyText),
        shipment: optional(Identifier),
        decidedFrom: optional(InstantText),
        decidedBefore: optional(InstantText),
        search: optional(SearchText),
        sort: optional(Type.Enum(SORTS, { default: 'number', description: '`-` in front: the other way round' })),
      }),
      response: { 200: PageOf(Invoice) },
    },
    async handler(request) {
      const { limit, cursor, search, sort = 'number', ...filter } = request.query;
      const order = sortFrom(sort) as InvoiceOrder;
      const list = `invoices ${sort}`;
      const page = pageRequest(list, { limit, cursor }, 2);
      if (page.after !== undefined && !isInvoicePlace(order, page.after)) throw invalidCursor();
      const rules = await context.rules.current(store);
      const text = search?.trim() ?? '';
      const searched = text === '' ? {} : { search: { text, partners: partnersNamed(rules, text) } };
      const wanted = { ...filter, ...searched, customer: boundTo(request) ?? filter.customer };
      const rows = await listInvoices(store, store.tenant, { filter: wanted, order, page });
      return pageFrom(
        list,
        page.limit,
        rows,
        ({ place: _, ...row }) => withCustomerName(rules, row),
        ({ place }) => place,
      );
    },
  });
}

function oneRoute(app: ApiApp, { context, store }: ApiHub): void {
  app.get('/v1/invoices/:number', {
    config: { allows: 'invoices:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'getInvoice',
      summary: 'One document with its lines and their arithmetic, what settled it and what corrects it',
      description: "Found by our number or by the ERP's.",
      params: Type.Object({ number: Identifier }),
      response: { 200: InvoiceDetail },
    },
    async handler(request) {
      const { number } = request.params;
      const found = await findInvoice(store, store.tenant, number, boundTo(request));
      const invoice = foundOr404(found, `there is no document ${number} that this key may see`);
      const rules = await context.rules.current(store);
      const { settledBy, correctedBy, ...standing } = await settlementOf(store, store.tenant, invoice);
      const settled = { settledBy: [...settledBy], correctedBy: [...correctedBy] };
      return { ...withCustomerName(rules, invoice), ...standing, ...settled };
    },
  });
}
