// The rows of the audit trail. What is in the hash, and why, says audit-trail.ts.

import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';
import { type PageRequest, withoutNulls } from './reading.ts';

export type NewAuditEntry = {
  readonly at: Instant;
  readonly actor: string;
  readonly action: string;
  readonly subject?: string;
  readonly detail?: unknown;
  /** Hash of the entry before; undefined for the first. */
  readonly previous?: Uint8Array;
  readonly hash: Uint8Array;
};
export type AuditEntry = NewAuditEntry & { readonly id: string };

// The lock is held until the transaction ends: two writers would otherwise both follow the same entry.
export async function lastAuditHash(db: Queryable, tenant: string): Promise<Uint8Array | undefined> {
  await db.query(`select pg_advisory_xact_lock(hashtextextended('lading audit ' || $1, 0))`, [tenant]);
  const { rows } = await db.query<{ hash: Uint8Array }>(
    'select hash from lading.audit_entry where tenant = $1 order by id desc limit 1',
    [tenant],
  );
  return rows[0]?.hash;
}

export async function appendAuditEntry(db: Queryable, tenant: string, entry: NewAuditEntry): Promise<void> {
  const { at, actor, action, subject, detail, previous, hash } = entry;
  await db.query(
    `insert into lading.audit_entry (tenant, at, actor, action, subject, detail, previous, hash)
     values ($1, to_timestamp($2::double precision / 1000), $3, $4, $5, $6, $7, $8)`,
    [tenant, at, actor, action, subject, detail === undefined ? null : JSON.stringify(detail), previous, hash],
  );
}

/** In the order written, after the entry of this id (`0`: from the first). */
export async function auditEntries(
  db: Queryable,
  tenant: string,
  afterId: string,
  limit: number,
): Promise<AuditEntry[]> {
  const { rows } = await db.query(
    `select id::text, at, actor, action, subject, detail, previous, hash
       from lading.audit_entry where tenant = $1 and id > $2::bigint order by audit_entry.id limit $3`,
    [tenant, afterId, limit],
  );
  return rows.map(withoutNulls<AuditEntry>);
}

export type AuditFilter = {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  /** Anywhere in who, what, about what, or the detail. */
  readonly search?: string;
  readonly from?: string;
  readonly to?: string;
  readonly newestFirst: boolean;
};

/** Those that fit, page by page. */
export async function findAuditEntries(
  db: Queryable,
  tenant: string,
  { actor, action, subject, search, from, to, newestFirst }: AuditFilter,
  { limit, after }: PageRequest,
): Promise<AuditEntry[]> {
  const { rows } = await db.query(
    `select id::text, at, actor, action, subject, detail, previous, hash
       from lading.audit_entry
      where tenant = $1 and ($2::bigint is null or ${newestFirst ? 'id < $2' : 'id > $2'})
        and ($3::text is null or position(lower($3) in lower(actor)) > 0)
        and ($4::text is null or action = $4 or starts_with(action, $4 || '.'))
        and ($5::text is null or subject = $5)
        and ($6::text is null
             or position(lower($6) in lower(concat_ws(' ', actor, action, subject, detail::text))) > 0)
        and ($7::timestamptz is null or at >= $7) and ($8::timestamptz is null or at < $8)
      order by audit_entry.id ${newestFirst ? 'desc' : ''} limit $9`,
    [tenant, after?.[0], actor, action, subject, search, from, to, limit + 1],
  );
  return rows.map(withoutNulls<AuditEntry>);
}
