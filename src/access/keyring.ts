// The keys of one tenant: making, checking, revoking, and the first one.

import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../model/time.ts';
import { findKey, insertKey, type KeyRow, listKeys, revokeKey, touchKey } from '../store/api-keys.ts';
import { recordAct } from '../store/audit-trail.ts';
import type { Store } from '../store/database.ts';
import { type ApiKey, formatApiKey, hashSecret, newApiKey, type Principal, parseApiKey, secretFits } from './key.ts';
import { isBound, isRole, type Role } from './roles.ts';

export type WantedKey = {
  readonly name: string;
  readonly role: Role;
  /** Needed for `partner` and `customer`, and for no other role. */
  readonly partner?: string;
  readonly expiresAt?: Instant;
};

/** What is wrong with a wish for a key, in one sentence; `undefined` when it can be made. */
export function keyFault({ role, partner }: WantedKey): string | undefined {
  if (isBound(role) && partner === undefined) return `role ${role} needs the partner that the key stands for`;
  if (!isBound(role) && partner !== undefined) return `role ${role} stands for no partner: leave it out`;
  return undefined;
}

/** The key as text, which is nowhere to be had again. `wanted` has no `keyFault`. */
export async function addKey(store: Store, wanted: WantedKey, actor: string, now: Instant, key: ApiKey = newApiKey()) {
  const { name, role, partner, expiresAt } = wanted;
  await store.transaction(async (client) => {
    const row = { id: key.id, hash: hashSecret(key.secret), name, role, partner, createdAt: now, expiresAt };
    await insertKey(client, store.tenant, row);
    const detail = { name, role, ...(partner === undefined ? {} : { partner }) };
    await recordAct(client, store.tenant, { actor, action: 'key.add', subject: key.id, detail }, now);
  });
  return { id: key.id, key: formatApiKey(key) };
}

/** False when there is no such key in force. */
export async function removeKey(store: Store, id: string, actor: string, now: Instant): Promise<boolean> {
  return store.transaction(async (client) => {
    const revoked = await revokeKey(client, store.tenant, id, now);
    if (revoked) await recordAct(client, store.tenant, { actor, action: 'key.revoke', subject: id }, now);
    return revoked;
  });
}

export function keysOf(store: Store): Promise<KeyRow[]> {
  return listKeys(store, store.tenant);
}

/** Whom the key stands for; `undefined` when it is unknown, wrong, expired or revoked: which of these is not said. */
export async function principalOf(store: Store, key: ApiKey, now: Instant): Promise<Principal | undefined> {
  const row = await findKey(store, store.tenant, key.id);
  if (!secretFits(key.secret, row?.hash) || row === undefined) return undefined;
  if (row.revokedAt !== undefined || (row.expiresAt !== undefined && row.expiresAt <= now)) return undefined;
  if (!isRole(row.role)) return undefined;
  if ((row.lastUsedAt ?? 0) < now - 60_000) await touchKey(store, store.tenant, key.id, now);
  return { keyId: row.id, name: row.name, role: row.role, partner: row.partner };
}

const KEY_FILE = 'admin.key';

/** Where local commands find the key of the first start. */
export function keyFileIn(dataDir: string): string {
  return join(dataDir, KEY_FILE);
}

/** The key that local commands use; `undefined` when there is none here. */
export async function readKeyFile(dataDir: string): Promise<string | undefined> {
  try {
    const text = (await readFile(keyFileIn(dataDir), 'utf8')).trim();
    return parseApiKey(text) === undefined ? undefined : text;
  } catch {
    return undefined;
  }
}

/**
 * Gives a database without any key in force its admin key, which is kept in the data folder (mode 0600), and returns it to
 * be shown once. One data folder may serve several databases (`up` and `demo`): they share the key of its file.
 */
export async function ensureFirstKey(store: Store, dataDir: string, now: Instant): Promise<string | undefined> {
  const text = await readKeyFile(dataDir);
  const kept = text === undefined ? undefined : parseApiKey(text);
  if (kept !== undefined && (await principalOf(store, kept, now)) !== undefined) return undefined;
  const keys = await keysOf(store);
  if (keys.some(({ revokedAt }) => revokedAt === undefined)) return undefined;
  // A key that was revoked here stays so: its id is taken.
  const reusable = keys.some(({ id }) => id === kept?.id) ? undefined : kept;
  const key = reusable ?? newApiKey();
  // The file first: killed between the two, the next start finds a key to enter, and not one that nobody knows.
  if (reusable === undefined) await writeKeyFile(dataDir, formatApiKey(key));
  await addKey(store, { name: 'first start', role: 'admin' }, 'first start', now, key);
  return formatApiKey(key);
}

async function writeKeyFile(dataDir: string, key: string): Promise<void> {
  const file = keyFileIn(dataDir);
  await mkdir(dataDir, { recursive: true });
  await writeFile(`${file}.new`, `${key}\n`, { mode: 0o600 });
  await chmod(`${file}.new`, 0o600); // the mode above counts only for a new file
  await rename(`${file}.new`, file);
}
