// Effects: what should happen outside, and how far it has come.

import { Type } from 'typebox';
import { Identifier } from '../../model/text.ts';
import { EFFECT_STATES, listEffects } from '../../store/read/effects.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { Effect, Query } from '../schemas.ts';

const optional = Type.Optional;

export function effectRoutes(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/effects', {
    config: { allows: 'effects:read', problems: ['invalid-cursor'] },
    schema: {
      tags: ['Effects'],
      operationId: 'listEffects',
      summary: 'Effects, by key',
      querystring: Query({
        ...PageQuery,
        system: optional(Identifier),
        state: optional(Type.Enum(EFFECT_STATES)),
        kind: optional(Identifier),
        subject: optional(Identifier),
      }),
      response: { 200: PageOf(Effect) },
    },
    async handler(request) {
      const page = pageRequest('effects', request.query, 1);
      const rows = await listEffects(store, store.tenant, request.query, page);
      return pageFrom(
        'effects',
        page.limit,
        rows,
        (row) => row,
        ({ key }) => [key],
      );
    },
  });
}
