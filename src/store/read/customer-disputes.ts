// Disputes of customers as people and the API see them: what is disputed, what was said by whom, and how it ended.
import type { DisputeVerdict } from '../../model/customer-dispute.ts';
import { formatMinor } from '../../model/money.ts';
import type { Queryable } from '../database.ts';
import { type PageRequest, utc, withoutNulls } from '../reading.ts';

export type CustomerDisputeView = {
  readonly id: string;
  readonly invoice: string;
  readonly erpNumber?: string;
  readonly customer: string;
  /** With `code`: that line; without: the whole invoice. */
  readonly shipment?: string;
  readonly code?: string;
  readonly currency: string;
  /** Of the line before tax, or of the whole invoice. */
  readonly amount: string;
  readonly reason: string;
  readonly state: 'open' | 'closed';
  readonly openedAt: string;
  readonly byCustomer: boolean;
  readonly comments: number;
  readonly saidAt: string;
  /** Whose turn it is while it is open: whoever did not speak last. */
  readonly waitsFor?: 'us' | 'customer';
  readonly closedAt?: string;
  readonly verdict?: DisputeVerdict;
  readonly outcome?: string;
};
/** What open disputes are about, by currency. */
export type DisputedMoney = { readonly currency: string; readonly openMinor: bigint };
export type DisputeComment = {
  readonly id: string;
  readonly dispute: string;
  readonly at: string;
  readonly fromCustomer: boolean;
  readonly author: string;
  readonly text: string;
  readonly file?: { readonly name: string; readonly mediaType: string; readonly bytes: number };
};
export type DisputeFilter = {
  readonly id?: string;
  readonly customer?: string;
  readonly invoice?: string;
  readonly state?: 'open' | 'closed';
  readonly waitsFor?: 'us' | 'customer';
};

/** The newest first. */
export async function listCustomerDisputes(
  db: Queryable,
  tenant: string,
  { id, customer, invoice, state, waitsFor }: DisputeFilter,
  { limit, after }: PageRequest,
): Promise<CustomerDisputeView[]> {
  const { rows } = await db.query(
    `select d.id::text, d.invoice, i.erp_number as "erpNumber", d.customer, d.shipment, d.code, i.currency,
            coalesce(line.minor, i.subtotal_minor + i.tax_minor)::text as minor, d.reason,
            case when d.closed_at is null then 'open' else 'closed' end as state,
            ${utc('d.opened_at')} as "openedAt", d.by_customer as "byCustomer",
            said.comments, ${utc('coalesce(said.at, d.opened_at)')} as "saidAt",
            case when d.closed_at is null then case when last.from_customer then 'us' else 'customer' end end as "waitsFor",
            ${utc('d.closed_at')} as "closedAt", d.verdict, d.outcome
       from lading.customer_dispute d
       join lading.invoice i on i.tenant = d.tenant and i.number = d.invoice
       left join lateral (
         select sum(l.amount_minor) as minor from lading.invoice_line l
          where d.code is not null and l.tenant = d.tenant and l.number = d.invoice and l.shipment = d.shipment
            and l.code = d.code) line on true
       left join lateral (
         select count(*)::int as comments, max(c.at) as at, max(c.id) as last from lading.customer_dispute_comment c
          where c.tenant = d.tenant and c.dispute = d.id) said on true
       left join lading.customer_dispute_comment last on last.tenant = d.tenant and last.id = said.last
      where d.tenant = $1 and ($2::bigint is null or d.id < $2) and ($3::text is null or d.customer = $3)
        and ($4::text is null or d.invoice = $4 or i.erp_number = $4)
        and ($5::text is null or $5 = case when d.closed_at is null then 'open' else 'closed' end)
        and ($6::text is null or d.closed_at is null and $6 = case when last.from_customer then 'us' else 'customer' end)
        and ($8::bigint is null or d.id = $8)
      order by d.id desc limit $7`,
    [tenant, after?.[0], customer, invoice, state, waitsFor, limit + 1, id],
  );
  return rows.map(({ minor, ...row }) => withoutNulls({ ...row, amount: formatMinor(BigInt(minor), row.currency) }));
}

/** Of these disputes, in the order they were made. */
export async function commentsOf(
  db: Queryable,
  tenant: string,
  disputes: readonly string[],
): Promise<DisputeComment[]> {
  type Row = Omit<DisputeComment, 'file'> & { name: string | null; mediaType: string; bytes: number };
  const { rows } = await db.query<Row>(
    `select id::text, dispute::text, ${utc('at')} as at, from_customer as "fromCustomer", author, text,
            file_name as name, media_type as "mediaType", file_bytes as bytes
       from lading.customer_dispute_comment
      where tenant = $1 and dispute = any($2::bigint[]) order by id limit 20000`,
    [tenant, disputes],
  );
  return rows.map(({ name, mediaType, bytes, ...row }) => ({
    ...row,
    ...(name === null ? {} : { file: { name, mediaType, bytes } }),
  }));
}

/** The file that came with a comment of this dispute. */
export async function fileOfComment(
  db: Queryable,
  tenant: string,
  dispute: string,
  comment: string,
): Promise<{ name: string; content: Uint8Array } | undefined> {
  const { rows } = await db.query<{ name: string; content: Buffer }>(
    `select c.file_name as name, a.content
       from lading.customer_dispute_comment c join lading.attachment a using (tenant, sha256)
      where c.tenant = $1 and c.dispute = $2 and c.id = $3`,
    [tenant, dispute, comment],
  );
  return rows[0];
}

/** Of lines before tax, and of whole invoices, as each dispute has it. */
export async function disputedMoney(db: Queryable, tenant: string): Promise<DisputedMoney[]> {
  const { rows } = await db.query(
    `select i.currency, sum(coalesce(line.minor, i.subtotal_minor + i.tax_minor))::text as minor
       from lading.customer_dispute d
       join lading.invoice i on i.tenant = d.tenant and i.number = d.invoice
       left join lateral (
         select sum(l.amount_minor) as minor from lading.invoice_line l
          where d.code is not null and l.tenant = d.tenant and l.number = d.invoice and l.shipment = d.shipment
            and l.code = d.code) line on true
      where d.tenant = $1 and d.closed_at is null
      group by i.currency`,
    [tenant],
  );
  return rows.map(({ currency, minor }) => ({ currency, openMinor: BigInt(minor) }));
}
