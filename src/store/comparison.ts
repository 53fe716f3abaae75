// The comparison of our books with those of an outside system: when it is due, who is at it, and what it found.
import type { ClientBase } from 'pg';
import type { DifferenceIn, DocumentDifference, OurDocument } from '../model/comparison.ts';
import type { Instant } from '../model/time.ts';
import { textArray } from './array-literal.ts';
import type { Queryable } from './database.ts';

/**
 * Takes the comparison up, if it is due and nobody is at it; `false`: not now. One that was never made is due at `firstAt`,
 * but at once where `isAsked`.
 */
export async function leaseComparison(
  client: Queryable,
  tenant: string,
  system: string,
  { now, firstAt, until, isAsked }: { now: Instant; firstAt: Instant; until: Instant; isAsked: boolean },
): Promise<boolean> {
  await client.query(
    `insert into lading.comparison (tenant, system, due_at)
     values ($1, $2, to_timestamp($3::float8 / 1000)) on conflict do nothing`,
    [tenant, system, firstAt],
  );
  const { rowCount } = await client.query(
    `update lading.comparison set leased_until = to_timestamp($4::float8 / 1000)
      where tenant = $1 and system = $2
        and ($5 or due_at <= to_timestamp($3::float8 / 1000))
        and (leased_until is null or leased_until <= to_timestamp($3::float8 / 1000))`,
    [tenant, system, now, until, isAsked],
  );
  return rowCount === 1;
}

/** All billing documents and bills that we decided to have in `system`, which was read at `readAt`. */
export async function ourDocuments(
  client: Queryable,
  tenant: string,
  system: string,
  readAt: Instant,
): Promise<OurDocument[]> {
  type Row = Omit<OurDocument, 'subtotalMinor' | 'taxMinor' | 'erpNumber'> & {
    subtotal: string;
    tax: string;
    erpNumber: string | null;
  };
  const { rows } = await client.query<Row>(
    `with asked as (select to_timestamp($3::float8 / 1000) as at)
     select i.number, case i.kind when 'credit-note' then i.kind else 'invoice' end as kind, i.state,
            coalesce(e.state in ('intended', 'sent', 'unknown') or i.posted_at > asked.at, false) as "isUnderWay", i.erp_number as "erpNumber",
            i.currency, i.subtotal_minor::text as subtotal, i.tax_minor::text as tax
       from asked, lading.invoice i
       left join lading.effect e on e.tenant = i.tenant and e.key = $2 || ':' || i.number
      where i.tenant = $1
      union all
     select c.bill, case when sum.minor < 0 then 'vendor-credit' else 'bill' end, case when c.posted_at is null then 'decided' else 'posted' end,
            coalesce(e.state in ('intended', 'sent', 'unknown') or c.posted_at > asked.at, false), c.erp_number,
            c.currency, abs(sum.minor)::text, '0'
       from asked, lading.carrier_invoice c
       left join lateral (
         select coalesce(sum(l.amount_minor), 0) as minor from lading.carrier_invoice_line l
          where l.tenant = c.tenant and l.id = c.id) sum on true
       left join lading.effect e on e.tenant = c.tenant and e.key = $2 || ':' || c.bill
      where c.tenant = $1 and c.bill is not null`,
    [tenant, system, readAt],
  );
  return rows.map(({ subtotal, tax, erpNumber, ...row }) => ({
    ...row,
    ...(erpNumber === null ? {} : { erpNumber }),
    subtotalMinor: BigInt(subtotal),
    taxMinor: BigInt(tax),
  }));
}

export type Compared = {
  readonly at: Instant;
  readonly nextAt: Instant;
  readonly documents: number;
  readonly differences: readonly DocumentDifference[];
};

/** Writes down what was found. What was found before keeps the time of then. Returns the documents that no longer differ. */
export async function keepComparison(
  client: ClientBase,
  tenant: string,
  system: string,
  { at, nextAt, documents, differences }: Compared,
): Promise<string[]> {
  await client.query(
    `update lading.comparison
        set due_at = to_timestamp($3::float8 / 1000), leased_until = null, failure = null,
            compared_at = to_timestamp($4::float8 / 1000), documents = $5
      where tenant = $1 and system = $2`,
    [tenant, system, nextAt, at, documents],
  );
  const columns = (['document', 'what', 'ours', 'theirs'] as const).map((name) =>
    textArray(differences.map((difference) => difference[name])),
  );
  const { rows } = await client.query<{ document: string }>(
    `delete from lading.document_difference d
      where tenant = $1 and system = $2
        and not exists (select from unnest($3::text[], $4::text[]) as new (document, what)
                         where new.document = d.document and new.what = d.what)
      returning document`,
    [tenant, system, columns[0], columns[1]],
  );
  await client.query(
    `insert into lading.document_difference (tenant, system, document, what, ours, theirs, since)
     select $1, $2, document, what, ours, theirs, to_timestamp($3::float8 / 1000)
       from unnest($4::text[], $5::text[], $6::text[], $7::text[]) as new (document, what, ours, theirs)
     on conflict (tenant, system, document, what) do update set ours = excluded.ours, theirs = excluded.theirs`,
    [tenant, system, at, ...columns],
  );
  const still = new Set(differences.map(({ document }) => document));
  return [...new Set(rows.map(({ document }) => document))].filter((document) => !still.has(document));
}

/** The try came to nothing; it is made again at `nextAt`. */
export async function failComparison(
  client: Queryable,
  tenant: string,
  system: string,
  { reason, nextAt }: { readonly reason: string; readonly nextAt: Instant },
): Promise<void> {
  await client.query(
    `update lading.comparison set leased_until = null, failure = $3, due_at = to_timestamp($4::float8 / 1000)
      where tenant = $1 and system = $2`,
    [tenant, system, reason, nextAt],
  );
}

export type Comparison = {
  readonly system: string;
  readonly comparedAt?: Instant;
  readonly dueAt: Instant;
  readonly documents: number;
  /** Documents with a difference. */
  readonly differing: number;
  readonly failure?: string;
};

/** The last comparison with each system, by name. */
export async function comparisons(client: Queryable, tenant: string): Promise<Comparison[]> {
  type Row = Omit<Comparison, 'comparedAt' | 'failure'> & { comparedAt: Instant | null; failure: string | null };
  const { rows } = await client.query<Row>(
    `select c.system, c.compared_at as "comparedAt", c.due_at as "dueAt", coalesce(c.documents, 0) as documents, c.failure,
            (select count(distinct document)::int from lading.document_difference d
              where d.tenant = c.tenant and d.system = c.system) as differing
       from lading.comparison c where c.tenant = $1 order by c.system`,
    [tenant],
  );
  return rows.map(({ comparedAt, failure, ...row }) => ({
    ...row,
    ...(comparedAt === null ? {} : { comparedAt }),
    ...(failure === null ? {} : { failure }),
  }));
}

export type KeptDifference = DocumentDifference & { readonly system: string; readonly since: Instant };

/** What the last comparisons found, by system, document and what differs; at most `limit` after the given one. */
export async function keptDifferences(
  client: Queryable,
  tenant: string,
  limit: number,
  after: readonly [system: string, document: string, what: string] | undefined,
): Promise<KeptDifference[]> {
  const { rows } = await client.query<KeptDifference & { what: DifferenceIn }>(
    `select system, document, what, ours, theirs, since from lading.document_difference
      where tenant = $1 and ($3::text is null or (system, document, what) > ($3, $4, $5))
      order by system, document, what limit $2`,
    [tenant, limit, after?.[0], after?.[1], after?.[2]],
  );
  return rows;
}
