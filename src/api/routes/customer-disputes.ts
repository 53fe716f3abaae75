// Disputes of customers: objecting to an invoice or to a line of it, what both sides write, files, and how it ended.
//
// A customer sees its own, and of what we write the words and not who wrote them.

import { Type } from 'typebox';
import { attachedFileFrom, FILE_BYTES_AT_MOST } from '../../domain/service/attached-file.ts';
import { withCustomerName } from '../../insight/partner-names.ts';
import { type AttachedFile, DISPUTE_VERDICTS } from '../../model/customer-dispute.ts';
import { ChargeCode, Identifier, InstantText } from '../../model/text.ts';
import { type DisputeResult, disputeInvoice, endDispute, sayOnDispute } from '../../pipeline/by-hand/disputes.ts';
import {
  type CustomerDisputeView,
  commentsOf,
  type DisputeComment,
  fileOfComment,
  listCustomerDisputes,
} from '../../store/read/customer-disputes.ts';
import { findInvoice } from '../../store/read/invoices.ts';
import { type ApiApp, actorOf, boundTo, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { Query, RowId } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Invoices'];

const dispute = {
  id: RowId,
  invoice: Identifier,
  erpNumber: optional(Type.String()),
  customer: Identifier,
  customerName: optional(Type.String()),
  shipment: optional(Type.String({ description: 'With `code`: that line; without: the whole invoice' })),
  code: optional(Type.String()),
  currency: Type.String(),
  amount: Type.String({ description: 'Of the line before tax, or of the whole invoice' }),
  reason: Type.String(),
  state: Type.Enum(['open', 'closed']),
  openedAt: InstantText,
  byCustomer: Type.Boolean({ description: 'The customer itself opened it' }),
  comments: Type.Integer(),
  saidAt: Type.String({ format: 'date-time', description: 'When the last word was said' }),
  waitsFor: optional(Type.Enum(['us', 'customer'], { description: 'While it is open: whoever did not speak last' })),
  closedAt: optional(InstantText),
  verdict: optional(Type.Enum(DISPUTE_VERDICTS)),
  outcome: optional(Type.String({ description: 'Why it ended so' })),
};
const Dispute = Type.Object(dispute, { title: 'CustomerDisputeOnLine' });
const Comment = Type.Object({
  id: RowId,
  at: InstantText,
  from: Type.Enum(['customer', 'us']),
  by: optional(Type.String({ description: 'Who of us wrote it: for our own people' })),
  text: Type.String(),
  file: optional(Type.Object({ name: Type.String(), mediaType: Type.String(), bytes: Type.Integer() })),
});
const DisputeDetail = Type.Object({ ...dispute, thread: Type.Array(Comment) }, { title: 'CustomerDisputeDetail' });

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

export function customerDisputeRoutes(app: ApiApp, hub: ApiHub): void {
  readRoutes(app, hub);
  fileRoute(app, hub);
  openingRoute(app, hub);
  actRoutes(app, hub);
}

function readRoutes(app: ApiApp, { store, context }: ApiHub): void {
  app.get('/v1/customer-disputes', {
    config: { allows: 'invoices:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listCustomerDisputes',
      summary: 'What customers object to, the newest first',
      querystring: Query({
        ...PageQuery,
        customer: optional(Identifier),
        invoice: optional(Identifier),
        state: optional(Type.Enum(['open', 'closed'])),
        waitsFor: optional(Type.Enum(['us', 'customer'])),
      }),
      response: { 200: PageOf(Dispute) },
    },
    async handler(request) {
      const page = pageRequest('customer-disputes', request.query, 1);
      const filter = { ...request.query, customer: boundTo(request) ?? request.query.customer };
      const rows = await listCustomerDisputes(store, store.tenant, filter, page);
      const rules = await context.rules.current(store);
      return pageFrom(
        'customer-disputes',
        page.limit,
        rows,
        (row) => withCustomerName(rules, row),
        ({ id }) => [id],
      );
    },
  });

  app.get('/v1/customer-disputes/:id', {
    config: { allows: 'invoices:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'getCustomerDispute',
      summary: 'One dispute with all that was said',
      params: Type.Object({ id: RowId }),
      response: { 200: DisputeDetail },
    },
    handler: (request) => detailOf({ store, context }, request.params.id, boundTo(request)),
  });

  app.get('/v1/invoices/:number/disputes', {
    config: { allows: 'invoices:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'listInvoiceDisputes',
      summary: 'The disputes of one invoice with all that was said, the newest first',
      params: Type.Object({ number: Identifier }),
      response: { 200: Type.Object({ items: Type.Array(DisputeDetail) }) },
    },
    async handler(request) {
      const { number } = request.params;
      const customer = boundTo(request);
      foundOr404(await findInvoice(store, store.tenant, number, customer), `there is no invoice ${number} to be seen`);
      const found = await listCustomerDisputes(store, store.tenant, { invoice: number, customer }, { limit: 200 });
      return { items: await withThreads({ store, context }, found.slice(0, 200), customer !== undefined) };
    },
  });
}

function fileRoute(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/customer-disputes/:id/files/:comment', {
    config: { allows: 'invoices:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'getDisputeFile',
      summary: 'The file that came with a comment, to be saved and never shown',
      params: Type.Object({ id: RowId, comment: RowId }),
      produces: ['application/octet-stream'],
      response: { 200: Type.String() },
    },
    async handler(request, reply) {
      const { id, comment } = request.params;
      const [own] = await listCustomerDisputes(store, store.tenant, { id, customer: boundTo(request) }, { limit: 1 });
      const file = own && (await fileOfComment(store, store.tenant, id, comment));
      const { name, content } = foundOr404(file, `dispute ${id} has no file ${comment} to be seen`);
      return reply
        .header('content-disposition', `attachment; filename="file-${comment}"; filename*=UTF-8''${encoded(name)}`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .type('application/octet-stream')
        .send(Buffer.from(content));
    },
  });
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

type Reader = Pick<ApiHub, 'store' | 'context'>;

async function detailOf(reader: Reader, id: string, customer: string | undefined) {
  const { store } = reader;
  const found = await listCustomerDisputes(store, store.tenant, { id, customer }, { limit: 1 });
  const [detail] = await withThreads(reader, found, customer !== undefined);
  return foundOr404(detail, `there is no dispute ${id} to be seen`);
}

async function withThreads({ store, context }: Reader, disputes: readonly CustomerDisputeView[], forCustomer: boolean) {
  const ids = disputes.map(({ id }) => id);
  const threads = Map.groupBy(await commentsOf(store, store.tenant, ids), (comment) => comment.dispute);
  const rules = await context.rules.current(store);
  return disputes.map((each) => ({
    ...withCustomerName(rules, each),
    thread: (threads.get(each.id) ?? []).map((comment) => commentView(comment, forCustomer)),
  }));
}

function commentView({ dispute: _, fromCustomer, author, ...comment }: DisputeComment, forCustomer: boolean) {
  return {
    ...comment,
    from: fromCustomer ? 'customer' : 'us',
    ...(forCustomer && !fromCustomer ? {} : { by: author }),
  };
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

// RFC 5987: what encodeURIComponent leaves as it is and this form does not.
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
