// What customers object to on our invoices: opened, closed, and never forgotten.
import type { ClientBase } from 'pg';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type CustomerDispute = {
  readonly invoice: string;
  readonly reason: string;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly closedAt?: Instant;
  readonly closedBy?: string;
  readonly outcome?: string;
};

/** `false`: one is open for this invoice already. */
export async function openDispute(
  client: ClientBase,
  tenant: string,
  { invoice, customer, reason, by }: { invoice: string; customer: string; reason: string; by: string },
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into lading.customer_dispute (tenant, invoice, customer, reason, opened_at, opened_by)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), $6) on conflict do nothing`,
    [tenant, invoice, customer, reason, now, by],
  );
  return rowCount === 1;
}

/** `false`: none is open for this invoice. */
export async function closeDispute(
  client: ClientBase,
  tenant: string,
  { invoice, outcome, by }: { invoice: string; outcome: string; by: string },
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update lading.customer_dispute set closed_at = to_timestamp($3::float8 / 1000), closed_by = $4, outcome = $5
      where tenant = $1 and invoice = $2 and closed_at is null`,
    [tenant, invoice, now, by, outcome],
  );
  return rowCount === 1;
}

/** Every dispute of these invoices, by invoice, in order of opening. */
export async function disputesOf(
  client: Queryable,
  tenant: string,
  invoices: readonly string[],
): Promise<Map<string, CustomerDispute[]>> {
  if (invoices.length === 0) return new Map();
  type Row = { [Key in keyof CustomerDispute]: CustomerDispute[Key] | null };
  const { rows } = await client.query<Row>(
    `select invoice, reason, opened_at as "openedAt", opened_by as "openedBy", closed_at as "closedAt",
            closed_by as "closedBy", outcome
       from lading.customer_dispute where tenant = $1 and invoice = any($2::text[]) order by id`,
    [tenant, invoices],
  );
  const known = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
  return Map.groupBy(known as CustomerDispute[], ({ invoice }) => invoice);
}
