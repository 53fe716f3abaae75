// The list of carriers' invoices: filtered, sorted and searched by the database, a page at a time.
import type { Queryable } from '../database.ts';
import type { PageRequest } from '../reading.ts';
import { CARRIER_INVOICE_COLUMNS, type CarrierInvoiceView, carrierInvoiceFrom } from './carrier-invoices.ts';
import { beginsWith, comesAfter, type Given, isPlaceOf, orderBy, type Sort, type SortedBy } from './sorted-list.ts';

// The order of arrival.
const ID = { by: 'i.id', type: 'bigint' } as const;

export const CARRIER_INVOICE_SORTS = {
  arrived: ID,
  issued: { by: 'i.issued_on', type: 'date' },
  carrier: { by: 'i.carrier', type: 'text' },
  invoice: { by: 'i.invoice', type: 'text' },
  billed: { by: 'i.billed_minor', type: 'numeric' },
  difference: { by: '(i.billed_minor - i.expected_minor)', type: 'numeric' },
} as const satisfies Record<string, Sort>;
export type CarrierInvoiceSort = keyof typeof CARRIER_INVOICE_SORTS;

export type CarrierInvoiceFilter = {
  readonly carrier?: string;
  readonly invoice?: string;
  /** `none`: not looked at yet. */
  readonly verdict?: string;
  readonly currency?: string;
  readonly shipment?: string;
  /** Those whose dispute is that far. */
  readonly dispute?: string;
  /** How its number or a shipment's begins; and carriers whose names fit. */
  readonly search?: { readonly text: string; readonly partners: readonly string[] };
};
export type CarrierInvoiceOrder = { readonly sort: CarrierInvoiceSort; readonly descending: boolean };
export type ListedCarrierInvoice = CarrierInvoiceView & {
  readonly dispute?: string;
  readonly place: readonly [string, string];
};

export function isCarrierInvoicePlace({ sort }: CarrierInvoiceOrder, place: readonly string[]): boolean {
  return isPlaceOf({ sort: CARRIER_INVOICE_SORTS[sort], key: ID }, place);
}

export async function listCarrierInvoices(
  db: Queryable,
  tenant: string,
  { filter, order, page }: { filter: CarrierInvoiceFilter; order: CarrierInvoiceOrder; page: PageRequest },
): Promise<ListedCarrierInvoice[]> {
  const sorted: SortedBy = { sort: CARRIER_INVOICE_SORTS[order.sort], key: ID, descending: order.descending };
  const values: unknown[] = [tenant];
  const given: Given = (value) => `$${values.push(value)}`;
  const conditions = ['i.tenant = $1', ...conditionsOf(filter, given)];
  if (page.after !== undefined) conditions.push(comesAfter(sorted, page.after, given));
  const { rows } = await db.query(
    // First which rows, then how they read.
    `select ${CARRIER_INVOICE_COLUMNS}, d.state as dispute, (${sorted.sort.by})::text as place
       from (select * from lading.carrier_invoice i where ${conditions.join(' and ')}
              order by ${orderBy(sorted)} limit ${given(page.limit + 1)}) as i
       left join lading.carrier_dispute d on d.tenant = i.tenant and d.id = i.id
      order by ${orderBy(sorted)}`,
    values,
  );
  return rows.map(({ place, dispute, ...row }) => {
    const invoice = carrierInvoiceFrom(row);
    return { ...invoice, ...(dispute === null ? {} : { dispute }), place: [place, invoice.id] };
  });
}

function conditionsOf(filter: CarrierInvoiceFilter, given: Given): string[] {
  const { verdict, shipment, dispute, search } = filter;
  const equal = (['carrier', 'invoice', 'currency'] as const).flatMap((column) =>
    filter[column] === undefined ? [] : [`i.${column} = ${given(filter[column])}`],
  );
  return [
    ...equal,
    ...(verdict === undefined ? [] : [verdict === 'none' ? 'i.verdict is null' : `i.verdict = ${given(verdict)}`]),
    ...(shipment === undefined ? [] : [`i.id in (${linesOf(`shipment = ${given(shipment)}`)})`]),
    ...(dispute === undefined
      ? []
      : [`i.id in (select id from lading.carrier_dispute where tenant = $1 and state = ${given(dispute)})`]),
    ...(search === undefined ? [] : [searched(search, given)]),
  ];
}

const linesOf = (condition: string) => `select id from lading.carrier_invoice_line where tenant = $1 and ${condition}`;

const MOST_FOUND = 10_000;

function searched({ text, partners }: NonNullable<CarrierInvoiceFilter['search']>, given: Given): string {
  const found = [
    `select id from lading.carrier_invoice where tenant = $1 and (${beginsWith('invoice', text, given)})`,
    linesOf(`shipment in (select shipment from lading.shipment_listing
      where tenant = $1 and (${beginsWith('shipment', text, given)}) limit ${MOST_FOUND})`),
  ];
  const ids = found.map((query) => `(${query} limit ${MOST_FOUND})`).join(' union all ');
  const named = partners.length === 0 ? '' : ` or i.carrier = any(${given(partners)}::text[])`;
  return `(i.id in (${ids})${named})`;
}
