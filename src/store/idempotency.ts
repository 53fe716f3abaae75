// Idempotency keys of the API: claimed before the work, with the answer after it.

import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type Claim =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'running' }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: unknown };

/** One statement decides who was first; a claim without an answer is free again after `claimMs`. */
export async function claimKey(
  db: Queryable,
  tenant: string,
  key: string,
  request: Uint8Array,
  now: Instant,
  claimMs: number,
): Promise<Claim> {
  const { rowCount } = await db.query(
    `insert into lading.idempotency as known (tenant, key, request, created_at)
     values ($1, $2, $3, to_timestamp($4::float8 / 1000))
     on conflict (tenant, key) do update set created_at = excluded.created_at
       where known.status is null and known.request = excluded.request
         and known.created_at < to_timestamp(($4::float8 - $5::float8) / 1000)`,
    [tenant, key, request, now, claimMs],
  );
  if (rowCount === 1) return { kind: 'claimed' };
  const { rows } = await db.query(
    'select request = $3 as same, status, answer from lading.idempotency where tenant = $1 and key = $2',
    [tenant, key, request],
  );
  const [row] = rows;
  if (row === undefined) return { kind: 'running' };
  if (!row.same) return { kind: 'other-request' };
  return row.status === null ? { kind: 'running' } : { kind: 'answered', status: row.status, answer: row.answer };
}

export async function keepAnswer(db: Queryable, tenant: string, key: string, status: number, answer: unknown) {
  await db.query('update lading.idempotency set status = $3, answer = $4 where tenant = $1 and key = $2', [
    tenant,
    key,
    status,
    JSON.stringify(answer),
  ]);
}

export async function releaseKey(db: Queryable, tenant: string, key: string): Promise<void> {
  await db.query('delete from lading.idempotency where tenant = $1 and key = $2 and status is null', [tenant, key]);
}

/** Keys are honoured for a day at least; older ones may go. Returns how many went. */
export async function forgetKeysBefore(db: Queryable, tenant: string, before: Instant): Promise<number> {
  const { rowCount } = await db.query(
    `delete from lading.idempotency where tenant = $1 and created_at < to_timestamp($2::float8 / 1000)`,
    [tenant, before],
  );
  return rowCount ?? 0;
}
