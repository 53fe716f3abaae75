// Links that show one shipment to whoever has them: made by its customer or by us, for a number of days.
//
// The token is 256 random bits, so that it cannot be guessed; only its SHA-256 is kept, so that nobody reads it out of the
// database. It ends by the clock on the wall, or when somebody takes it back.
import { randomBytes } from 'node:crypto';
import { DAY_MS, type Instant } from '../model/time.ts';
import { recordAct } from '../store/audit-trail.ts';
import type { Store } from '../store/database.ts';
import { insertLink, linkByHash, revokeLink } from '../store/tracking-links.ts';
import { hashSecret } from './key.ts';

export const MOST_DAYS = 90;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export type MadeLink = { readonly id: string; readonly token: string; readonly expiresAt: Instant };

/** `undefined`: the shipment has as many links as it may have. */
export async function makeLink(
  store: Store,
  { shipment, days, by }: { shipment: string; days: number; by: string },
  now: Instant,
): Promise<MadeLink | undefined> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = now + days * DAY_MS;
  return store.transaction(async (client) => {
    const id = await insertLink(client, store.tenant, { shipment, hash: hashSecret(token), by, now, expiresAt });
    if (id === undefined) return undefined;
    const detail = { link: id, days };
    await recordAct(client, store.tenant, { actor: by, action: 'tracking.share', subject: shipment, detail }, now);
    return { id, token, expiresAt };
  });
}

/** False where there is none in force. */
export async function endLink(
  store: Store,
  { shipment, id, by }: { shipment: string; id: string; by: string },
  now: Instant,
): Promise<boolean> {
  return store.transaction(async (client) => {
    if (!(await revokeLink(client, store.tenant, { shipment, id }, now))) return false;
    const detail = { link: id };
    await recordAct(client, store.tenant, { actor: by, action: 'tracking.revoke', subject: shipment, detail }, now);
    return true;
  });
}

export type OpenedLink =
  | { readonly kind: 'open'; readonly shipment: string; readonly expiresAt: string }
  /** It was one, and has ended. */
  | { readonly kind: 'over' }
  | { readonly kind: 'unknown' };

export async function openLink(store: Store, token: string, now: Instant): Promise<OpenedLink> {
  const link = TOKEN.test(token) ? await linkByHash(store, store.tenant, hashSecret(token), now) : undefined;
  if (link === undefined) return { kind: 'unknown' };
  if (link.isOver) return { kind: 'over' };
  return { kind: 'open', shipment: link.shipment, expiresAt: link.expiresAt };
}
