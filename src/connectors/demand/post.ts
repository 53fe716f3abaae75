// A message posted to a TMS or carrier, and what became of it.
//
// Every message has a permanent id, which a receiver that follows Standard Webhooks knows again, as one of X12 knows the
// interchange's number. So after a lost answer the same bytes are sent again under the same id.
import { createHmac } from 'node:crypto';
import { request } from 'undici';

export type Posting = {
  readonly url: string;
  /** Permanent; never an attempt or a time. */
  readonly id: string;
  readonly mediaType: string;
  readonly body: Uint8Array;
  /** `whsec_` and base64; none: not signed. */
  readonly secret?: string;
};

/** `taken`: they have it. `refused`: they will not, whatever we do. Else it is worth another try, or not known. */
export type Posted =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'retry' | 'unknown'; readonly reason: string; readonly afterMs?: number };

const ANSWER_MS = 15_000;
const NOT_ASKED = /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT)/;

export async function post(posting: Posting, now: () => number): Promise<Posted> {
  const { url, id, body, mediaType, secret } = posting;
  const timestamp = String(Math.floor(now() / 1_000));
  const headers: Record<string, string> = {
    'content-type': mediaType,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'idempotency-key': id,
  };
  if (secret !== undefined) headers['webhook-signature'] = signature(secret, id, timestamp, body);
  try {
    const answer = await request(url, {
      method: 'POST',
      headers,
      body: Buffer.from(body),
      headersTimeout: ANSWER_MS,
      bodyTimeout: ANSWER_MS,
      signal: AbortSignal.timeout(2 * ANSWER_MS),
    });
    await answer.body.dump({ limit: 64 * 1024, signal: AbortSignal.timeout(ANSWER_MS) });
    return judged(answer.statusCode, answer.headers['retry-after']);
  } catch (error) {
    const { code, name } = error as { code?: string; name?: string };
    const label = code ?? name ?? 'unknown error';
    const outcome = NOT_ASKED.test(label) ? 'retry' : 'unknown';
    return { outcome, reason: `no answer (${label})` };
  }
}

/** Standard Webhooks, "Symmetric": HMAC-SHA256 over `id.timestamp.body`. */
export function signature(secret: string, id: string, timestamp: string, body: Uint8Array): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
  return `v1,${hmac.digest('base64')}`;
}

// 408, 425 and 429 ask for another time; every other 4xx is about the message itself.
function judged(status: number, retryAfter: string | string[] | undefined): Posted {
  if (status >= 200 && status < 300) return { outcome: 'taken' };
  const seconds = Number([retryAfter].flat()[0]);
  const wait = Number.isFinite(seconds) && seconds >= 0 ? { afterMs: seconds * 1_000 } : {};
  const reason = `HTTP ${status}`;
  if (status === 408 || status === 425 || status === 429 || status >= 500 || status < 400) {
    return { outcome: 'retry', reason, ...wait };
  }
  return { outcome: 'refused', reason };
}
