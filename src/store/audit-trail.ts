// Who did what, in a chain: each entry's hash covers the entry and the hash before it.
//
// A changed, removed or inserted entry breaks the chain at its place. Entries cut off at the end leave no trace inside
// the chain; whoever must exclude that notes the last hash outside from time to time (`verifyAudit` gives it).

import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Instant } from '../model/time.ts';
import { type AuditEntry, appendAuditEntry, auditEntries, lastAuditHash } from './audit-entries.ts';
import type { Queryable } from './database.ts';

export type Act = {
  /** A key's id and name, or who stood at the command line. */
  readonly actor: string;
  /** What was done: `key.add`, `setup.import`, `exception.approve`, `replay`. */
  readonly action: string;
  readonly subject?: string;
  /** Plain JSON; never a secret. */
  readonly detail?: unknown;
};

/** Writes in the caller's transaction, so that the act and its entry are kept together or not at all. */
export async function recordAct(client: ClientBase, tenant: string, act: Act, at: Instant): Promise<void> {
  const previous = await lastAuditHash(client, tenant);
  const entry = { at, actor: act.actor, action: act.action, subject: act.subject, detail: act.detail, previous };
  await appendAuditEntry(client, tenant, { ...entry, hash: hashOf(entry) });
}

export type AuditVerdict = {
  readonly entries: number;
  /** Of the last entry: note it outside, and a trail cut short is found too. */
  readonly lastHash?: string;
  /** The first entry that is not what was written. */
  readonly brokenAt?: { readonly id: string; readonly reason: string };
};

const PAGE = 1_000;

/** Walks the whole chain, page by page. */
export async function verifyAudit(db: Queryable, tenant: string): Promise<AuditVerdict> {
  let previous: Uint8Array | undefined;
  let entries = 0;
  let after = '0';
  for (;;) {
    const page = await auditEntries(db, tenant, after, PAGE);
    for (const entry of page) {
      const reason = faultOf(entry, previous);
      if (reason !== undefined) return { entries, brokenAt: { id: entry.id, reason } };
      previous = entry.hash;
      after = entry.id;
      entries += 1;
    }
    if (page.length < PAGE) break;
  }
  return { entries, ...(previous === undefined ? {} : { lastHash: hex(previous) }) };
}

function faultOf(entry: AuditEntry, previous: Uint8Array | undefined): string | undefined {
  if (hex(entry.previous) !== hex(previous)) return 'the entry before it was changed, removed or added';
  if (hex(entry.hash) !== hex(hashOf(entry))) return 'its content is not what was written';
  return undefined;
}

type Hashed = Pick<AuditEntry, 'at' | 'actor' | 'action' | 'subject' | 'detail' | 'previous'>;

function hashOf({ at, actor, action, subject, detail, previous }: Hashed): Buffer {
  const content = canonicalJson([at, actor, action, subject ?? null, detail ?? null]);
  return createHash('sha256')
    .update(previous ?? '')
    .update(content)
    .digest();
}

/** One text for one value, whatever the order of its keys: jsonb keeps no order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
