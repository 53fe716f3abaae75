// Orders as the API lists them, and what holds their lines.

import type { Order } from '../../model/shipment.ts';
import type { Queryable } from '../database.ts';
import { type PageRequest, utc } from '../reading.ts';
import { beginsWith, type Given } from './sorted-list.ts';

export const ORDER_SORTS = { order: '"order"', customer: 'customer', reported: 'reported_at' } as const;
export type OrderSort = keyof typeof ORDER_SORTS;

export type OrderListFilter = {
  readonly customer?: string;
  /** How its number, an item, a description or a place begins; and customers whose names fit. */
  readonly search?: { readonly text: string; readonly partners: readonly string[] };
};
export type ListedOrder = {
  readonly order: Order;
  readonly reportedAt: string;
  readonly place: readonly [string, string, string];
};

export async function listOrders(
  db: Queryable,
  tenant: string,
  question: { filter: OrderListFilter; sort: OrderSort; descending: boolean; page: PageRequest },
): Promise<ListedOrder[]> {
  const { filter, sort, descending, page } = question;
  const by = ORDER_SORTS[sort];
  const way = descending ? 'desc' : 'asc';
  const sorted = `${by} ${way}, "order" ${way}, customer ${way}`;
  const values: unknown[] = [tenant];
  const given = (value: unknown) => `$${values.push(value)}`;
  const conditions = ['tenant = $1'];
  if (filter.customer !== undefined) conditions.push(`customer = ${given(filter.customer)}`);
  if (filter.search !== undefined) conditions.push(await searched(db, tenant, filter.search, given));
  if (page.after !== undefined) {
    const [value, order, customer] = page.after.map(given);
    const type = sort === 'reported' ? 'timestamptz' : 'text';
    conditions.push(`(${by}, "order", customer) ${descending ? '<' : '>'} (${value}::${type}, ${order}, ${customer})`);
  }
  const { rows } = await db.query<{ data: string; reportedAt: string; place: string }>(
    // First which rows, then what is in them: the text of all orders is not sorted along.
    `select data, ${utc('reported_at')} as "reportedAt", (${by})::text as place
       from (select "order", customer from lading.customer_order where ${conditions.join(' and ')}
              order by ${sorted} limit ${given(page.limit + 1)}) as chosen
       join lading.customer_order using ("order", customer) where tenant = $1
      order by ${sorted}`,
    values,
  );
  return rows.map(({ data, reportedAt, place }) => {
    const order = JSON.parse(data) as Order;
    return { order, reportedAt, place: [place, order.order, order.customer] };
  });
}

// By the beginning of its number, where any has that. Else in its text: a value that begins so is one behind a quote;
// names of fields are not followed by what they hold.
async function searched(
  db: Queryable,
  tenant: string,
  { text, partners }: NonNullable<OrderListFilter['search']>,
  given: (value: unknown) => string,
): Promise<string> {
  const begins = (give: Given) => beginsWith('"order"', text, give);
  const asked: unknown[] = [tenant];
  const { rows } = await db.query<{ isNumber: boolean }>(
    `select exists (select from lading.customer_order
       where tenant = $1 and (${begins((value) => `$${asked.push(value)}`)})) as "isNumber"`,
    asked,
  );
  if (rows[0]?.isNumber) return `(${begins(given)})`;
  const quoted = given(JSON.stringify(text).slice(0, -1).toLowerCase());
  const named = partners.length === 0 ? '' : ` or customer = any(${given(partners)}::text[])`;
  return `(strpos(words, ':' || ${quoted}) > 0${named})`;
}

export type OrderClaimView = {
  readonly customer: string;
  readonly line: number;
  readonly shipment: string;
  readonly planned: string;
  readonly kept: string;
  readonly status: string;
};

/** What shipments hold of an order's lines, of whatever customer's; at most a thousand. */
export async function claimsOnOrder(db: Queryable, tenant: string, order: string): Promise<OrderClaimView[]> {
  const { rows } = await db.query<OrderClaimView>(
    `select customer, line, shipment, planned, kept, status from lading.order_claim
      where tenant = $1 and "order" = $2 order by customer, line, shipment limit 1000`,
    [tenant, order],
  );
  return rows;
}

export type OrderInvoiceView = {
  readonly customer: string;
  readonly number: string;
  readonly kind: string;
  readonly state: string;
};
export type OrderShipmentView = {
  readonly customer: string;
  readonly shipment: string;
  readonly status: string;
  readonly billing: string;
};

/** Invoices and credit notes with lines of an order; at most two hundred. */
export async function invoicesOfOrder(db: Queryable, tenant: string, order: string): Promise<OrderInvoiceView[]> {
  const { rows } = await db.query<OrderInvoiceView>(
    `select customer, number, kind, state from lading.invoice
      where tenant = $1 and number in (select number from lading.invoice_line where tenant = $1 and "order" = $2)
      order by decided_at, number limit 200`,
    [tenant, order],
  );
  return rows;
}

/** Shipments that name an order, whatever they hold of it; at most two hundred. */
export async function shipmentsNaming(db: Queryable, tenant: string, order: string): Promise<OrderShipmentView[]> {
  const { rows } = await db.query<OrderShipmentView>(
    `select s.customer, s.shipment, s.status, s.billing from lading.shipment_listing s
      where s.tenant = $1 and s.shipment in (select shipment from lading.reference
             where tenant = $1 and value = $2 and type = 'order'
             union select shipment from lading.order_claim where tenant = $1 and "order" = $2)
      order by s.shipment limit 200`,
    [tenant, order],
  );
  return rows;
}
