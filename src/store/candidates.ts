// First documents that wait for their account, and the accounts that have something to decide.
import type { ClientBase } from 'pg';
import type { Candidate } from '../model/decision.ts';
import type { DocumentLine } from '../model/document.ts';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type KeptCandidate = Candidate & { readonly customer: string };

/** Replaces what these shipments offered before. */
export async function putCandidates(
  client: ClientBase,
  tenant: string,
  shipments: readonly string[],
  candidates: readonly KeptCandidate[],
): Promise<void> {
  if (shipments.length === 0) return;
  await client.query(`delete from lading.billing_candidate where tenant = $1 and shipment = any($2::text[])`, [
    tenant,
    shipments,
  ]);
  if (candidates.length === 0) return;
  await client.query(
    `insert into lading.billing_candidate (tenant, customer, shipment, currency, legal_entity, ready_since, lines)
     select $1, customer, shipment, currency, legal_entity, to_timestamp(ready_ms / 1000), lines
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::jsonb[])
         as new (customer, shipment, currency, legal_entity, ready_ms, lines)`,
    [
      tenant,
      candidates.map(({ customer }) => customer),
      candidates.map(({ shipment }) => shipment),
      candidates.map(({ currency }) => currency),
      candidates.map(({ legalEntity }) => legalEntity),
      candidates.map(({ readySince }) => readySince),
      candidates.map(({ lines }) => encodeLines(lines)),
    ],
  );
}

/** All that these customers' shipments offer. */
export async function candidatesOf(
  client: Queryable,
  tenant: string,
  customers: readonly string[],
): Promise<KeptCandidate[]> {
  const { rows } = await client.query<{
    customer: string;
    shipment: string;
    currency: string;
    legalEntity: string | null;
    readySince: Instant;
    lines: EncodedLine[];
  }>(
    `select customer, shipment, currency, legal_entity as "legalEntity", ready_since as "readySince", lines
       from lading.billing_candidate where tenant = $1 and customer = any($2::text[]) order by shipment, currency`,
    [tenant, customers],
  );
  return rows.map(({ legalEntity, lines, ...row }) => ({
    ...row,
    ...(legalEntity === null ? {} : { legalEntity }),
    lines: lines.map(decodeLine),
  }));
}

type EncodedLine = Omit<DocumentLine, 'amountMinor' | 'taxMinor'> & { amountMinor: string; taxMinor: string };

/** JSON has no whole numbers beyond 2^53: amounts are text in it. */
export function encodeLines(lines: readonly DocumentLine[]): string {
  return JSON.stringify(
    lines.map((line) => ({ ...line, amountMinor: String(line.amountMinor), taxMinor: String(line.taxMinor) })),
  );
}

function decodeLine(line: EncodedLine): DocumentLine {
  return { ...line, amountMinor: BigInt(line.amountMinor), taxMinor: BigInt(line.taxMinor) };
}

/** Has these accounts looked at by `at`, unless that is to happen sooner. */
export async function markAccountsDue(
  client: Queryable,
  tenant: string,
  customers: readonly string[],
  at: Instant,
): Promise<void> {
  if (customers.length === 0) return;
  await client.query(
    `insert into lading.account_due as due (tenant, customer, due_at)
     select $1, customer, to_timestamp($3::float8 / 1000) from unnest($2::text[]) as new (customer) order by customer
     on conflict (tenant, customer) do update set due_at = least(due.due_at, excluded.due_at)`,
    [tenant, [...new Set(customers)], at],
  );
}
