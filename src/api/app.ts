// What every route file gets: the typed Fastify instance, what it may ask of the hub, and who is asking.

import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyTypeProvider,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { Principal } from '../access/key.ts';
import type { RouteClass } from '../access/roles.ts';
import { ApiProblem, type ProblemKind } from './problems.ts';

/** A route's schemas are the types of what it reads. That it answers as described is what the tests check. */
export interface SchemaTypes extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
  serializer: unknown;
}

export type ApiApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  SchemaTypes
>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may: a class of the table in access/roles.ts, or nobody need prove anything. */
    allows?: RouteClass | 'everybody';
    /** Open, and all the same says who asks: a credential that is sent along is looked at. */
    asksWho?: boolean;
    /** Problems of this route, beyond those that every route may answer. */
    problems?: readonly ProblemKind[];
    /** What the body is, by media type, where it is read as bytes and not checked as JSON. */
    bytes?: Readonly<Record<string, TSchema>>;
    /** Keys of the answer that are shown once and not kept for a repeated Idempotency-Key. */
    shownOnce?: readonly string[];
  }
  interface FastifyRequest {
    principal?: Principal;
  }
}

/** Who asks. Only for routes that need a credential. */
export function callerOf(request: { principal?: Principal }): Principal {
  if (request.principal === undefined) throw new Error('a route without access control asked who is there');
  return request.principal;
}

/** The one partner a bound key may see; `undefined`: all. */
export function boundTo(request: { principal?: Principal }): string | undefined {
  return callerOf(request).partner;
}

/** As written into the audit trail. */
export function actorOf(request: { principal?: Principal }): string {
  const { keyId, name, user } = callerOf(request);
  return user === undefined ? `key ${keyId} (${name})` : `user ${user}`;
}

/** The value, or the answer 404 that says what is not there. */
export function foundOr404<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new ApiProblem('not-found', what);
  return value;
}
