// Shipments on which delivery and money disagree.

import { Type } from 'typebox';
import { OpenLists } from '../../model/open-lists.ts';
import { takeLists } from '../../pipeline/lists.ts';
import { keptLists } from '../../store/open-lists.ts';
import { type ApiApp, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { Query } from '../schemas.ts';

export function listRoutes(app: ApiApp, { context, store }: ApiHub): void {
  app.get('/v1/lists', {
    config: { allows: 'outcome:read', problems: ['not-found'] },
    schema: {
      tags: ['Lists'],
      operationId: 'getLists',
      summary: 'Delivered and unbilled, billed and undelivered, cost without revenue, missed revenue',
      description: 'As they are now; `taken=last`: as the nightly job took them last (`jobs.json`).',
      querystring: Query({ taken: Type.Optional(Type.Enum(['now', 'last'])) }),
      response: { 200: OpenLists },
    },
    async handler(request) {
      if (request.query.taken === 'last') {
        return foundOr404(
          await keptLists(store, store.tenant),
          'no lists were taken yet; jobs.json says when they are',
        );
      }
      return takeLists(store, store.tenant, await context.rules.current(store), context.clock.now());
    },
  });
}
