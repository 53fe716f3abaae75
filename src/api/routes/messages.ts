// What came in: the list, one message with what became of it, and its bytes.

import { Type } from 'typebox';
import { may } from '../../access/roles.ts';
import { viewMessage } from '../../insight/message-view.ts';
import { partnersNamed, withSenderName } from '../../insight/partner-names.ts';
import { Identifier, InstantText } from '../../model/text.ts';
import { findMessage, listMessages, MESSAGE_VERDICTS, readMessageBody } from '../../store/read/messages.ts';
import { type ApiApp, boundTo, callerOf, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { Message, MessageDetail, Query, RowId } from '../schemas.ts';

const optional = Type.Optional;
const byte = Type.Integer({ minimum: 0, description: 'Byte position in the message' });

export const MessageViewAnswer = Type.Object(
  {
    form: Type.Enum(['segments', 'json', 'xml', 'text', 'binary']),
    segments: Type.Array(
      Type.Object({
        offset: byte,
        end: byte,
        id: Type.String(),
        title: optional(Type.String()),
        elements: Type.Array(
          Type.Object({
            offset: byte,
            text: Type.String(),
            position: optional(
              Type.Object(
                { element: Type.Integer(), component: Type.Integer() },
                { description: 'Of EDIFACT: which element of the segment and which component of it, from 1' },
              ),
            ),
            name: optional(Type.String({ description: 'What the element is for' })),
            meaning: optional(Type.String({ description: 'What its code means to us' })),
          }),
        ),
      }),
    ),
    separators: optional(
      Type.Object(
        { element: Type.String(), component: Type.String() },
        { description: 'Between elements, and between components of one' },
      ),
    ),
    text: Type.String({ description: 'Of what is not made of segments' }),
    more: Type.Boolean({ description: 'Only the beginning is here' }),
    isMasked: Type.Boolean(),
    events: Type.Array(
      Type.Object({
        id: RowId,
        type: Type.String(),
        shipment: optional(Type.String()),
        data: Type.Unknown(),
        offset: optional(byte),
      }),
    ),
  },
  { title: 'MessageView' },
);

const Params = Type.Object({ id: RowId });
const tags = ['Messages'];
const missing = (id: string) => `there is no message ${id} that this key may see`;

export function messageRoutes(app: ApiApp, { store, context }: ApiHub): void {
  app.get('/v1/messages', {
    config: { allows: 'messages:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listMessages',
      summary: 'Messages received, the newest first',
      querystring: Query({
        ...PageQuery,
        partner: Type.Optional(Identifier),
        search: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 100,
            description: "How the sender's id, name or a word of it begins",
          }),
        ),
        kind: Type.Optional(Identifier),
        verdict: Type.Optional(Type.Enum(MESSAGE_VERDICTS)),
        since: Type.Optional(InstantText),
        until: Type.Optional(InstantText),
      }),
      response: { 200: PageOf(Message) },
    },
    async handler(request) {
      const page = pageRequest('messages', request.query, 1);
      const rules = await context.rules.current(store);
      const { search, ...asked } = request.query;
      const filter = { ...asked, ...(search && { senders: partnersNamed(rules, search) }), mine: boundTo(request) };
      const rows = await listMessages(store, store.tenant, filter, page);
      return pageFrom(
        'messages',
        page.limit,
        rows,
        (row) => withSenderName(rules, row),
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
      const found = foundOr404(await findMessage(store, store.tenant, id, boundTo(request)), missing(id));
      return withSenderName(await context.rules.current(store), found);
    },
  });

  app.get('/v1/messages/:id/view', {
    config: { allows: 'messages:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'viewMessage',
      summary: 'A message as people read it, with what each element is for and the events that it gave',
      description: 'Personal data is masked for keys that may not read the bytes.',
      params: Params,
      response: { 200: MessageViewAnswer },
    },
    async handler(request) {
      const { id } = request.params;
      const showsPersonalData = may(callerOf(request).role, 'messages:bytes');
      const view = await viewMessage(store, id, { partner: boundTo(request), showsPersonalData });
      return foundOr404(view, missing(id));
    },
  });

  app.get('/v1/messages/:id/body', {
    config: { allows: 'messages:bytes', problems: ['not-found'] },
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
