// Customers' accounts: which have something to decide, and what each has decided so far.
import type { ClientBase } from 'pg';
import type { DocumentKind } from '../model/document.ts';
import type { Currency } from '../model/money.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type DueAccount = { readonly customer: string; readonly mark: string };

/** Accounts that are due by now; the mark tells later whether somebody asked again meanwhile. */
export async function dueAccounts(
  client: Queryable,
  tenant: string,
  now: Instant,
  limit: number,
): Promise<DueAccount[]> {
  const { rows } = await client.query<DueAccount>(
    `select customer, xmin::text as mark from lading.account_due
      where tenant = $1 and due_at <= to_timestamp($2::float8 / 1000) order by due_at, customer limit $3`,
    [tenant, now, limit],
  );
  return rows;
}

/** One worker at a time decides for an account; `false`: another does so now. */
export async function holdAccount(client: ClientBase, tenant: string, customer: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('lading account ' || $1 || ' ' || $2, 0)) as held`,
    [tenant, customer],
  );
  return rows[0]?.held === true;
}

/** Sets when the account is due next, or that it is not; left alone where somebody asked again since the mark. */
export async function rescheduleAccount(
  client: ClientBase,
  tenant: string,
  { customer, mark }: DueAccount,
  dueAt: Instant | undefined,
): Promise<void> {
  if (dueAt === undefined) {
    await client.query('delete from lading.account_due where tenant = $1 and customer = $2 and xmin::text = $3', [
      tenant,
      customer,
      mark,
    ]);
    return;
  }
  await client.query(
    `update lading.account_due set due_at = to_timestamp($4::float8 / 1000)
      where tenant = $1 and customer = $2 and xmin::text = $3`,
    [tenant, customer, mark, dueAt],
  );
}

/** Has the accounts of these customers looked at that hold payments which may find an invoice now. */
export async function markAccountsWithPayments(
  client: Queryable,
  tenant: string,
  customers: readonly string[],
  at: Instant,
): Promise<void> {
  if (customers.length === 0) return;
  await client.query(
    `insert into lading.account_due as due (tenant, customer, due_at)
     select distinct $1, customer, to_timestamp($3::float8 / 1000)
       from lading.payment
      where tenant = $1 and (left_minor > 0 or kept_back_minor > 0) and customer = any($2::text[]) order by customer
     on conflict (tenant, customer) do update set due_at = least(due.due_at, excluded.due_at)`,
    [tenant, [...new Set(customers)], at],
  );
}

/** The same, for the customers of these documents: the ERP's number may be what a remittance names. */
export async function markAccountsOfDocuments(
  client: Queryable,
  tenant: string,
  numbers: readonly string[],
  at: Instant,
): Promise<void> {
  if (numbers.length === 0) return;
  const { rows } = await client.query<{ customer: string }>(
    'select distinct customer from lading.invoice where tenant = $1 and number = any($2::text[])',
    [tenant, numbers],
  );
  const customers = rows.map(({ customer }) => customer);
  await markAccountsWithPayments(client, tenant, customers, at);
}

export type AccountDocument = {
  readonly number: string;
  readonly kind: DocumentKind;
  readonly erpNumber?: string;
  readonly currency: Currency;
  readonly legalEntity?: string;
  readonly shipments: readonly string[];
  readonly corrects?: string;
  readonly dueOn: LocalDate;
  /** With tax. */
  readonly totalMinor: bigint;
};

/** Every document of a customer, in order of decision. */
export async function accountDocuments(
  client: Queryable,
  tenant: string,
  customer: string,
): Promise<AccountDocument[]> {
  const { rows } = await client.query<
    Omit<AccountDocument, 'totalMinor' | 'legalEntity'> & {
      totalMinor: string;
      legalEntity: string | null;
      erpNumber: string | null;
      corrects: string | null;
    }
  >(
    `select number, kind, erp_number as "erpNumber", currency, legal_entity as "legalEntity", shipments, corrects,
            ((decided_at at time zone 'UTC')::date + coalesce(payment_terms_days, 0))::text as "dueOn",
            (subtotal_minor + tax_minor)::text as "totalMinor"
       from lading.invoice where tenant = $1 and customer = $2 and state <> 'cancelled' order by decided_at, length(number), number`,
    [tenant, customer],
  );
  return rows.map(({ erpNumber, legalEntity, corrects, totalMinor, ...row }) => ({
    ...row,
    ...(legalEntity === null ? {} : { legalEntity }),
    ...(corrects === null ? {} : { corrects }),
    ...(erpNumber === null ? {} : { erpNumber }),
    totalMinor: BigInt(totalMinor),
  }));
}
