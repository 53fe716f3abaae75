// What customers object to on our invoices: opened, talked about, closed, and never forgotten.
import type { ClientBase } from 'pg';
import type { AttachedFile, DisputeVerdict } from '../model/customer-dispute.ts';
import type { Instant } from '../model/time.ts';
import { keepAttachments } from './attachments.ts';
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

/** A line of an invoice; several of one shipment and code are one. */
export type DisputedLine = { readonly shipment: string; readonly code: string };

export type NewDispute = {
  readonly invoice: string;
  readonly customer: string;
  readonly line?: DisputedLine;
  readonly byCustomer: boolean;
  readonly reason: string;
  readonly by: string;
};

/** Its id; `undefined`: one is open for this line, or for the whole invoice, already. */
export async function openDispute(
  client: ClientBase,
  tenant: string,
  { invoice, customer, line, byCustomer, reason, by }: NewDispute,
  now: Instant,
): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `insert into lading.customer_dispute (tenant, invoice, customer, reason, opened_at, opened_by, shipment, code, by_customer)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), $6, $7, $8, $9) on conflict do nothing returning id::text`,
    [tenant, invoice, customer, reason, now, by, line?.shipment, line?.code, byCustomer],
  );
  return rows[0]?.id;
}

/** `false`: it is not open. */
export async function closeDispute(
  client: ClientBase,
  tenant: string,
  { id, outcome, by, verdict }: { id: string; outcome: string; by: string; verdict?: DisputeVerdict },
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update lading.customer_dispute
        set closed_at = to_timestamp($3::float8 / 1000), closed_by = $4, outcome = $5, verdict = $6
      where tenant = $1 and id = $2 and closed_at is null`,
    [tenant, id, now, by, outcome, verdict],
  );
  return rowCount === 1;
}

/** Ids of the open ones of an invoice, in order of opening. */
export async function openDisputesOf(db: Queryable, tenant: string, invoice: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id::text from lading.customer_dispute
      where tenant = $1 and invoice = $2 and closed_at is null order by id limit 1000`,
    [tenant, invoice],
  );
  return rows.map(({ id }) => id);
}

/** Held for update; `undefined`: there is none, or it is not this customer's. */
export async function holdDispute(
  client: ClientBase,
  tenant: string,
  id: string,
  customer: string | undefined,
): Promise<{ invoice: string; customer: string; isOpen: boolean; comments: number } | undefined> {
  const { rows } = await client.query<{ invoice: string; customer: string; isOpen: boolean; comments: number }>(
    `select invoice, customer, closed_at is null as "isOpen",
            (select count(*)::int from lading.customer_dispute_comment c where c.tenant = $1 and c.dispute = d.id) as comments
       from lading.customer_dispute d
      where tenant = $1 and id = $2 and ($3::text is null or customer = $3) for update`,
    [tenant, id, customer],
  );
  return rows[0];
}

export type NewComment = {
  readonly dispute: string;
  readonly fromCustomer: boolean;
  readonly by: string;
  readonly text: string;
  readonly file?: AttachedFile & {
    /** SHA-256 of its content, hex. */
    readonly sha256: string;
  };
};

export async function addComment(
  client: ClientBase,
  tenant: string,
  { dispute, fromCustomer, by, text, file }: NewComment,
  now: Instant,
): Promise<void> {
  if (file !== undefined) await keepAttachments(client, tenant, [file]);
  await client.query(
    `insert into lading.customer_dispute_comment
       (tenant, dispute, at, from_customer, author, text, file_name, media_type, file_bytes, sha256)
     values ($1, $2, to_timestamp($3::float8 / 1000), $4, $5, $6, $7, $8, $9, decode($10, 'hex'))`,
    [
      ...[tenant, dispute, now, fromCustomer, by, text],
      ...[file?.name, file?.mediaType, file?.content.length, file?.sha256],
    ],
  );
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
