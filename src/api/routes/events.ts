// The feed of canonical events, for subscribers that read at their own pace.

import { Type } from 'typebox';
import { Identifier } from '../../model/text.ts';
import { type EventView, readFeed } from '../../store/read/events.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { cursorOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { EVENT_TYPES, FeedEvent, Query } from '../schemas.ts';

const optional = Type.Optional;
// Ids are given before their transaction ends: what is younger may still have a neighbour that is being written.
const SETTLING_MS = 2_000;

export function eventRoutes(app: ApiApp, { store, now }: ApiHub): void {
  app.get('/v1/events', {
    config: { allows: 'events:read', problems: ['invalid-cursor'] },
    schema: {
      tags: ['Events'],
      operationId: 'readFeed',
      summary: 'The feed: every canonical event, in the order of record',
      description:
        'Keep `next` and give it as `after`; it is there also when nothing new came. An event appears some two seconds after it was recorded.',
      querystring: Query({
        limit: PageQuery.limit,
        after: optional(Type.String({ maxLength: 1_000, description: '`next` of the reading before' })),
        type: optional(Type.Enum(EVENT_TYPES)),
        shipment: optional(Identifier),
      }),
      response: {
        200: Type.Object({
          items: Type.Array(FeedEvent),
          next: optional(Type.String()),
          more: Type.Boolean({ description: 'More can be read at once' }),
        }),
      },
    },
    async handler(request) {
      const { after, ...filter } = request.query;
      const page = pageRequest('events', { limit: filter.limit, cursor: after }, 1);
      const rows = await readFeed(store, store.tenant, filter, page, now() - SETTLING_MS);
      const place = ({ id }: EventView) => [id];
      const { items, next } = pageFrom('events', page.limit, rows, (row) => row, place);
      const last = items.at(-1);
      return { items, next: last === undefined ? after : cursorOf('events', place(last)), more: next !== undefined };
    },
  });
}
