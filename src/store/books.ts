// The books as the view `books` has them: sums by legal entity, currency and day, and the charges that deviate.
import type { Queryable } from './database.ts';

export const BOOK_SUMS = ['total', 'expected', 'pending', 'invoiced', 'disputed', 'waived', 'documents'] as const;
/** Minor units. `total` is what was decided, the next five what the rows of each state say, `documents` what is posted. */
export type BookSums = Record<(typeof BOOK_SUMS)[number] | 'difference', bigint>;

export type BookRow = BookSums & {
  /** Empty where none is known. */
  readonly legalEntity: string;
  readonly currency: string;
  /** `YYYY-MM-DD`; of the shipment, the day it was rated for. */
  readonly day: string;
};

type Cells<Row> = { [Name in keyof Row]: string };

const COLUMNS = [...BOOK_SUMS, 'difference'] as const;

export async function bookRows(client: Queryable, tenant: string): Promise<BookRow[]> {
  const sums = COLUMNS.map((name) => `sum(${name}_minor)::text as "${name}"`).join(', ');
  const { rows } = await client.query<Cells<BookRow>>(
    `select legal_entity as "legalEntity", currency, day::text as day, ${sums}
       from lading.books where tenant = $1 group by legal_entity, currency, day order by legal_entity, currency, day`,
    [tenant],
  );
  return rows.map((row) => ({ ...row, ...sumsFrom(row) }));
}

export type DeviatingCharge = BookSums & {
  readonly shipment: string;
  readonly code: string;
  readonly currency: string;
};

/** At most `limit`, by shipment and code. */
export async function deviatingCharges(client: Queryable, tenant: string, limit: number): Promise<DeviatingCharge[]> {
  const sums = COLUMNS.map((name) => `${name}_minor::text as "${name}"`).join(', ');
  const { rows } = await client.query<Cells<DeviatingCharge>>(
    `select shipment, code, currency, ${sums}
       from lading.books where tenant = $1 and difference_minor <> 0 order by shipment, code, currency limit $2`,
    [tenant, limit],
  );
  return rows.map((row) => ({ ...row, ...sumsFrom(row) }));
}

function sumsFrom(row: Record<keyof BookSums, string>): BookSums {
  return Object.fromEntries(COLUMNS.map((name) => [name, BigInt(row[name])])) as BookSums;
}

export type PostedSum = {
  readonly number: string;
  readonly kind: string;
  readonly currency: string;
  /** On the document's head; before tax, positive for every kind. */
  readonly subtotalMinor: bigint;
  readonly linesMinor: bigint;
};

/** What each document comes to that the ERP has confirmed, by number. */
export async function postedSums(client: Queryable, tenant: string): Promise<PostedSum[]> {
  const { rows } = await client.query<Cells<PostedSum>>(
    `select i.number, i.kind, i.currency, i.subtotal_minor::text as "subtotalMinor",
            coalesce(sum(l.amount_minor), 0)::text as "linesMinor"
       from lading.invoice i
       left join lading.invoice_line l on l.tenant = i.tenant and l.number = i.number
      where i.tenant = $1 and i.state = 'posted'
      group by i.tenant, i.number order by i.number`,
    [tenant],
  );
  return rows.map((row) => ({
    ...row,
    subtotalMinor: BigInt(row.subtotalMinor),
    linesMinor: BigInt(row.linesMinor),
  }));
}
