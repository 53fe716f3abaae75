// Disputes of customers, as both sides read them: what is objected to, what was said, files, and how it ended.

import { Type } from 'typebox';
import { withCustomerName } from '../../insight/partner-names.ts';
import { Identifier } from '../../model/text.ts';
import { fileOfComment, listCustomerDisputes } from '../../store/read/customer-disputes.ts';
import { findInvoice } from '../../store/read/invoices.ts';
import { type ApiApp, boundTo, foundOr404 } from '../app.ts';
import { Dispute, DisputeDetail, detailOf, withThreads } from '../dispute-view.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { Query, RowId } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Invoices'];

export function customerDisputeRoutes(app: ApiApp, hub: ApiHub): void {
  readRoutes(app, hub);
  fileRoute(app, hub);
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

// RFC 5987: what encodeURIComponent leaves as it is and this form does not.
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
