// Reading the ERP: how far it is, and the ERP's own word that something changed there.

import { createHash, timingSafeEqual } from 'node:crypto';
import { Type } from 'typebox';
import { InstantText } from '../../model/text.ts';
import { formatInstant, type Instant } from '../../model/time.ts';
import { ERP_SYSTEM } from '../../pipeline/context.ts';
import { type PullProgress, pullProgress } from '../../store/pull-cursors.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';

const optional = Type.Optional;
const tags = ['Reading the ERP'];
const PullView = Type.Object(
  {
    watch: Type.String({ description: '`gone:` and a model: the search for deleted records' }),
    read: Type.Integer({ description: 'Records looked at by the first load' }),
    total: optional(Type.Integer({ description: 'How many there were when the first load began' })),
    loadedAt: optional(InstantText),
    lastReadAt: optional(InstantText),
    nextAt: InstantText,
    failures: Type.Integer({ description: 'Tries in a row that failed' }),
    lastError: optional(Type.String()),
  },
  { title: 'Pull' },
);
const Hint = Type.Object({ _model: Type.String({ maxLength: 200 }), _id: optional(Type.Integer()) });

export function pullRoutes(app: ApiApp, hub: ApiHub): void {
  app.get('/v1/pulls', {
    config: { allows: 'effects:read' },
    schema: {
      tags,
      operationId: 'listPulls',
      summary: 'What is read from the ERP, and how far each first load is',
      response: { 200: Type.Object({ items: Type.Array(PullView) }) },
    },
    handler: async () => ({ items: (await pullProgress(hub.store, hub.store.tenant, ERP_SYSTEM)).map(viewOf) }),
  });

  app.post('/v1/hooks/odoo/:token', {
    config: { allows: 'everybody', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'hintFromOdoo',
      summary: 'Odoo tells that a record changed: its model is read at once, and again a little later',
      description:
        'For the automation rules that `lading connect odoo --create --hook-url` makes: they cannot sign and cannot send a header, so the token in ' +
        'the address is LADING_HOOK_TOKEN. What the body says of the record is not used; what changed is asked of Odoo itself.',
      params: Type.Object({ token: Type.String({ maxLength: 1_000 }) }),
      body: Hint,
      response: { 202: Type.Object({ looked: Type.Boolean({ description: 'False: nothing of that model is read' }) }) },
    },
    async handler(request, reply) {
      if (!isSame(request.params.token, hub.hookToken)) throw new ApiProblem('not-found', 'there is no such hook');
      const looked = await hub.changedInErp(request.body._model);
      if (looked) hub.nudge();
      return reply.code(202).send({ looked });
    },
  });
}

function isSame(given: string, token: string | undefined): boolean {
  if (token === undefined) return false;
  const [one, other] = [given, token].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(one as Buffer, other as Buffer);
}

function viewOf({ readCount, total, loadedAt, lastReadAt, nextAt, lastError, ...row }: PullProgress) {
  const at = (name: string, instant: Instant | null) => (instant === null ? {} : { [name]: formatInstant(instant) });
  return {
    ...row,
    read: readCount,
    ...(total === null ? {} : { total }),
    ...at('loadedAt', loadedAt),
    ...at('lastReadAt', lastReadAt),
    nextAt: formatInstant(nextAt),
    ...(lastError === null ? {} : { lastError }),
  };
}
