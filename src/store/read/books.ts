// The books: sums by legal entity, currency and day (the view `conservation`), and the charges that deviate (`books`).
import type { Instant } from '../../model/time.ts';
import type { Queryable } from '../database.ts';

export const BOOK_SUMS = ['total', 'expected', 'pending', 'invoiced', 'disputed', 'waived', 'documents'] as const;
/** Minor units. `total` is what was decided, the next five what the rows of each state say, `documents` what is posted. */
export type BookSums = Record<(typeof BOOK_SUMS)[number] | 'difference', bigint>;

export type BookRow = BookSums & {
  /** Empty where none is known. */
  readonly legalEntity: string;
  readonly currency: string;
  /** `YYYY-MM-DD`; of the shipment, the day it was rated for. Empty where there is no such shipment. */
  readonly day: string;
};

type Cells<Row> = { [Name in keyof Row]: string };

const COLUMNS = [...BOOK_SUMS, 'difference'] as const;

export async function bookRows(client: Queryable, tenant: string): Promise<BookRow[]> {
  const sums = COLUMNS.map((name) => `${name}_minor::text as "${name}"`).join(', ');
  const { rows } = await client.query<Cells<BookRow>>(
    `select legal_entity as "legalEntity", currency, coalesce(day::text, '') as day, ${sums}
       from lading.conservation where tenant = $1 order by legal_entity, currency, conservation.day`,
    [tenant],
  );
  return rows.map((row) => ({ ...row, ...sumsFrom(row) }));
}

export type DeviatingCharge = BookSums & {
  readonly shipment: string;
  readonly code: string;
  readonly currency: string;
};

const DEVIATES = `
  from lading.books b
  left join lading.shipment s on s.tenant = b.tenant and s.shipment = b.shipment
 where b.tenant = $1 and b.difference_minor <> 0
   and coalesce(s.wake_at <= to_timestamp($2::float8 / 1000), false)`;

/** At most `limit`, by shipment and code. Those of shipments that are due to be decided again are not among them. */
export async function deviatingCharges(
  client: Queryable,
  tenant: string,
  now: Instant,
  limit: number,
): Promise<DeviatingCharge[]> {
  const sums = COLUMNS.map((name) => `b.${name}_minor::text as "${name}"`).join(', ');
  const { rows } = await client.query<Cells<DeviatingCharge>>(
    `select b.shipment, b.code, b.currency, ${sums} ${DEVIATES} is false
      order by b.shipment, b.code, b.currency limit $3`,
    [tenant, now, limit],
  );
  return rows.map((row) => ({ ...row, ...sumsFrom(row) }));
}

/** How many charges deviate because their shipment is only about to be decided again. */
export async function unsettledCharges(client: Queryable, tenant: string, now: Instant): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count ${DEVIATES}`, [tenant, now]);
  return rows[0]?.count ?? 0;
}

function sumsFrom(row: Record<keyof BookSums, string>): BookSums {
  return Object.fromEntries(COLUMNS.map((name) => [name, BigInt(row[name])])) as BookSums;
}

export type DocumentSum = {
  readonly number: string;
  readonly kind: string;
  readonly currency: string;
  /** When the ERP confirmed it; `null`: not yet. */
  readonly postedAt: Instant | null;
  /** On the document's head; before tax, positive for every kind. */
  readonly subtotalMinor: bigint;
  readonly linesMinor: bigint;
};

/** What each billing document comes to, by number. */
export async function documentSums(client: Queryable, tenant: string): Promise<DocumentSum[]> {
  const { rows } = await client.query<
    Omit<DocumentSum, 'subtotalMinor' | 'linesMinor'> & { subtotalMinor: string; linesMinor: string }
  >(
    `select i.number, i.kind, i.currency, case i.state when 'posted' then i.posted_at end as "postedAt",
            i.subtotal_minor::text as "subtotalMinor", coalesce(sum(l.amount_minor), 0)::text as "linesMinor"
       from lading.invoice i
       left join lading.invoice_line l on l.tenant = i.tenant and l.number = i.number
      where i.tenant = $1
      group by i.tenant, i.number order by i.number`,
    [tenant],
  );
  return rows.map((row) => ({
    ...row,
    subtotalMinor: BigInt(row.subtotalMinor),
    linesMinor: BigInt(row.linesMinor),
  }));
}
