// Is what was pushed to us really theirs? Standard Webhooks: HMAC-SHA256 over id, time and body, by a secret that both know.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Instant, MINUTE_MS } from '../model/time.ts';

/** How far the sender's clock may be from ours; what is older may be somebody's recording. */
const TOLERANCE_MS = 5 * MINUTE_MS;

export type SignedHeaders = Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', unknown>>;

/** Of several signatures one must be right: so a secret can be replaced. */
export function isSignedBy(
  secret: string | Uint8Array,
  raw: Uint8Array,
  headers: SignedHeaders,
  now: Instant,
): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures } = headers;
  if (typeof id !== 'string' || typeof seconds !== 'string' || typeof signatures !== 'string') return false;
  if (!/^\d{1,12}$/.test(seconds) || Math.abs(Number(seconds) * 1000 - now) > TOLERANCE_MS) return false;
  const right = createHmac('sha256', secret).update(`${id}.${seconds}.`).update(raw).digest();
  return signatures.split(' ').some((each) => {
    const given = Buffer.from(each.replace(/^v1,/, ''), 'base64');
    return each.startsWith('v1,') && given.length === right.length && timingSafeEqual(given, right);
  });
}
