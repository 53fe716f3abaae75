// What came in: the list, one message with what became of it, and its bytes.

import { Type } from 'typebox';
import { Identifier, InstantText } from '../../model/text.ts';
import { findMessage, listMessages, MESSAGE_VERDICTS, readMessageBody } from '../../store/read-messages.ts';
import { type ApiApp, boundTo, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { Message, MessageDetail, Query, RowId } from '../schemas.ts';

const Params = Type.Object({ id: RowId });
const tags = ['Messages'];
const missing = (id: string) => `there is no message ${id} that this key may see`;

export function messageRoutes(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/messages', {
    config: { allows: 'messages:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listMessages',
      summary: 'Messages received, the newest first',
      querystring: Query({
        ...PageQuery,
        partner: Type.Optional(Identifier),
        kind: Type.Optional(Identifier),
        verdict: Type.Optional(Type.Enum(MESSAGE_VERDICTS)),
        since: Type.Optional(InstantText),
        until: Type.Optional(InstantText),
      }),
      response: { 200: PageOf(Message) },
    },
    async handler(request) {
      const page = pageRequest('messages', request.query, 1);
      const filter = { ...request.query, mine: boundTo(request) };
      const rows = await listMessages(store, store.tenant, filter, page);
      return pageFrom(
        'messages',
        page.limit,
        rows,
        (row) => row,
        ({ id }) => [id],
      );
    },
  });

  app.get('/v1/messages/:id', {
    config: { allows: 'messages:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'getMessage',
      summary: 'One message and what became of it',
      params: Params,
      response: { 200: MessageDetail },
    },
    async handler(request) {
      const { id } = request.params;
      return foundOr404(await findMessage(store, store.tenant, id, boundTo(request)), missing(id));
    },
  });

  app.get('/v1/messages/:id/body', {
    config: { allows: 'messages:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'getMessageBody',
      summary: 'The bytes of a message, as they came',
      params: Params,
      produces: ['application/octet-stream'],
      response: { 200: Type.Unknown({ description: 'The bytes' }) },
    },
    async handler(request, reply) {
      const { id } = request.params;
      const found = foundOr404(await readMessageBody(store, store.tenant, id, boundTo(request)), missing(id));
      // Never as what it says it is: a page that a partner sent must not run in a browser that is logged in here.
      return reply
        .type('application/octet-stream')
        .header('content-disposition', `attachment; filename="${fileNameOf(found.fileName, id)}"`)
        .send(found.body);
    },
  });
}

function fileNameOf(fileName: string | undefined, id: string): string {
  return (fileName ?? `message-${id}`).replace(/[^A-Za-z0-9._-]/g, '_');
}
