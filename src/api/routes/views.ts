// Views of lists: filters and order under a name. Everybody's are their own, and nobody sees another's.

import { Type } from 'typebox';
import { Identifier, InstantText } from '../../model/text.ts';
import { MOST_VIEWS, putView, removeView, viewsOf } from '../../store/saved-views.ts';
import { type ApiApp, callerOf, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';

const tags = ['Views'];
const allows = 'session:own' as const;
const ListName = Type.String({ pattern: '^[a-z][a-z-]{0,49}$', examples: ['shipments'] });
const ViewName = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000-\\u001f\\u007f]+$' });
const ViewQuery = Type.Record(Identifier, Type.String({ maxLength: 500 }), {
  maxProperties: 40,
  description: 'The parameters of the list, as text',
});
const View = Type.Object(
  { list: ListName, name: ViewName, query: ViewQuery, changedAt: InstantText },
  { title: 'View', description: 'What somebody keeps of a list' },
);

export function viewRoutes(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/views', {
    config: { allows },
    schema: {
      tags,
      operationId: 'listViews',
      summary: 'Your own views, by list and name',
      querystring: Query({ list: Type.Optional(ListName) }),
      response: { 200: Type.Object({ items: Type.Array(View) }) },
    },
    handler: async (request) => ({
      items: await viewsOf(store, store.tenant, ownerOf(request), request.query.list),
    }),
  });

  const params = Type.Object({ list: ListName, name: ViewName });
  app.put('/v1/views/:list/:name', {
    config: { allows },
    schema: {
      tags,
      operationId: 'keepView',
      summary: 'Keep a view under a name, instead of what had that name',
      params,
      body: Query({ query: ViewQuery }),
      response: { 200: Type.Object({ list: ListName, name: ViewName }) },
    },
    async handler(request) {
      const { list, name } = request.params;
      const isKept = await putView(store, store.tenant, ownerOf(request), { list, name, query: request.body.query });
      if (!isKept) {
        throw new ApiProblem('invalid-request', `you have ${MOST_VIEWS} views of ${list}: remove one first`);
      }
      return { list, name };
    },
  });

  app.delete('/v1/views/:list/:name', {
    config: { allows, problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'removeView',
      summary: 'Remove one of your views',
      params,
      response: { 204: Type.Null() },
    },
    async handler(request, reply) {
      const isGone = await removeView(store, store.tenant, ownerOf(request), request.params);
      foundOr404(isGone || undefined, `you have no view ${request.params.name} of ${request.params.list}`);
      return reply.code(204).send();
    },
  });
}

function ownerOf(request: Parameters<typeof callerOf>[0]): string {
  const { user, keyId } = callerOf(request);
  return user === undefined ? `key:${keyId}` : user;
}
