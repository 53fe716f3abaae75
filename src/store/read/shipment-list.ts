// Lists of shipments: filtered, sorted and searched by the server, a page at a time (migration 0040).

import type { Queryable } from '../database.ts';
import { type PageRequest, withoutNulls } from '../reading.ts';
import { LISTED_COLUMNS, type ShipmentRow } from './shipments.ts';
import { beginsWith, type Given } from './sorted-list.ts';

type Sort = { readonly by: string; readonly type: 'text' | 'timestamptz' };

/** What a list may be sorted by. Each expression has a value for every row, so that every row has a place. */
export const SHIPMENT_SORTS = {
  shipment: { by: 's.shipment', type: 'text' },
  customer: { by: 's.customer', type: 'text' },
  carrier: { by: `coalesce(s.carrier, '')`, type: 'text' },
  mode: { by: 's.mode', type: 'text' },
  status: { by: 's.status', type: 'text' },
  billing: { by: 's.billing', type: 'text' },
  origin: { by: `coalesce(s.origin, '')`, type: 'text' },
  destination: { by: `coalesce(s.destination, '')`, type: 'text' },
  pickup: { by: 's.pickup_at', type: 'timestamptz' },
  delivery: { by: 's.delivery_at', type: 'timestamptz' },
} as const satisfies Record<string, Sort>;
export type ShipmentSort = keyof typeof SHIPMENT_SORTS;

export type Searched = {
  readonly text: string;
  /** Customers and carriers whose names the text fits. */
  readonly partners: readonly string[];
};

export type ShipmentListFilter = {
  readonly customer?: string;
  readonly carrier?: string;
  readonly mode?: string;
  readonly status?: string;
  readonly billing?: string;
  /** Moved or due, and not all of it invoiced. */
  readonly unbilled?: boolean;
  /** With an open exception of this kind, or of `any`. */
  readonly exception?: string;
  /** A part of the place begins so: city, region or country. */
  readonly origin?: string;
  readonly destination?: string;
  /** What really happened, else what is planned; RFC 3339. */
  readonly pickupFrom?: string;
  readonly pickupBefore?: string;
  readonly deliveryFrom?: string;
  readonly deliveryBefore?: string;
  readonly search?: Searched;
  /** Only this partner's own. */
  readonly partner?: string;
};

export type ShipmentOrder = { readonly sort: ShipmentSort; readonly descending: boolean };
export type ListedShipment = ShipmentRow & {
  /** Its place in the order asked for. */
  readonly place: readonly [string, string];
};

/** A place that this order can have given: what is compared with a time must be one. */
export function isPlaceIn({ sort }: ShipmentOrder, [value = '']: readonly string[]): boolean {
  return SHIPMENT_SORTS[sort].type === 'text' || value === '-infinity' || /^[-0-9:. ]{10,30}\+00$/.test(value);
}

export async function listShipments(
  db: Queryable,
  tenant: string,
  { filter, order, page }: { filter: ShipmentListFilter; order: ShipmentOrder; page: PageRequest },
): Promise<ListedShipment[]> {
  const values: unknown[] = [tenant];
  const given = (value: unknown) => `$${values.push(value)}`;
  const { by, type } = SHIPMENT_SORTS[order.sort];
  const way = order.descending ? 'desc' : 'asc';
  const sorted = order.sort === 'shipment' ? `s.shipment ${way}` : `${by} ${way}, s.shipment ${way}`;
  const conditions = conditionsOf(filter, given);
  if (page.after !== undefined) {
    const [value, shipment] = page.after;
    const compares = order.descending ? '<' : '>';
    conditions.push(`(${by}, s.shipment) ${compares} (${given(value)}::${type}, ${given(shipment)})`);
  }
  const { rows } = await db.query(
    // First which rows, then how they read: else every row is put into words before the few are chosen.
    `select ${LISTED_COLUMNS}, (${by})::text as place
       from (select * from lading.shipment_listing s
              where ${['s.tenant = $1', ...conditions].join(' and ')}
              order by ${sorted} limit ${given(page.limit + 1)}) as s
      order by ${sorted}`,
    values,
  );
  return rows.map(({ place, ...row }) => {
    const shown = withoutNulls<ShipmentRow>(row);
    return { ...shown, place: [place, shown.shipment] };
  });
}

// Only what was asked for is in the statement: each combination is planned for itself.
function conditionsOf(filter: ShipmentListFilter, given: Given): string[] {
  const equal = (['customer', 'carrier', 'mode', 'status', 'billing'] as const).flatMap((column) =>
    filter[column] === undefined ? [] : [`s.${column} = ${given(filter[column])}`],
  );
  const places = (['origin', 'destination'] as const).flatMap((end) =>
    filter[end] === undefined ? [] : [placeBegins(`s.${end}`, given(filter[end]))],
  );
  const times = TIMES.flatMap(([name, column, compares]) =>
    filter[name] === undefined ? [] : [`${column} ${compares} ${given(filter[name])}::timestamptz`],
  );
  return [
    ...equal,
    ...places,
    ...times,
    ...(filter.unbilled === true ? [UNBILLED] : []),
    ...(filter.exception === undefined ? [] : [troubled(filter.exception, given)]),
    ...(filter.search === undefined ? [] : [searched(filter.search, given)]),
    ...(filter.partner === undefined ? [] : [isOwn(given(filter.partner))]),
  ];
}

const TIMES = [
  ['pickupFrom', 's.pickup_at', '>='],
  ['pickupBefore', 's.pickup_at', '<'],
  ['deliveryFrom', 's.delivery_at', '>='],
  ['deliveryBefore', 's.delivery_at', '<'],
] as const;

const UNBILLED = `(s.billing in ('held', 'waiting', 'ready', 'adjusting')
  or (s.billing = 'not-due' and s.delivered_at is not null))`;

// A shipment is its customer's, its carrier's, and the partner's who planned it.
const isOwn = (partner: string) =>
  `(s.customer = ${partner} or s.carrier = ${partner} or ${partner} = any(s.planned_by))`;

const placeBegins = (column: string, text: string) =>
  `strpos(', ' || lower(${column}), ', ' || lower(${text}::text)) > 0`;

function troubled(kind: string, given: Given): string {
  const ofKind = kind === 'any' ? '' : ` and e.kind = ${given(kind)}`;
  return `s.shipment in (select e.shipment from lading.exception e
    where e.tenant = $1 and e.closed_at is null and e.shipment is not null${ofKind})`;
}

const MOST_FOUND = 10_000;

// By the beginning of a number: its own, one it carries, that of an invoice of ours or the ERP's.
function searched({ text, partners }: Searched, given: Given): string {
  const begins = (column: string) => beginsWith(column, text, given);
  const invoices = (column: string) =>
    `select unnest(shipments) from lading.invoice where tenant = $1 and (${begins(column)})`;
  const found = [
    `select shipment from lading.reference where tenant = $1 and (${begins('value')})`,
    invoices('number'),
    invoices('erp_number'),
    `select shipment from lading.shipment_listing where tenant = $1 and (${begins('shipment')})`,
  ];
  const limited = found.map((query) => `(${query} limit ${MOST_FOUND})`).join(' union all ');
  const named = partners.length === 0 ? [] : partnersAmong(given(partners));
  // No place has a digit in its name: a number then is looked for by its indexes alone.
  const places = /\d/.test(text) ? [] : ['s.origin', 's.destination'].map((end) => placeBegins(end, given(text)));
  return `(${[`s.shipment in (${limited})`, ...named, ...places].join(' or ')})`;
}

const partnersAmong = (ids: string) => [`s.customer = any(${ids}::text[])`, `s.carrier = any(${ids}::text[])`];
