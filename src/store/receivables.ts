// What customers owe: open documents, and by customer and currency how old they are.
import { formatMinor } from '../model/money.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import type { Queryable } from './database.ts';
import type { PageRequest } from './reading.ts';

/** Documents of the tenant with what is open on each; of a credit note, what is still to be set off. The database keeps `settled_minor`. */
export const OPEN_ITEMS = `
  select i.number, i.kind, i.customer, i.currency, i.decided_at, i.payment_terms_days, i.erp_number,
         (i.decided_at at time zone 'UTC')::date + coalesce(i.payment_terms_days, 0) as due_on,
         i.subtotal_minor + i.tax_minor as total_minor,
         i.subtotal_minor + i.tax_minor - i.settled_minor as open_minor
    from lading.invoice i
   where i.tenant = $1 and i.state <> 'cancelled'`;

/** Said as the index of what is open says it. */
export const IS_OPEN = 'i.subtotal_minor + i.tax_minor - i.settled_minor > 0';

export type OpenItem = {
  readonly number: string;
  readonly kind: 'invoice' | 'supplementary' | 'credit-note';
  readonly customer: string;
  readonly currency: string;
  readonly erpNumber?: string;
  readonly issuedAt: Instant;
  readonly dueOn: LocalDate;
  readonly total: string;
  readonly open: string;
};
type ItemRow = Omit<OpenItem, 'total' | 'open' | 'erpNumber'> & {
  erpNumber: string | null;
  totalMinor: string;
  openMinor: string;
};

/** Documents with something open, the one due first before the others. `dueBefore`: only invoices due before that day. */
export async function openDocuments(
  db: Queryable,
  tenant: string,
  filter: { readonly customer?: string; readonly dueBefore?: LocalDate },
  { limit, after }: PageRequest,
): Promise<OpenItem[]> {
  const { rows } = await db.query<ItemRow>(
    `select number, kind, customer, currency, erp_number as "erpNumber", decided_at as "issuedAt",
            due_on::text as "dueOn", total_minor::text as "totalMinor", open_minor::text as "openMinor"
       from (${OPEN_ITEMS} and ${IS_OPEN} and ($2::text is null or i.customer = $2)) as item
      where ($3::date is null or (kind <> 'credit-note' and due_on < $3::date))
        and ($4::date is null or (due_on, number) > ($4::date, $5::text))
      order by due_on, number limit $6`,
    [tenant, filter.customer, filter.dueBefore, after?.[0], after?.[1], limit + 1],
  );
  return rows.map(({ erpNumber, totalMinor, openMinor, ...row }) => ({
    ...row,
    ...(erpNumber === null ? {} : { erpNumber }),
    total: formatMinor(BigInt(totalMinor), row.currency),
    open: formatMinor(BigInt(openMinor), row.currency),
  }));
}

export const AGES = ['notDue', 'days1To30', 'days31To60', 'days61To90', 'over90Days'] as const;
export type Receivable = {
  readonly customer: string;
  readonly currency: string;
  /** Of the invoices that are open, by days since they were due. */
  readonly ages: Readonly<Record<(typeof AGES)[number], string>>;
  readonly invoices: string;
  readonly creditNotes: string;
  /** Payments that are not applied to anything yet. */
  readonly onAccount: string;
  /** Invoices less credit notes: what the credit limit is held against. */
  readonly owed: string;
  /** Of the invoices: what the customer disputes. */
  readonly disputed: string;
};

/** By customer and currency, where anything is open or on account. */
export async function receivables(
  db: Queryable,
  tenant: string,
  { customer, today }: { readonly customer?: string; readonly today: LocalDate },
  { limit, after }: PageRequest,
): Promise<Receivable[]> {
  const between = (from: number, to: number) =>
    `sum(open_minor) filter (where kind <> 'credit-note' and $3::date - due_on between ${from} and ${to})`;
  const { rows } = await db.query<Record<string, string>>(
    // By day and kind first: what is then told apart is a few hundred sums, not every document.
    `with disputed as (select distinct invoice from lading.customer_dispute where tenant = $1 and closed_at is null),
     item as (
       select customer, currency, kind, due_on, disputed.invoice is not null as is_disputed, sum(open_minor) as open_minor
         from (${OPEN_ITEMS} and ${IS_OPEN} and ($2::text is null or i.customer = $2)) as each
         left join disputed on disputed.invoice = each.number group by 1, 2, 3, 4, 5),
     owed as (
       select customer, currency, ${between(-100_000, 0)} as "notDue", ${between(1, 30)} as "days1To30",
              ${between(31, 60)} as "days31To60", ${between(61, 90)} as "days61To90", ${between(91, 1_000_000)} as "over90Days",
              sum(open_minor) filter (where kind <> 'credit-note') as invoices,
              sum(open_minor) filter (where kind = 'credit-note') as "creditNotes",
              sum(open_minor) filter (where kind <> 'credit-note' and is_disputed) as disputed
         from item group by customer, currency),
     paid as (
       select customer, currency, sum(left_minor) as "onAccount" from lading.payment
        where tenant = $1 and left_minor > 0 and ($2::text is null or customer = $2) group by customer, currency)
     select * from owed full join paid using (customer, currency)
      where $4::text is null or (customer, currency) > ($4, $5)
      order by customer, currency limit $6`,
    [tenant, customer, today, after?.[0], after?.[1], limit + 1],
  );
  return rows.map(receivableFrom);
}

function receivableFrom(row: Record<string, string | null>): Receivable {
  const { customer = '', currency = '' } = row as Record<string, string>;
  const minor = (name: string) => BigInt(row[name] ?? '0');
  const money = (amountMinor: bigint) => formatMinor(amountMinor, currency);
  const ages = Object.fromEntries(AGES.map((age) => [age, money(minor(age))]));
  return {
    customer,
    currency,
    ages: ages as Receivable['ages'],
    invoices: money(minor('invoices')),
    creditNotes: money(minor('creditNotes')),
    onAccount: money(minor('onAccount')),
    owed: money(minor('invoices') - minor('creditNotes')),
    disputed: money(minor('disputed')),
  };
}

/** Of a customer's invoices, those with an open exception of this kind. */
export async function overdueSubjects(db: Queryable, tenant: string, customer: string): Promise<string[]> {
  const { rows } = await db.query<{ subject: string }>(
    `select e.subject from lading.exception e join lading.invoice i on i.tenant = e.tenant and i.number = e.subject
      where e.tenant = $1 and e.kind = 'invoice-overdue' and e.closed_at is null and i.customer = $2 order by e.subject`,
    [tenant, customer],
  );
  return rows.map(({ subject }) => subject);
}
