// Shipments and charges.

import { Type } from 'typebox';
import { BILLING_STATES, CHARGE_STATES, SHIPMENT_STATUSES } from '../../model/decision.ts';
import { ProForma } from '../../model/pro-forma.ts';
import { Identifier } from '../../model/text.ts';
import { memoryOfShipment } from '../../store/read-knowledge.ts';
import { findShipment, listCharges, listShipments, type ShipmentRow } from '../../store/read-shipments.ts';
import { type ApiApp, boundTo, callerOf, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { Charge, Query, Shipment } from '../schemas.ts';

const optional = Type.Optional;

export function shipmentRoutes(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/shipments', {
    config: { allows: 'shipments:read', problems: ['invalid-cursor'] },
    schema: {
      tags: ['Shipments'],
      operationId: 'listShipments',
      summary: 'Shipments, by id',
      querystring: Query({
        ...PageQuery,
        customer: optional(Identifier),
        carrier: optional(Identifier),
        status: optional(Type.Enum(SHIPMENT_STATUSES)),
        billing: optional(Type.Enum(BILLING_STATES)),
      }),
      response: { 200: PageOf(Shipment) },
    },
    async handler(request) {
      const page = pageRequest('shipments', request.query, 1);
      const billing = maySeeBilling(request) ? request.query.billing : undefined;
      const filter = { ...request.query, billing, partner: boundTo(request) };
      const rows = await listShipments(store, store.tenant, filter, page);
      return pageFrom('shipments', page.limit, rows, shownTo(request), ({ shipment }) => [shipment]);
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
      const found = await findShipment(store, store.tenant, id, boundTo(request));
      return shownTo(request)(foundOr404(found, `there is no shipment ${id} that this key may see`));
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

type Asked = Parameters<typeof callerOf>[0];

// How its customer is billed is nothing that a carrier should see.
function maySeeBilling(request: Asked): boolean {
  return callerOf(request).role !== 'partner';
}

function shownTo(request: Asked): (row: ShipmentRow) => ShipmentRow {
  return maySeeBilling(request) ? (row) => row : ({ billing: _, ...row }) => row;
}
