// What a list of shipments may be asked for, and what of it each role may ask and see.

import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { may } from '../access/roles.ts';
import { partnerName, partnersNamed } from '../insight/partner-names.ts';
import { BILLING_STATES, SHIPMENT_STATUSES } from '../model/decision.ts';
import type { RuleBook } from '../model/rules.ts';
import { Identifier, InstantText } from '../model/text.ts';
import { SHIPMENT_SORTS, type ShipmentListFilter, type ShipmentOrder } from '../store/read/shipment-list.ts';
import { openExceptionsOf, totalsOfShipments } from '../store/read/shipment-totals.ts';
import type { ShipmentRow } from '../store/read/shipments.ts';
import { boundTo, callerOf } from './app.ts';
import type { ApiHub } from './hub.ts';
import { bothWays, SearchText, sortFrom } from './paging.ts';
import { ApiProblem } from './problems.ts';
import { EXCEPTION_KIND_NAMES, Query } from './schemas.ts';

const optional = Type.Optional;
const SORTS = Object.keys(SHIPMENT_SORTS) as (keyof typeof SHIPMENT_SORTS)[];
const place = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'City, region or country, or how it begins',
});

export const ShipmentFilters = {
  customer: optional(Identifier),
  carrier: optional(Identifier),
  mode: optional(Identifier),
  status: optional(Type.Enum(SHIPMENT_STATUSES)),
  billing: optional(Type.Enum(BILLING_STATES)),
  unbilled: optional(Type.Boolean({ description: 'Delivered or due, and not all of it invoiced' })),
  exception: optional(
    Type.Enum(['any', ...EXCEPTION_KIND_NAMES], { description: 'With an open exception of this kind' }),
  ),
  origin: optional(place),
  destination: optional(place),
  pickupFrom: optional({ ...InstantText, description: 'Picked up, else planned to be, at this time or later' }),
  pickupBefore: optional(InstantText),
  deliveryFrom: optional({ ...InstantText, description: 'Delivered, else planned to be, at this time or later' }),
  deliveryBefore: optional(InstantText),
  search: optional(SearchText),
  sort: optional(Type.Enum(bothWays(SORTS), { default: 'shipment', description: '`-` in front: the other way round' })),
};
const ShipmentQuery = Query(ShipmentFilters);
type ShipmentQuery = Static<typeof ShipmentQuery>;

export function orderFrom({ sort = 'shipment' }: Pick<ShipmentQuery, 'sort'>): ShipmentOrder {
  return sortFrom(sort) as ShipmentOrder;
}

/** Throws `forbidden` where the answer would tell what the caller may not see. */
export function filterFrom(request: FastifyRequest, query: ShipmentQuery, rules: RuleBook): ShipmentListFilter {
  const { search, sort, ...filter } = query;
  const { role } = callerOf(request);
  const asksBilling = query.billing !== undefined || query.unbilled === true || sort?.endsWith('billing') === true;
  if (asksBilling && !maySeeBilling(request)) throw notYours(role, 'how shipments are billed');
  if (query.exception !== undefined && !may(role, 'exceptions:read')) throw notYours(role, 'exceptions');
  const searched = search?.trim() ?? '';
  return {
    ...filter,
    ...(searched === '' ? {} : { search: { text: searched, partners: partnersNamed(rules, searched) } }),
    partner: boundTo(request),
  };
}

function notYours(role: string, what: string): ApiProblem {
  return new ApiProblem('forbidden', `role ${role} does not see ${what}: ask without that filter`);
}

/** How its customer is billed is nothing that a carrier should see. */
function maySeeBilling(request: FastifyRequest): boolean {
  return callerOf(request).role !== 'partner';
}

/** The rows with names, sums and counts, as far as the caller may see them. */
export async function shownTo<Row extends ShipmentRow>(
  request: FastifyRequest,
  { store }: ApiHub,
  rules: RuleBook,
  rows: readonly Row[],
) {
  const { role } = callerOf(request);
  const shipments = rows.map(({ shipment }) => shipment);
  const [totals, exceptions] = await Promise.all([
    may(role, 'charges:read') ? totalsOfShipments(store, store.tenant, shipments) : undefined,
    may(role, 'exceptions:read') ? openExceptionsOf(store, store.tenant, shipments) : undefined,
  ]);
  return rows.map((row) => {
    const { billing, ...told } = row;
    return withoutUndefined({
      ...told,
      billing: maySeeBilling(request) ? billing : undefined,
      customerName: partnerName(rules, row.customer),
      carrierName: partnerName(rules, row.carrier),
      revenue: totals && (totals.get(row.shipment)?.sell ?? []),
      cost: totals && may(role, 'costs:read') ? (totals.get(row.shipment)?.buy ?? []) : undefined,
      openExceptions: exceptions && (exceptions.get(row.shipment) ?? 0),
    });
  });
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}
