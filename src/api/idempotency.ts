// Idempotency-Key on writes (IETF draft): the same key and request get the first answer again, and nothing is done twice.
//
// The key is claimed before the work and the answer kept after it. A claim whose process died is free again after a
// minute; a fault of ours is not kept, so that trying again can succeed.

import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../model/time.ts';
import type { Store } from '../store/database.ts';
import { claimKey, forgetKeysBefore, keepAnswer, releaseKey } from '../store/idempotency.ts';
import { type ApiApp, callerOf } from './app.ts';
import { ApiProblem, PROBLEM_MEDIA_TYPE } from './problems.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;
const CLAIM_MS = 60_000;
const KEPT_MS = 48 * 3_600_000;

export function honourIdempotencyKeys(app: ApiApp, { store, now }: { store: Store; now: () => Instant }): void {
  const claims = new WeakMap<FastifyRequest, string>();
  const forget = () => void forgetKeysBefore(store, store.tenant, now() - KEPT_MS).catch(() => {});
  const forgetting = setInterval(forget, KEPT_MS / 24).unref();
  app.addHook('onClose', async () => clearInterval(forgetting));

  app.addHook('preHandler', async (request, reply) => {
    const header = request.headers['idempotency-key'];
    if (header === undefined || request.principal === undefined || request.method === 'GET') return;
    const key = storedKey(request, header);
    const claim = await claimKey(store, store.tenant, key, fingerprintOf(request), now(), CLAIM_MS);
    if (claim.kind === 'claimed') {
      claims.set(request, key);
      return;
    }
    if (claim.kind === 'running') {
      const detail = 'Idempotency-Key: the first request with it is still running: ask again shortly';
      throw new ApiProblem('idempotency-conflict', detail, { retryAfterSeconds: 1 });
    }
    if (claim.kind === 'other-request') {
      throw new ApiProblem('idempotency-mismatch', 'Idempotency-Key: it came with another request: use a new key');
    }
    return reply
      .header('idempotency-replayed', 'true')
      .code(claim.status)
      .type(claim.status >= 400 ? PROBLEM_MEDIA_TYPE : 'application/json; charset=utf-8')
      .send(JSON.stringify(claim.answer));
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const key = claims.get(request);
    if (key === undefined) return payload;
    claims.delete(request);
    if (reply.statusCode >= 500 || typeof payload !== 'string') await releaseKey(store, store.tenant, key);
    else await keepAnswer(store, store.tenant, key, reply.statusCode, keptAnswer(reply, payload));
    return payload;
  });
}

// Keys of two callers never meet.
function storedKey(request: FastifyRequest, header: string | string[]): string {
  if (typeof header !== 'string' || !KEY.test(header)) {
    throw new ApiProblem('invalid-request', 'Idempotency-Key: give 1 to 255 visible ASCII characters, such as a UUID');
  }
  return `${callerOf(request).keyId}:${header}`;
}

function fingerprintOf({ method, url, body }: FastifyRequest): Buffer {
  const content = Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null);
  return createHash('sha256').update(`${method} ${url}\n`).update(content).digest();
}

function keptAnswer(reply: FastifyReply, payload: string): unknown {
  const answer = JSON.parse(payload);
  for (const name of reply.request.routeOptions.config.shownOnce ?? []) delete answer[name];
  return answer;
}
