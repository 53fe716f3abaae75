// Shipments and charges.

import { Type } from 'typebox';
import { CHARGE_STATES } from '../../model/decision.ts';
import { ProForma } from '../../model/pro-forma.ts';
import { Identifier } from '../../model/text.ts';
import { memoryOfShipment } from '../../store/read/knowledge.ts';
import { isPlaceIn, listShipments } from '../../store/read/shipment-list.ts';
import { findShipment, listCharges } from '../../store/read/shipments.ts';
import { type ApiApp, boundTo, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { invalidCursor, PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { Charge, Query, Shipment } from '../schemas.ts';
import { filterFrom, orderFrom, ShipmentFilters, shownTo } from '../shipment-list.ts';

const optional = Type.Optional;

export function shipmentRoutes(app: ApiApp, hub: ApiHub): void {
  const { context, store } = hub;
  app.get('/v1/shipments', {
    config: { allows: 'shipments:read', problems: ['invalid-cursor', 'forbidden'] },
    schema: {
      tags: ['Shipments'],
      operationId: 'listShipments',
      summary: 'Shipments: filtered, searched, and in the order asked for',
      querystring: Query({ ...PageQuery, ...ShipmentFilters }),
      response: { 200: PageOf(Shipment) },
    },
    async handler(request) {
      const { limit, cursor, ...query } = request.query;
      const order = orderFrom(query);
      // A place is one of its order: the cursor of another does not fit.
      const list = `shipments ${query.sort ?? 'shipment'}`;
      const page = pageRequest(list, { limit, cursor }, 2);
      if (page.after !== undefined && !isPlaceIn(order, page.after)) throw invalidCursor();
      const rules = await context.rules.current(store);
      const filter = filterFrom(request, query, rules);
      const rows = await listShipments(store, store.tenant, { filter, order, page });
      const { items, next } = pageFrom(
        list,
        page.limit,
        rows,
        ({ place: _, ...row }) => row,
        ({ place }) => place,
      );
      return { items: await shownTo(request, hub, rules, items), ...(next === undefined ? {} : { next }) };
    },
  });

  app.get('/v1/shipments/:id', {
    config: { allows: 'shipments:read', problems: ['not-found'] },
    schema: {
      tags: ['Shipments'],
      operationId: 'getShipment',
      summary: 'One shipment',
      description: '`/v1/explain/{ref}` says how it came to be so.',
      params: Type.Object({ id: Identifier }),
      response: { 200: Shipment },
    },
    async handler(request) {
      const { id } = request.params;
      const found = foundOr404(
        await findShipment(store, store.tenant, id, boundTo(request)),
        `there is no shipment ${id} that this key may see`,
      );
      const [shown] = await shownTo(request, hub, await context.rules.current(store), [found]);
      return shown;
    },
  });

  app.get('/v1/shipments/:id/pro-formas', {
    config: { allows: 'invoices:read', problems: ['not-found'] },
    schema: {
      tags: ['Shipments'],
      operationId: 'listProFormas',
      summary: 'The pro-forma invoices of a shipment, the newest last',
      description:
        'What will be invoiced, said beforehand where the policy has `stages`. None is in the books or in the ERP.',
      params: Type.Object({ id: Identifier }),
      response: { 200: Type.Object({ items: Type.Array(ProForma) }) },
    },
    async handler(request) {
      const { id } = request.params;
      foundOr404(
        await findShipment(store, store.tenant, id, boundTo(request)),
        `there is no shipment ${id} that this key may see`,
      );
      const memory = await memoryOfShipment(store, store.tenant, id);
      const items = memory?.standing.proFormas ?? [];
      return { items: items.map((each) => ({ ...each, lines: [...each.lines] })) };
    },
  });

  app.get('/v1/charges', {
    config: { allows: 'charges:read', problems: ['invalid-cursor'] },
    schema: {
      tags: ['Shipments'],
      operationId: 'listCharges',
      summary: 'Charges: one row per shipment, side, code and state',
      querystring: Query({
        ...PageQuery,
        shipment: optional(Identifier),
        side: optional(Type.Enum(['sell', 'buy'])),
        code: optional(Identifier),
        state: optional(Type.Enum(CHARGE_STATES)),
      }),
      response: { 200: PageOf(Charge) },
    },
    async handler(request) {
      const page = pageRequest('charges', request.query, 5);
      const customer = boundTo(request);
      // What a carrier gets for it is nothing that a customer should see.
      const side = customer === undefined ? request.query.side : 'sell';
      const rows = await listCharges(store, store.tenant, { ...request.query, side, customer }, page);
      const place = (row: (typeof rows)[number]) => [row.shipment, row.side, row.code, row.currency, row.state];
      return pageFrom('charges', page.limit, rows, (row) => row, place);
    },
  });
}
