// API keys, and the audit trail of who did what.

import { Type } from 'typebox';
import { addKey, keyFault, keysOf, removeKey } from '../../access/keyring.ts';
import { ROLES } from '../../access/roles.ts';
import { FreeText, Identifier, InstantText } from '../../model/text.ts';
import { formatInstant, type Instant, instantOf } from '../../model/time.ts';
import type { KeyRow } from '../../store/api-keys.ts';
import { findAuditEntries } from '../../store/audit-entries.ts';
import { verifyAudit } from '../../store/audit-trail.ts';
import { type ApiApp, actorOf } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { KeyView, Query } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Access'];

export function keyRoutes(app: ApiApp, { store, now }: ApiHub): void {
  app.get('/v1/keys', {
    config: { allows: 'keys:write' },
    schema: {
      tags,
      operationId: 'listKeys',
      summary: 'Keys, the newest first; never their secrets',
      response: { 200: Type.Object({ items: Type.Array(KeyView) }) },
    },
    async handler() {
      return { items: (await keysOf(store)).map(viewOf) };
    },
  });

  app.post('/v1/keys', {
    config: { allows: 'keys:write', shownOnce: ['key'] },
    schema: {
      tags,
      operationId: 'addKey',
      summary: 'Make a key; it is shown in this answer and never again',
      body: Query({
        name: Type.String({ minLength: 1, maxLength: 200, description: 'Who or what uses it' }),
        role: Type.Enum(ROLES),
        partner: optional(Identifier),
        expiresAt: optional(InstantText),
      }),
      response: { 201: Type.Object({ id: Type.String(), key: optional(Type.String()) }) },
    },
    async handler(request, reply) {
      const { expiresAt, ...wanted } = request.body;
      const fault = keyFault(wanted);
      if (fault !== undefined) throw new ApiProblem('invalid-request', fault);
      const key = { ...wanted, expiresAt: expiresAt === undefined ? undefined : instantOf(expiresAt) };
      return reply.code(201).send(await addKey(store, key, actorOf(request), now()));
    },
  });

  app.delete('/v1/keys/:id', {
    config: { allows: 'keys:write', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'revokeKey',
      summary: 'Revoke a key, at once and for good',
      params: Type.Object({ id: Identifier }),
      response: { 200: Type.Object({ id: Type.String(), revoked: Type.Boolean() }) },
    },
    async handler(request) {
      const { id } = request.params;
      const revoked = await removeKey(store, id, actorOf(request), now());
      if (!revoked) throw new ApiProblem('not-found', `there is no key ${id} in force`);
      return { id, revoked };
    },
  });

  app.get('/v1/audit', {
    config: { allows: 'audit:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'readAudit',
      summary: 'Who did what, in the order it was done',
      querystring: Query({
        ...PageQuery,
        actor: optional(Type.String({ maxLength: 200, description: 'In the name of who did it' })),
        action: optional(Type.String({ maxLength: 100, description: '`key.add`, or `key` for all about keys' })),
        subject: optional(Identifier),
        search: optional(
          Type.String({ maxLength: 200, description: 'Anywhere in who, what, about what, or the detail' }),
        ),
        from: optional(InstantText),
        to: optional(InstantText),
        newestFirst: optional(Type.Boolean()),
      }),
      response: {
        200: PageOf(
          Type.Object({
            id: Type.String(),
            at: InstantText,
            actor: Type.String(),
            action: Type.String(),
            subject: optional(FreeText),
            detail: optional(Type.Unknown()),
            hash: Type.String(),
          }),
        ),
      },
    },
    async handler(request) {
      const page = pageRequest('audit', request.query, 1);
      const { newestFirst = false, ...filter } = request.query;
      const rows = await findAuditEntries(store, store.tenant, { ...filter, newestFirst }, page);
      return pageFrom(
        'audit',
        page.limit,
        rows,
        ({ previous: _, hash, at, ...row }) => ({
          ...row,
          at: new Date(at).toISOString(),
          hash: Buffer.from(hash).toString('hex'),
        }),
        ({ id }) => [id],
      );
    },
  });

  app.get('/v1/audit/verification', {
    config: { allows: 'audit:read' },
    schema: {
      tags,
      operationId: 'verifyAudit',
      summary: 'Walk the whole chain: is every entry what was written?',
      response: {
        200: Type.Object({
          entries: Type.Integer(),
          lastHash: optional(Type.String({ description: 'Note it outside: then a trail cut short is found too' })),
          brokenAt: optional(Type.Object({ id: Type.String(), reason: Type.String() })),
        }),
      },
    },
    async handler() {
      return verifyAudit(store, store.tenant);
    },
  });
}

function viewOf({ createdAt, expiresAt, revokedAt, lastUsedAt, ...row }: KeyRow) {
  const time = (at: Instant | undefined) => (at === undefined ? undefined : formatInstant(at));
  return {
    ...row,
    createdAt: formatInstant(createdAt),
    expiresAt: time(expiresAt),
    revokedAt: time(revokedAt),
    lastUsedAt: time(lastUsedAt),
  };
}
