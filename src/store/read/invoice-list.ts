// The list of billing documents: filtered, sorted and searched by the database, a page at a time.
import type { Queryable } from '../database.ts';
import type { PageRequest } from '../reading.ts';
import { INVOICE_COLUMNS, type InvoiceView, invoiceFrom } from './invoices.ts';
import { beginsWith, comesAfter, type Given, isPlaceOf, orderBy, type Sort, type SortedBy } from './sorted-list.ts';

const NUMBER = { by: 'i.number', type: 'text' } as const;

export const INVOICE_SORTS = {
  number: NUMBER,
  decided: { by: 'i.decided_at', type: 'timestamptz' },
  customer: { by: 'i.customer', type: 'text' },
  total: { by: '(i.subtotal_minor + i.tax_minor)', type: 'numeric' },
} as const satisfies Record<string, Sort>;
export type InvoiceSort = keyof typeof INVOICE_SORTS;

export type InvoiceFilter = {
  readonly customer?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly currency?: string;
  readonly shipment?: string;
  /** RFC 3339. */
  readonly decidedFrom?: string;
  readonly decidedBefore?: string;
  /** How its number, the ERP's or a shipment's begins; and customers whose names fit. */
  readonly search?: { readonly text: string; readonly partners: readonly string[] };
};
export type InvoiceOrder = { readonly sort: InvoiceSort; readonly descending: boolean };
export type ListedInvoice = InvoiceView & { readonly place: readonly [string, string] };

export function isInvoicePlace({ sort }: InvoiceOrder, place: readonly string[]): boolean {
  return isPlaceOf({ sort: INVOICE_SORTS[sort], key: NUMBER }, place);
}

export async function listInvoices(
  db: Queryable,
  tenant: string,
  { filter, order, page }: { filter: InvoiceFilter; order: InvoiceOrder; page: PageRequest },
): Promise<ListedInvoice[]> {
  const sorted: SortedBy = { sort: INVOICE_SORTS[order.sort], key: NUMBER, descending: order.descending };
  const values: unknown[] = [tenant];
  const given: Given = (value) => `$${values.push(value)}`;
  const conditions = ['i.tenant = $1', ...conditionsOf(filter, given)];
  if (page.after !== undefined) conditions.push(comesAfter(sorted, page.after, given));
  const { rows } = await db.query(
    // First which rows, then how they read.
    `select ${INVOICE_COLUMNS}, (${sorted.sort.by})::text as place
       from (select * from lading.invoice i where ${conditions.join(' and ')}
              order by ${orderBy(sorted)} limit ${given(page.limit + 1)}) as i
      order by ${orderBy(sorted)}`,
    values,
  );
  return rows.map(({ place, ...row }) => {
    const invoice = invoiceFrom(row);
    return { ...invoice, place: [place, invoice.number] };
  });
}

function conditionsOf(filter: InvoiceFilter, given: Given): string[] {
  const { shipment, decidedFrom, decidedBefore, search } = filter;
  const equal = (['customer', 'kind', 'state', 'currency'] as const).flatMap((column) =>
    filter[column] === undefined ? [] : [`i.${column} = ${given(filter[column])}`],
  );
  return [
    ...equal,
    ...(shipment === undefined ? [] : [ofShipments(`shipment = ${given(shipment)}`)]),
    ...(decidedFrom === undefined ? [] : [`i.decided_at >= ${given(decidedFrom)}::timestamptz`]),
    ...(decidedBefore === undefined ? [] : [`i.decided_at < ${given(decidedBefore)}::timestamptz`]),
    ...(search === undefined ? [] : [searched(search, given)]),
  ];
}

const ofShipments = (condition: string) =>
  `i.number in (select number from lading.invoice_line where tenant = $1 and ${condition})`;

const MOST_FOUND = 10_000;

function searched({ text, partners }: NonNullable<InvoiceFilter['search']>, given: Given): string {
  const found = [
    `select number from lading.invoice where tenant = $1 and (${beginsWith('number', text, given)})`,
    `select number from lading.invoice where tenant = $1 and (${beginsWith('erp_number', text, given)})`,
    `select number from lading.invoice_line where tenant = $1 and shipment in
       (select shipment from lading.shipment_listing where tenant = $1 and (${beginsWith('shipment', text, given)})
        limit ${MOST_FOUND})`,
  ];
  const numbers = found.map((query) => `(${query} limit ${MOST_FOUND})`).join(' union all ');
  const named = partners.length === 0 ? '' : ` or i.customer = any(${given(partners)}::text[])`;
  return `(i.number in (${numbers})${named})`;
}
