// The rows of the audit trail. What is in the hash, and why, says audit-trail.ts.

import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';
import { withoutNulls } from './reading.ts';

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
