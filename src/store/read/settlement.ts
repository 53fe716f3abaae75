// What became of one document: what settled it, what is left open, and what corrects it.
import { formatMinor } from '../../model/money.ts';
import type { Queryable } from '../database.ts';
import { utc } from '../reading.ts';
import { OPEN_ITEMS } from '../receivables.ts';
import { INVOICE_COLUMNS, type InvoiceView, invoiceFrom } from './invoices.ts';

export type Settlement = {
  /** Missing on a cancelled one. */
  readonly dueOn?: string;
  /** Of a credit note: what is still to be set off. */
  readonly open?: string;
  readonly settledBy: readonly {
    readonly kind: 'payment' | 'credit-note';
    readonly source: string;
    readonly amount: string;
    readonly at: string;
  }[];
  /** Credit notes to it, and supplementary invoices for its shipments. */
  readonly correctedBy: readonly Pick<InvoiceView, 'number' | 'kind' | 'state' | 'currency' | 'total'>[];
};

const MOST = 1_000;

export async function settlementOf(
  db: Queryable,
  tenant: string,
  { number, kind, currency, shipments }: Pick<InvoiceView, 'number' | 'kind' | 'currency' | 'shipments'>,
): Promise<Settlement> {
  const { rows: items } = await db.query<{ dueOn: string; minor: string }>(
    `select due_on::text as "dueOn", open_minor::text as minor from (${OPEN_ITEMS} and i.number = $2) as item`,
    [tenant, number],
  );
  const { rows: applied } = await db.query<{
    kind: 'payment' | 'credit-note';
    source: string;
    minor: string;
    at: string;
  }>(
    `select source_kind as kind, source, amount_minor::text as minor, ${utc('at')} as at from lading.allocation
      where tenant = $1 and invoice = $2 and amount_minor > 0 order by at, source limit ${MOST}`,
    [tenant, number],
  );
  const { rows: corrections } = await db.query(
    `select ${INVOICE_COLUMNS} from lading.invoice i
      where i.tenant = $1 and i.number in (
              select number from lading.invoice where tenant = $1 and corrects = $2
              union all
              select l.number from lading.invoice_line l
                join lading.invoice s on s.tenant = $1 and s.number = l.number and s.kind = 'supplementary'
               where l.tenant = $1 and l.shipment = any($3::text[]))
      order by i.decided_at, i.number limit ${MOST}`,
    // A supplementary names no invoice: it is for what was told after the first one of its shipments.
    [tenant, number, kind === 'invoice' ? shipments : []],
  );
  const money = (minor: string) => formatMinor(BigInt(minor), currency);
  const [item] = items;
  return {
    ...(item === undefined ? {} : { dueOn: item.dueOn, open: money(item.minor) }),
    settledBy: applied.map(({ minor, ...row }) => ({ ...row, amount: money(minor) })),
    correctedBy: corrections.map(invoiceFrom).map(({ number: by, kind: what, state, currency: in_, total }) => ({
      ...{ number: by, kind: what, state, currency: in_, total },
    })),
  };
}
