// Billing documents as people and the API see them: what was decided, and what the ERP made of it.

import type { DocumentKind } from '../../model/document.ts';
import { formatMinor } from '../../model/money.ts';
import type { TaxRecord } from '../../model/tax.ts';
import type { Queryable } from '../database.ts';
import { utc, withoutNulls } from '../reading.ts';

export type InvoiceView = {
  readonly number: string;
  readonly kind: DocumentKind;
  /** Of a customer that is invoiced in stages. */
  readonly stage?: string;
  readonly customer: string;
  readonly legalEntity?: string;
  readonly currency: string;
  readonly shipments: readonly string[];
  readonly corrects?: string;
  readonly paymentTermsDays?: number;
  readonly subtotal: string;
  readonly tax: string;
  readonly total: string;
  readonly decidedAt: string;
  readonly approvedBy?: string;
  readonly state: 'decided' | 'posted';
  readonly postedAt?: string;
  readonly erpNumber?: string;
};
export type InvoiceLineView = {
  readonly shipment: string;
  readonly code: string;
  readonly amount: string;
  readonly tax: string;
  readonly taxRate: string;
  /** What the tax engine answered; none on lines from before answers were kept. */
  readonly taxedBy?: TaxRecord;
  readonly description: string;
  readonly derivation: readonly string[];
};
export type InvoiceDetail = InvoiceView & { readonly lines: readonly InvoiceLineView[] };
export const INVOICE_COLUMNS = `i.number, i.kind, i.stage, i.customer, i.legal_entity as "legalEntity", i.currency, i.shipments, i.corrects,
  i.payment_terms_days as "paymentTermsDays", i.subtotal_minor::text as subtotal, i.tax_minor::text as tax,
  ${utc('i.decided_at')} as "decidedAt", i.approved_by as "approvedBy", i.state, ${utc('i.posted_at')} as "postedAt",
  i.erp_number as "erpNumber"`;

// biome-ignore lint/suspicious/noExplicitAny: rows of pg are untyped
export function invoiceFrom(row: any): InvoiceView {
  const subtotal = BigInt(row.subtotal);
  const tax = BigInt(row.tax);
  return withoutNulls({
    ...row,
    subtotal: formatMinor(subtotal, row.currency),
    tax: formatMinor(tax, row.currency),
    total: formatMinor(subtotal + tax, row.currency),
  });
}

/** By our number or the ERP's. `customer` given: only if it is that customer's. */
export async function findInvoice(
  db: Queryable,
  tenant: string,
  number: string,
  customer?: string,
): Promise<InvoiceDetail | undefined> {
  const { rows } = await db.query(
    `select ${INVOICE_COLUMNS} from lading.invoice i
      where i.tenant = $1 and (i.number = $2 or i.erp_number = $2) and ($3::text is null or i.customer = $3)
      order by i.number = $2 desc limit 1`,
    [tenant, number, customer],
  );
  return (await withLines(db, tenant, rows.map(invoiceFrom)))[0];
}

const MOST_LINES = 10_000;
const LINE_COLUMNS = 'shipment, code, tax_rate as "taxRate", taxed_by as "taxedBy", description, derivation';

function withLines(db: Queryable, tenant: string, invoices: readonly InvoiceView[]): Promise<InvoiceDetail[]> {
  return withLinesOf<InvoiceLineView>(db, tenant, invoices, { columns: LINE_COLUMNS, most: MOST_LINES });
}

/** `columns`: what is told of a line beside its amounts. `most`: how many of each document; none given: all. */
export async function withLinesOf<Line extends { readonly amount: string; readonly tax: string }>(
  db: Queryable,
  tenant: string,
  invoices: readonly InvoiceView[],
  { columns, most }: { readonly columns: string; readonly most?: number },
): Promise<(InvoiceView & { readonly lines: Line[] })[]> {
  const { rows } = await db.query(
    `select l.number, amount_minor::text as minor, tax_minor::text as "taxMinor", ${columns}
       from unnest($2::text[]) as wanted (number),
            lateral (select * from lading.invoice_line l where l.tenant = $1 and l.number = wanted.number
                      order by position limit $3) as l
      order by l.number, position`,
    [tenant, invoices.map(({ number }) => number), most],
  );
  const linesOf = Map.groupBy(rows, (row): string => row.number);
  return invoices.map((invoice) => {
    const amount = (minor: string) => formatMinor(BigInt(minor), invoice.currency);
    const lines = (linesOf.get(invoice.number) ?? []).map(({ number: _, minor, taxMinor, ...line }) =>
      withoutNulls<Line>({ ...line, amount: amount(minor), tax: amount(taxMinor) }),
    );
    return { ...invoice, lines };
  });
}

/** By shipment: every document that has a line of it, in order of decision; at most two hundred of each. */
export async function invoicesOfShipments(
  db: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<ReadonlyMap<string, InvoiceDetail[]>> {
  if (shipments.length === 0) return new Map();
  const { rows } = await db.query(
    `select asked.shipment as asked, i.*
       from unnest($2::text[]) as asked (shipment),
            lateral (select ${INVOICE_COLUMNS} from lading.invoice i
                      where i.tenant = $1
                        and i.number in (select number from lading.invoice_line l
                                          where l.tenant = $1 and l.shipment = asked.shipment)
                      order by i.decided_at, i.number limit 200) as i`,
    [tenant, shipments],
  );
  const heads = new Map(rows.map(({ asked: _, ...row }) => [row.number as string, invoiceFrom(row)]));
  const documents = new Map((await withLines(db, tenant, [...heads.values()])).map((each) => [each.number, each]));
  const ofShipment = Map.groupBy(rows, ({ asked }): string => asked);
  return new Map(
    [...ofShipment].map(([shipment, own]) => [shipment, own.flatMap(({ number }) => documents.get(number) ?? [])]),
  );
}
