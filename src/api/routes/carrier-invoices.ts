// What carriers bill us, and what it was found to be.

import { Type } from 'typebox';
import { may } from '../../access/roles.ts';
import { partnersNamed, withCarrierName } from '../../insight/partner-names.ts';
import { DISPUTE_STATES } from '../../model/carrier-dispute.ts';
import { CARRIER_VERDICTS } from '../../model/carrier-invoice.ts';
import { CurrencyText, Identifier } from '../../model/text.ts';
import {
  CARRIER_INVOICE_SORTS,
  type CarrierInvoiceOrder,
  isCarrierInvoicePlace,
  listCarrierInvoices,
} from '../../store/read/carrier-invoice-list.ts';
import { findCarrierInvoice } from '../../store/read/carrier-invoices.ts';
import { type ApiApp, boundTo, callerOf, foundOr404 } from '../app.ts';
import { CarrierInvoice, CarrierInvoiceDetail } from '../carrier-invoice-schemas.ts';
import type { ApiHub } from '../hub.ts';
import { bothWays, invalidCursor, PageOf, PageQuery, pageFrom, pageRequest, SearchText, sortFrom } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { Query, RowId } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Carrier invoices'];
const SORTS = bothWays(Object.keys(CARRIER_INVOICE_SORTS));

export function carrierInvoiceRoutes(app: ApiApp, hub: ApiHub): void {
  listRoute(app, hub);
  oneRoute(app, hub);
}

function listRoute(app: ApiApp, { context, store }: ApiHub): void {
  app.get('/v1/carrier-invoices', {
    config: { allows: 'carrier-invoices:read', problems: ['invalid-cursor', 'forbidden'] },
    schema: {
      tags,
      operationId: 'listCarrierInvoices',
      summary: 'What carriers billed: filtered, searched, and in the order asked for',
      querystring: Query({
        ...PageQuery,
        carrier: optional(Identifier),
        invoice: optional(Identifier),
        verdict: optional(Type.Enum([...CARRIER_VERDICTS, 'none'], { description: '`none`: not looked at yet' })),
        currency: optional(CurrencyText),
        shipment: optional(Identifier),
        dispute: optional(Type.Enum(DISPUTE_STATES, { description: 'How far its dispute is' })),
        search: optional(SearchText),
        sort: optional(Type.Enum(SORTS, { default: 'arrived', description: '`-` in front: the other way round' })),
      }),
      response: { 200: PageOf(CarrierInvoice) },
    },
    async handler(request) {
      const { limit, cursor, search, sort = 'arrived', ...filter } = request.query;
      const { role } = callerOf(request);
      const seesDisputes = may(role, 'disputes:read');
      if (filter.dispute !== undefined && !seesDisputes) {
        throw new ApiProblem('forbidden', `role ${role} does not see disputes: ask without that filter`);
      }
      const order = sortFrom(sort) as CarrierInvoiceOrder;
      const list = `carrier-invoices ${sort}`;
      const page = pageRequest(list, { limit, cursor }, 2);
      if (page.after !== undefined && !isCarrierInvoicePlace(order, page.after)) throw invalidCursor();
      const rules = await context.rules.current(store);
      const text = search?.trim() ?? '';
      const searched = text === '' ? {} : { search: { text, partners: partnersNamed(rules, text) } };
      const wanted = { ...filter, ...searched, carrier: boundTo(request) ?? filter.carrier };
      const rows = await listCarrierInvoices(store, store.tenant, { filter: wanted, order, page });
      return pageFrom(
        list,
        page.limit,
        rows,
        ({ place: _, dispute, ...row }) => ({
          ...withCarrierName(rules, row),
          ...(dispute === undefined || !seesDisputes ? {} : { dispute }),
        }),
        ({ place }) => place,
      );
    },
  });
}

function oneRoute(app: ApiApp, { context, store }: ApiHub): void {
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
      const invoice = foundOr404(found, `there is no carrier invoice ${id} that this key may see`);
      return withCarrierName(await context.rules.current(store), invoice);
    },
  });
}
