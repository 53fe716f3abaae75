// What both sides do about a dispute: objecting to an invoice or to a line of it, writing, ending it.

import { Type } from 'typebox';
import { attachedFileFrom, FILE_BYTES_AT_MOST } from '../../domain/service/attached-file.ts';
import type { AttachedFile } from '../../model/customer-dispute.ts';
import { ChargeCode, Identifier } from '../../model/text.ts';
import { type DisputeResult, disputeInvoice, endDispute, sayOnDispute } from '../../pipeline/by-hand/disputes.ts';
import { findInvoice } from '../../store/read/invoices.ts';
import { type ApiApp, actorOf, boundTo, foundOr404 } from '../app.ts';
import { DisputeDetail, detailOf } from '../dispute-view.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';
import { Query, RowId } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Invoices'];

const Text = Type.String({ minLength: 1, maxLength: 4_000 });
const File = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 500 }),
    content: Type.String({ description: 'Base64: a PDF, PNG, JPEG, WebP or plain text of at most 5 MB' }),
  },
  { additionalProperties: false },
);
// Base64 is a third longer; beside it there are only words.
const bodyLimit = Math.ceil(FILE_BYTES_AT_MOST / 3) * 4 + 64 * 1024;

export function customerDisputeActRoutes(app: ApiApp, hub: ApiHub): void {
  openingRoute(app, hub);
  actRoutes(app, hub);
}

function openingRoute(app: ApiApp, hub: ApiHub): void {
  const { context, store, nudge } = hub;
  app.post('/v1/invoices/:number/disputes', {
    bodyLimit,
    config: { allows: 'customer-disputes:write', problems: ['not-found', 'not-possible', 'body-too-large'] },
    schema: {
      tags,
      operationId: 'openDispute',
      summary: 'Object to an invoice, or to one line of it',
      description:
        'A line is named by its `shipment` and `code`; without both, it is the whole invoice. While a dispute is open, the ' +
        'invoice is not collected; days under dispute do not count.',
      params: Type.Object({ number: Identifier }),
      body: Query({
        shipment: optional(Identifier),
        code: optional(ChargeCode),
        reason: Text,
        file: optional(File),
      }),
      response: { 201: DisputeDetail },
    },
    async handler(request, reply) {
      const { shipment, code, reason, file } = request.body;
      if ((shipment === undefined) !== (code === undefined)) {
        throw new ApiProblem('invalid-request', 'a line has a shipment and a code: give both, or neither');
      }
      const customer = boundTo(request);
      const { number } = request.params;
      const invoice = foundOr404(
        await findInvoice(store, store.tenant, number, customer),
        `there is no invoice ${number} to be seen`,
      );
      const line = shipment === undefined || code === undefined ? {} : { line: { shipment, code } };
      const act = { invoice: invoice.number, reason, by: actorOf(request), ...boundBy(customer), ...line };
      const { id } = doneOr(await disputeInvoice(context, { ...act, ...fileFrom(file) }));
      nudge();
      return reply.code(201).send(await detailOf(hub, id, customer));
    },
  });
}

function actRoutes(app: ApiApp, hub: ApiHub): void {
  const { context, nudge } = hub;
  const params = Type.Object({ id: RowId });
  app.post('/v1/customer-disputes/:id/comments', {
    bodyLimit,
    config: { allows: 'customer-disputes:write', problems: ['not-found', 'not-possible', 'body-too-large'] },
    schema: {
      tags,
      operationId: 'commentOnDispute',
      summary: 'Write to the other side about a dispute',
      params,
      body: Query({ text: Text, file: optional(File) }),
      response: { 201: DisputeDetail },
    },
    async handler(request, reply) {
      const { text, file } = request.body;
      const customer = boundTo(request);
      const act = { id: request.params.id, text, by: actorOf(request), ...boundBy(customer), ...fileFrom(file) };
      const { id } = doneOr(await sayOnDispute(context, act));
      return reply.code(201).send(await detailOf(hub, id, customer));
    },
  });

  app.post('/v1/customer-disputes/:id/close', {
    config: { allows: 'receivables:write', problems: ['not-found', 'not-possible'] },
    schema: {
      tags,
      operationId: 'closeDispute',
      summary: 'End a dispute: agreed, agreed in part, or not; the customer reads why',
      params,
      body: Query({ verdict: Type.Enum(['accepted', 'partly-accepted', 'declined']), reason: Text }),
      response: { 200: DisputeDetail },
    },
    async handler(request) {
      const act = { id: request.params.id, ...request.body, by: actorOf(request) };
      doneOr(await endDispute(context, act));
      nudge();
      return detailOf(hub, act.id, undefined);
    },
  });

  app.post('/v1/customer-disputes/:id/withdraw', {
    config: { allows: 'customer-disputes:write', problems: ['not-found', 'not-possible'] },
    schema: {
      tags,
      operationId: 'withdrawDispute',
      summary: 'The customer takes it back',
      params,
      body: Query({ reason: optional(Text) }),
      response: { 200: DisputeDetail },
    },
    async handler(request) {
      const customer = boundTo(request);
      const { reason = 'The customer took it back.' } = request.body;
      const act = { id: request.params.id, reason, by: actorOf(request), ...boundBy(customer) };
      doneOr(await endDispute(context, { ...act, verdict: 'withdrawn' }));
      nudge();
      return detailOf(hub, act.id, customer);
    },
  });
}

function fileFrom(file: { name: string; content: string } | undefined): { file?: AttachedFile } {
  if (file === undefined) return {};
  const checked = attachedFileFrom(file);
  if (checked.kind === 'refused') throw new ApiProblem('invalid-request', checked.detail);
  return { file: checked.file };
}

function doneOr(result: DisputeResult) {
  if (result.kind !== 'done') throw new ApiProblem(result.kind, result.detail);
  return result;
}

const boundBy = (customer: string | undefined) => (customer === undefined ? {} : { customer });
