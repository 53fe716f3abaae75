// Carriers' invoices as people and the API see them: what was billed, what it was found to be, and the bill it became.

import { formatMinor } from '../../model/money.ts';
import { type ComparedCells, comparedFrom } from '../carrier-invoices.ts';
import type { Queryable } from '../database.ts';
import { utc, withoutNulls } from '../reading.ts';
import { type LandedCostView, landedCostsOf } from './landed-costs.ts';

export type ComparedView = {
  readonly shipment: string;
  readonly code: string;
  readonly billed: string;
  readonly expected: string;
  readonly withinTolerance: boolean;
};
export type CarrierInvoiceView = {
  readonly id: string;
  readonly carrier: string;
  readonly invoice: string;
  readonly currency: string;
  readonly issuedOn: string;
  readonly arrivedAt: string;
  readonly message: string;
  /** Missing until it was looked at. */
  readonly verdict?: string;
  readonly auditedAt?: string;
  readonly billed: string;
  readonly expected: string;
  /** Billed above what is expected; below it, negative. */
  readonly difference: string;
  /** Those out of tolerance. */
  readonly differences: readonly ComparedView[];
  readonly bill?: string;
  readonly billPostedAt?: string;
  readonly erpNumber?: string;
};
export type CarrierInvoiceLineView = {
  readonly code: string;
  readonly amount: string;
  readonly shipment?: string;
  /** What was tried to find its shipment. */
  readonly names: readonly { readonly type: string; readonly value: string }[];
};
export type CarrierInvoiceDetail = CarrierInvoiceView & {
  /** Per shipment and code; empty for a duplicate and an unmatched one. */
  readonly compared: readonly ComparedView[];
  readonly lines: readonly CarrierInvoiceLineView[];
  /** Of a bill that an ERP with landed costs has. */
  readonly landedCost?: LandedCostView;
};
export const CARRIER_INVOICE_COLUMNS = `i.id::text, i.carrier, i.invoice, i.currency, i.issued_on as "issuedOn", ${utc('i.arrived_at')} as "arrivedAt",
  i.message_id::text as message, i.verdict, ${utc('i.audited_at')} as "auditedAt", i.billed_minor::text as billed,
  i.expected_minor::text as expected, i.compared, i.bill, ${utc('i.posted_at')} as "billPostedAt",
  i.erp_number as "erpNumber"`;

const MOST_LINES = 10_000;

// biome-ignore lint/suspicious/noExplicitAny: rows of pg are untyped
function detailFrom({ compared: cells, billed, expected, ...row }: any): Head {
  const amount = (minor: bigint) => formatMinor(minor, row.currency);
  const compared = (cells as ComparedCells[]).map(comparedFrom).map((line): ComparedView => {
    const { shipment, code, billedMinor, expectedMinor, isWithinTolerance: withinTolerance } = line;
    return { shipment, code, billed: amount(billedMinor), expected: amount(expectedMinor), withinTolerance };
  });
  const differences = compared.filter(({ withinTolerance }) => !withinTolerance);
  const [billedMinor, expectedMinor] = [BigInt(billed), BigInt(expected)];
  const amounts = {
    billed: amount(billedMinor),
    expected: amount(expectedMinor),
    difference: amount(billedMinor - expectedMinor),
  };
  return withoutNulls({ ...row, ...amounts, differences, compared });
}

type Head = Omit<CarrierInvoiceDetail, 'lines' | 'landedCost'>;

/** As a list shows it. */
// biome-ignore lint/suspicious/noExplicitAny: rows of pg are untyped
export function carrierInvoiceFrom(row: any): CarrierInvoiceView {
  const { compared: _, ...view } = detailFrom(row);
  return view;
}

/** `carrier` given: only if it is that carrier's, and what it sees of it. */
export async function findCarrierInvoice(
  db: Queryable,
  tenant: string,
  id: string,
  carrier?: string,
): Promise<CarrierInvoiceDetail | undefined> {
  const { rows } = await db.query(
    `select ${CARRIER_INVOICE_COLUMNS} from lading.carrier_invoice i
      where i.tenant = $1 and i.id = $2 and ($3::text is null or i.carrier = $3)`,
    [tenant, id, carrier],
  );
  if (rows[0] === undefined) return undefined;
  const [invoice] = await withParts(db, tenant, [detailFrom(rows[0])]);
  if (invoice === undefined || carrier === undefined) return invoice;
  const { landedCost: _, ...theirs } = invoice;
  return theirs;
}

/** All of one carrier and number, named `carrier/invoice`, in order of arrival; at most twenty. */
export async function carrierInvoicesNamed(
  db: Queryable,
  tenant: string,
  name: string,
): Promise<CarrierInvoiceDetail[]> {
  // Either may have a slash in it.
  const parts = name.split('/');
  const pairs = parts.slice(1).map((_, at) => [parts.slice(0, at + 1).join('/'), parts.slice(at + 1).join('/')]);
  const { rows } = await db.query(
    `select ${CARRIER_INVOICE_COLUMNS} from lading.carrier_invoice i
      where i.tenant = $1 and (i.carrier, i.invoice) in (select * from unnest($2::text[], $3::text[]))
      order by i.id limit 20`,
    [tenant, pairs.map(([carrier]) => carrier), pairs.map(([, invoice]) => invoice)],
  );
  return withParts(db, tenant, rows.map(detailFrom));
}

async function withParts(db: Queryable, tenant: string, heads: readonly Head[]): Promise<CarrierInvoiceDetail[]> {
  const bills = heads.flatMap(({ bill }) => bill ?? []);
  const landed = await landedCostsOf(db, tenant, bills);
  const linesOf = await linesById(db, tenant, heads);
  return heads.map((head) => {
    const landedCost = landed.get(head.bill ?? '');
    const lines = linesOf.get(head.id) ?? [];
    return { ...head, lines, ...(landedCost === undefined ? {} : { landedCost }) };
  });
}

async function linesById(db: Queryable, tenant: string, invoices: readonly Head[]) {
  const { rows } = await db.query(
    `select l.id::text, code, amount_minor::text as minor, shipment, names
       from unnest($2::bigint[]) as wanted (id),
            lateral (select * from lading.carrier_invoice_line l where l.tenant = $1 and l.id = wanted.id
                      order by position limit ${MOST_LINES}) as l
      order by l.id, position`,
    [tenant, invoices.map(({ id }) => id)],
  );
  const currencyOf = new Map(invoices.map(({ id, currency }) => [id, currency]));
  const lineOf = ({ id, minor, names, ...line }: Record<string, string>) => {
    const tried = (JSON.parse(names as string) as [string, string][]).map(([type, value]) => ({ type, value }));
    const amount = formatMinor(BigInt(minor as string), currencyOf.get(id as string) as string);
    return withoutNulls<CarrierInvoiceLineView>({ ...line, amount, names: tried });
  };
  const rowsOf = Map.groupBy(rows, ({ id }): string => id);
  return new Map([...rowsOf].map(([id, own]) => [id, own.map(lineOf)]));
}
