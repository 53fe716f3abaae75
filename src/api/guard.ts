// Who may pass: every route names its class, and a request without a fitting key ends here.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOfSession } from '../access/accounts.ts';
import type { Attempts } from '../access/attempts.ts';
import { keyFromHeader, type Principal } from '../access/key.ts';
import { principalOf } from '../access/keyring.ts';
import { may, ROUTE_CLASSES } from '../access/roles.ts';
import type { Instant } from '../model/time.ts';
import type { Store } from '../store/database.ts';
import type { ApiApp } from './app.ts';
import { ApiProblem } from './problems.ts';
import { isOurOwn, sessionTokenOf } from './session-cookie.ts';

type Guard = { readonly store: Store; readonly now: () => Instant; readonly attempts: Attempts };

export function guardRoutes(app: ApiApp, guard: Guard): void {
  // A route that forgot to say who may pass is a bug that must not wait for its first request.
  app.addHook('onRoute', ({ config, url, method }) => {
    if (config?.allows === undefined && !isHead(method)) throw new Error(`${url} does not say who may`);
  });
  app.addHook('onRequest', async (request, reply) => {
    const { allows, asksWho = false } = request.routeOptions.config;
    if (request.is404 || (allows === 'everybody' && !asksWho)) return;
    if (asksWho && !(await isKnownSomehow(guard, request))) return;
    await identify(guard, request, reply);
    if (allows === 'everybody') return;
    const { role = undefined } = request.principal ?? {};
    if (allows === undefined || role === undefined || !may(role, allows)) {
      const act = allows === undefined ? 'do that' : ROUTE_CLASSES[allows];
      throw new ApiProblem(
        'forbidden',
        `${request.principal?.user === undefined ? 'a key' : 'a user'} of role ${role} may not ${act}`,
      );
    }
  });
}

function isHead(method: string | string[]): boolean {
  return method === 'HEAD';
}

const MISSING = 'send "Authorization: Bearer lad_…" with a key that is in force ("lading key add" makes one)';

async function identify({ store, now, attempts }: Guard, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const person = await personOf(store, request, now());
  if (person !== undefined) {
    request.principal = person;
    return;
  }
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const key = keyFromHeader(request.headers.authorization, isRead);
  const retryAfterSeconds = attempts.waitSeconds(request.ip, key?.id, now());
  if (retryAfterSeconds > 0) {
    throw new ApiProblem('rate-limited', `too many failed attempts: wait ${retryAfterSeconds} s`, {
      retryAfterSeconds,
    });
  }
  const principal = key === undefined ? undefined : await principalOf(store, key, now());
  if (principal !== undefined) {
    request.principal = principal;
    attempts.succeeded(principal.keyId, now());
    return;
  }
  attempts.failed(request.ip, now());
  // A browser asks its user only where a page is wanted.
  const wantsPage = isRead && /text\/html/.test(request.headers.accept ?? '');
  reply.header('www-authenticate', wantsPage ? 'Basic realm="Lading: any name, the key as password"' : 'Bearer');
  throw new ApiProblem('unauthenticated', MISSING);
}

// A cookie that is over is as good as none: the page then asks to sign in.
async function isKnownSomehow({ store, now }: Guard, request: FastifyRequest): Promise<boolean> {
  return request.headers.authorization !== undefined || (await personOf(store, request, now())) !== undefined;
}

// A key that is sent along counts, whatever cookie there is.
async function personOf(store: Store, request: FastifyRequest, now: Instant): Promise<Principal | undefined> {
  const token = request.headers.authorization === undefined ? sessionTokenOf(request) : undefined;
  const person = token === undefined ? undefined : await principalOfSession(store, token, now);
  if (person !== undefined && !isOurOwn(request)) {
    throw new ApiProblem('forbidden', 'another site may not act for whoever is signed in here');
  }
  return person;
}
