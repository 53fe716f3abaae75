// The rows of API keys: whom a key stands for, and the hash of its secret. The secret itself is never here.

import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';
import { withoutNulls } from './reading.ts';

export type KeyRow = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly partner?: string;
  readonly createdAt: Instant;
  readonly expiresAt?: Instant;
  readonly revokedAt?: Instant;
  readonly lastUsedAt?: Instant;
};
export type NewKeyRow = Pick<KeyRow, 'id' | 'name' | 'role' | 'partner' | 'createdAt' | 'expiresAt'> & {
  readonly hash: Uint8Array;
};

const COLUMNS = `id, name, role, partner, created_at as "createdAt", expires_at as "expiresAt",
  revoked_at as "revokedAt", last_used_at as "lastUsedAt"`;

export async function insertKey(db: Queryable, tenant: string, key: NewKeyRow): Promise<void> {
  const { id, hash, name, role, partner, createdAt, expiresAt } = key;
  await db.query(
    `insert into lading.api_key (tenant, id, hash, name, role, partner, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7::double precision / 1000), to_timestamp($8::double precision / 1000))`,
    [tenant, id, hash, name, role, partner, createdAt, expiresAt],
  );
}

/** Also one that is expired or revoked: the caller judges. */
export async function findKey(
  db: Queryable,
  tenant: string,
  id: string,
): Promise<(KeyRow & { readonly hash: Uint8Array }) | undefined> {
  const { rows } = await db.query(`select ${COLUMNS}, hash from lading.api_key where tenant = $1 and id = $2`, [
    tenant,
    id,
  ]);
  return rows[0] === undefined ? undefined : withoutNulls(rows[0]);
}

/** The newest first. */
export async function listKeys(db: Queryable, tenant: string, limit = 1_000): Promise<KeyRow[]> {
  const { rows } = await db.query(
    `select ${COLUMNS} from lading.api_key where tenant = $1 order by created_at desc, id limit $2`,
    [tenant, limit],
  );
  return rows.map(withoutNulls<KeyRow>);
}

/** False when no such key was in force. */
export async function revokeKey(db: Queryable, tenant: string, id: string, at: Instant): Promise<boolean> {
  const { rowCount } = await db.query(
    `update lading.api_key set revoked_at = to_timestamp($3::double precision / 1000)
      where tenant = $1 and id = $2 and revoked_at is null`,
    [tenant, id, at],
  );
  return rowCount === 1;
}

// Once a minute is enough to see which keys are in use, and spares a write for every request.
export async function touchKey(db: Queryable, tenant: string, id: string, at: Instant): Promise<void> {
  await db.query(
    `update lading.api_key set last_used_at = to_timestamp($3::double precision / 1000)
      where tenant = $1 and id = $2
        and (last_used_at is null or last_used_at < to_timestamp($3::double precision / 1000) - interval '1 minute')`,
    [tenant, id, at],
  );
}
