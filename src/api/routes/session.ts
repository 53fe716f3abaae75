// Signing in and out, and who one is: what the console asks first.

import { Type } from 'typebox';
import { signIn, signOut } from '../../access/accounts.ts';
import type { Attempts } from '../../access/attempts.ts';
import { may, ROLES, ROUTE_CLASSES, type RouteClass } from '../../access/roles.ts';
import { formatInstant } from '../../model/time.ts';
import { type ApiApp, callerOf } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';
import { dropSessionCookie, isOurOwn, setSessionCookie } from '../session-cookie.ts';

const tags = ['Access'];
const optional = Type.Optional;

export const SessionView = Type.Object(
  {
    name: Type.String({ description: 'Of the person, or of the key' }),
    user: optional(Type.String({ description: 'What one signed in with; a key has none' })),
    role: Type.Enum(ROLES),
    partner: optional(Type.String({ description: 'The one partner whose own this role sees' })),
    may: Type.Array(Type.Enum(Object.keys(ROUTE_CLASSES) as RouteClass[]), { description: 'What this role may do' }),
  },
  { title: 'Session', description: 'Who asks, and what they may' },
);

export function sessionRoutes(app: ApiApp, { store }: ApiHub, attempts: Attempts): void {
  app.post('/v1/session', {
    config: { allows: 'everybody', problems: ['sign-in-refused', 'forbidden', 'rate-limited'] },
    schema: {
      tags,
      operationId: 'signIn',
      summary: 'Sign in with user name and password; the answer sets the session cookie',
      body: Query({ name: Type.String({ maxLength: 200 }), password: Type.String({ maxLength: 2_000 }) }),
      response: { 200: Type.Object({ expiresAt: Type.String() }) },
    },
    async handler(request, reply) {
      if (!isOurOwn(request)) throw new ApiProblem('forbidden', 'another site may not sign anybody in');
      const now = Date.now();
      const wait = attempts.waitSeconds(request.ip, undefined, now);
      if (wait > 0) throw tooMany(`too many failed attempts: wait ${wait} s`, wait);
      const { name, password } = request.body;
      const outcome = await signIn(store, { name: name.trim().toLowerCase(), password }, now);
      if (outcome.kind === 'signed-in') {
        setSessionCookie(request, reply, outcome.token, outcome.expiresAt);
        return { expiresAt: formatInstant(outcome.expiresAt) };
      }
      attempts.failed(request.ip, now);
      if (outcome.kind === 'refused') throw new ApiProblem('sign-in-refused', 'the name or the password is not right');
      const seconds = Math.ceil((outcome.until - now) / 1000);
      throw tooMany(`locked after too many wrong passwords: try again in ${Math.ceil(seconds / 60)} min`, seconds);
    },
  });

  app.get('/v1/session', {
    config: { allows: 'everybody', asksWho: true },
    schema: {
      tags,
      operationId: 'readSession',
      summary: 'Who asks, and what they may; 204 where nobody is signed in',
      response: { 200: SessionView, 204: Type.Null() },
    },
    async handler(request, reply) {
      if (request.principal === undefined) return reply.code(204).send();
      const { name, user, role, partner } = request.principal;
      const rights = (Object.keys(ROUTE_CLASSES) as RouteClass[]).filter((right) => may(role, right));
      return { name, user, role, partner, may: rights };
    },
  });

  app.delete('/v1/session', {
    config: { allows: 'session:own' },
    schema: {
      tags,
      operationId: 'signOut',
      summary: 'Sign out: the session ends',
      response: { 204: Type.Null() },
    },
    async handler(request, reply) {
      const { keyId, user } = callerOf(request);
      if (user !== undefined) await signOut(store, keyId);
      dropSessionCookie(request, reply);
      return reply.code(204).send();
    },
  });
}

function tooMany(detail: string, retryAfterSeconds: number): ApiProblem {
  return new ApiProblem('rate-limited', detail, { retryAfterSeconds });
}
