// Every way the API says no, as problem details (RFC 9457): one catalogue. `docs/api.md` lists exactly these; a test
// holds the two equal.
//
// A type, once published, keeps its meaning. `detail` is for people: what, where, how to mend.

import { Type } from 'typebox';

type ProblemTerms = { readonly status: number; readonly title: string };

export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not as described' },
  'invalid-cursor': { status: 400, title: 'The cursor is not one that this list gave' },
  unauthenticated: { status: 401, title: 'A valid API key is needed' },
  'sign-in-refused': { status: 401, title: 'The name or the password is not right' },
  forbidden: { status: 403, title: 'This key may not do that' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'This address does not know that method' },
  'name-taken': { status: 409, title: 'The name is taken' },
  'idempotency-conflict': { status: 409, title: 'The first request with this Idempotency-Key is still running' },
  'body-too-large': { status: 413, title: 'The body is larger than allowed' },
  'unsupported-media-type': { status: 415, title: 'This address does not read that media type' },
  'idempotency-mismatch': { status: 422, title: 'This Idempotency-Key was used for another request' },
  'setup-refused': { status: 422, title: 'The setup cannot be used; nothing was changed' },
  'not-waiting': { status: 422, title: 'Nothing waits for this approval' },
  'journal-incomplete': { status: 422, title: 'The journal lacks an account or a dimension; nothing was exported' },
  'not-possible': { status: 422, title: 'That cannot be done as things stand' },
  'entry-refused': { status: 422, title: 'This cannot be entered by hand' },
  'own-cause': { status: 422, title: 'Nobody approves what the same person caused' },
  'dispute-settled': { status: 422, title: 'The dispute cannot go that way' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'A fault of ours' },
  unavailable: { status: 503, title: 'Not able to serve now' },
} as const satisfies Record<string, ProblemTerms>;

export type ProblemKind = keyof typeof PROBLEMS;

/** One thing wrong in a request or a setup file. */
export type ProblemPart = { readonly path: string; readonly message: string };

/** Thrown by routes; the error handler turns it into the answer. */
export class ApiProblem extends Error {
  readonly kind: ProblemKind;
  readonly parts: readonly ProblemPart[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: ProblemKind,
    detail: string,
    more: { parts?: readonly ProblemPart[]; retryAfterSeconds?: number } = {},
  ) {
    super(detail);
    this.name = 'ApiProblem';
    this.kind = kind;
    this.parts = more.parts ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export const ProblemDetails = Type.Object(
  {
    type: Type.String({ description: 'Stable: `/problems/` and the kind', examples: ['/problems/not-found'] }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What, where, how to mend' }),
    instance: Type.String({ description: 'The path asked' }),
    correlation: Type.String({ description: 'Finds the request in the logs' }),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  },
  { title: 'Problem', description: 'Problem details (RFC 9457)' },
);

export function problemDetails(problem: ApiProblem, instance: string, correlation: string) {
  const { status, title } = PROBLEMS[problem.kind];
  return {
    type: `/problems/${problem.kind}`,
    title,
    status,
    detail: problem.message,
    instance,
    correlation,
    ...(problem.parts.length > 0 ? { errors: problem.parts } : {}),
  };
}

type ForeignError = { name?: unknown; code?: unknown; statusCode?: unknown; message?: unknown };

/** What Fastify or a library threw, in our words. Anything unknown is a fault of ours and says no more. */
export function problemFrom(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const { name, code, statusCode, message } = (error ?? {}) as ForeignError;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiProblem('body-too-large', 'the body is larger than allowed: send it in parts');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ApiProblem('unsupported-media-type', 'send application/json');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new ApiProblem('invalid-request', 'the body is empty: send JSON');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new ApiProblem('invalid-request', 'the body is not valid JSON');
  }
  // Classes 08 and 57 of PostgreSQL, and the socket's own: the database is away and will be back.
  const isAway =
    name === 'DatabaseProblem' || (typeof code === 'string' && /^(08|57P|53)|^E(CONN|PIPE|TIMEDOUT)/.test(code));
  if (isAway) {
    return new ApiProblem('unavailable', 'the database does not answer: try again shortly', { retryAfterSeconds: 5 });
  }
  // PostgreSQL's 22021 and 22P05: a text that it cannot keep. Only what was asked with can hold one.
  if (code === '22021' || code === '22P05') {
    return new ApiProblem('invalid-request', 'the request has a character that no text here may have, such as U+0000');
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new ApiProblem('invalid-request', String(message));
  }
  return new ApiProblem('internal', 'this request could not be done: the correlation id finds it in the log');
}
