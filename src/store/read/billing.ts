// Where billing stands: what is not invoiced yet, by what it waits for, and the documents there are.
import { formatMinor } from '../../model/money.ts';
import type { Queryable } from '../database.ts';
import { UNPOSTED } from './unbilled.ts';

export type BillingStanding = {
  /** By the shipments' billing state: what of their charges is on no posted document. */
  readonly shipments: readonly {
    readonly currency: string;
    readonly billing: string;
    readonly shipments: number;
    readonly amount: string;
  }[];
  /** With tax. A credit note's total is what it gives back. */
  readonly documents: readonly {
    readonly currency: string;
    readonly kind: string;
    readonly state: string;
    readonly documents: number;
    readonly total: string;
  }[];
};

/** `customer` given: only what is that customer's. */
export async function billingStanding(db: Queryable, tenant: string, customer?: string): Promise<BillingStanding> {
  const unposted = db.query<{ currency: string; billing: string; shipments: number; minor: string }>(
    `select currency, billing, count(*)::int as shipments, sum(minor)::text as minor
       from (${UNPOSTED} and ($2::text is null or l.customer = $2)) as owed where minor <> 0
      group by 1, 2 order by 1, 2`,
    [tenant, customer],
  );
  const posted = db.query<{
    currency: string;
    kind: string;
    state: string;
    documents: number;
    minor: string;
  }>(
    `select currency, kind, state, count(*)::int as documents, sum(subtotal_minor + tax_minor)::text as minor
       from lading.invoice where tenant = $1 and ($2::text is null or customer = $2) and state <> 'cancelled'
      group by 1, 2, 3 order by 1, 2, 3`,
    [tenant, customer],
  );
  const [{ rows: shipments }, { rows: documents }] = await Promise.all([unposted, posted]);
  const money = (minor: string, currency: string) => formatMinor(BigInt(minor), currency);
  return {
    shipments: shipments.map(({ minor, ...row }) => ({ ...row, amount: money(minor, row.currency) })),
    documents: documents.map(({ minor, ...row }) => ({ ...row, total: money(minor, row.currency) })),
  };
}
