// What customers owe: receivables by age, overdue invoices with their stage of collection, customer disputes, and payments
// applied by hand.

import { Type } from 'typebox';
import { overdueOf } from '../../domain/cash/overdue.ts';
import { withCustomerName } from '../../insight/partner-names.ts';
import { DecimalText, Identifier, InstantText, LocalDateText } from '../../model/text.ts';
import { formatInstant, localDateIn } from '../../model/time.ts';
import { allocatePayment } from '../../pipeline/by-hand/allocate.ts';
import { disputeInvoice, endDisputeOf } from '../../pipeline/by-hand/disputes.ts';
import { type CustomerDispute, disputesOf } from '../../store/customer-disputes.ts';
import { AGES, openDocuments, receivables } from '../../store/receivables.ts';
import { type ApiApp, actorOf, boundTo } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';

const optional = Type.Optional;
const strict = { additionalProperties: false };
const tags = ['Receivables'];

const Receivable = Type.Object(
  {
    customer: Identifier,
    customerName: optional(Type.String()),
    currency: Type.String(),
    ages: Type.Object(Object.fromEntries(AGES.map((age) => [age, DecimalText])), {
      description: 'Open invoices by days since they were due',
    }),
    invoices: DecimalText,
    creditNotes: DecimalText,
    onAccount: Type.String({ description: 'Payments that are not applied to anything yet' }),
    owed: Type.String({ description: 'Invoices less credit notes: what the credit limit is held against' }),
    disputed: DecimalText,
  },
  { title: 'Receivable' },
);

const Dispute = Type.Object(
  {
    reason: Type.String(),
    openedAt: InstantText,
    openedBy: Type.String(),
    closedAt: optional(InstantText),
    closedBy: optional(Type.String()),
    outcome: optional(Type.String()),
  },
  { title: 'CustomerDispute' },
);

const openItem = {
  number: Identifier,
  kind: Type.Enum(['invoice', 'supplementary', 'credit-note']),
  customer: Identifier,
  customerName: optional(Type.String()),
  currency: Type.String(),
  erpNumber: optional(Type.String()),
  dueOn: LocalDateText,
  total: DecimalText,
  open: DecimalText,
};
const OpenItem = Type.Object(openItem, { title: 'OpenItem' });
const Overdue = Type.Object(
  {
    ...openItem,
    daysOverdue: Type.Integer({ description: 'Days under dispute do not count' }),
    stage: optional(Type.String({ description: 'The last stage of the policy that was reached' })),
    isPaused: Type.Boolean({ description: 'The customer disputes it: it is not collected' }),
    disputes: Type.Array(Dispute),
  },
  { title: 'OverdueInvoice' },
);

export function receivableRoutes(app: ApiApp, hub: ApiHub): void {
  const { store, context } = hub;
  app.get('/v1/receivables', {
    config: { allows: 'invoices:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listReceivables',
      summary: 'What customers owe, by customer and currency, with its age',
      querystring: Query({ ...PageQuery, customer: optional(Identifier) }),
      response: { 200: PageOf(Receivable) },
    },
    async handler(request) {
      const page = pageRequest('receivables', request.query, 2);
      const filter = { customer: boundTo(request) ?? request.query.customer, today: today(hub) };
      const rows = await receivables(store, store.tenant, filter, page);
      const rules = await context.rules.current(store);
      return pageFrom(
        'receivables',
        page.limit,
        rows,
        (row) => withCustomerName(rules, row),
        ({ customer, currency }) => [customer, currency],
      );
    },
  });

  app.get('/v1/open-items', {
    config: { allows: 'invoices:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listOpenItems',
      summary: 'Invoices and credit notes with something open, the one due first before the others',
      querystring: Query({ ...PageQuery, customer: optional(Identifier) }),
      response: { 200: PageOf(OpenItem) },
    },
    async handler(request) {
      const page = pageRequest('open-items', request.query, 2);
      const filter = { customer: boundTo(request) ?? request.query.customer };
      const rows = await openDocuments(store, store.tenant, filter, page);
      const rules = await context.rules.current(store);
      return pageFrom(
        'open-items',
        page.limit,
        rows,
        ({ issuedAt: _, ...item }) => withCustomerName(rules, item),
        ({ dueOn, number }) => [dueOn, number],
      );
    },
  });

  app.get('/v1/collections', {
    config: { allows: 'invoices:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listCollections',
      summary: 'Overdue invoices, the one due first before the others, with their stage',
      querystring: Query({ ...PageQuery, customer: optional(Identifier) }),
      response: { 200: PageOf(Overdue) },
    },
    async handler(request) {
      const page = pageRequest('collections', request.query, 2);
      const filter = { customer: boundTo(request) ?? request.query.customer, dueBefore: today(hub) };
      const rows = await openDocuments(store, store.tenant, filter, page);
      const disputes = await disputesOf(
        store,
        store.tenant,
        rows.map(({ number }) => number),
      );
      const rules = await context.rules.current(store);
      return pageFrom(
        'collections',
        page.limit,
        rows,
        ({ issuedAt: _, ...item }) => {
          const of = disputes.get(item.number) ?? [];
          const stages = rules.policies.get(item.customer)?.content.collections ?? [];
          const { nextStageAt: __, ...overdue } = overdueOf({ ...item, disputes: of }, stages, context.clock.now());
          return { ...withCustomerName(rules, item), ...overdue, disputes: of.map(disputeView) };
        },
        ({ dueOn, number }) => [dueOn, number],
      );
    },
  });
  actRoutes(app, hub);
}

function actRoutes(app: ApiApp, { context, nudge }: ApiHub): void {
  const params = Type.Object({ number: Identifier });
  const body = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 1_000 }) }, strict);
  const acts = [
    ['dispute', 'disputeInvoice', 'Write down that the customer objects to an invoice', disputeInvoice],
    ['dispute/close', 'closeCustomerDispute', 'Write down how the dispute of an invoice ended', endDisputeOf],
  ] as const;
  for (const [path, operationId, summary, act] of acts) {
    app.post(`/v1/invoices/:number/${path}`, {
      config: { allows: 'receivables:write', problems: ['not-found', 'not-possible'] },
      schema: {
        ...{ tags, operationId, summary, params, body },
        description: 'While a dispute is open, the invoice is not collected; days under dispute do not count.',
        response: { 200: Type.Object({ invoice: Identifier, customer: Identifier }) },
      },
      async handler(request) {
        const invoice = request.params.number;
        const result = await act(context, { invoice, reason: request.body.reason, by: actorOf(request) });
        if (result.kind !== 'done') throw new ApiProblem(result.kind, result.detail);
        nudge();
        return { invoice, customer: result.customer };
      },
    });
  }

  app.post('/v1/payments/allocate', {
    config: { allows: 'receivables:write', problems: ['not-found', 'not-possible', 'unavailable'] },
    schema: {
      tags,
      operationId: 'allocatePayment',
      summary: 'Apply what a payment has left to an invoice',
      description:
        'Both are of one customer and currency. Without `amount`, as much as the payment has left and the invoice has open.',
      body: Type.Object(
        { payment: Identifier, customer: Identifier, invoice: Identifier, amount: optional(DecimalText) },
        strict,
      ),
      response: {
        200: Type.Object({ invoice: Identifier, amount: DecimalText, currency: Type.String(), left: DecimalText }),
      },
    },
    async handler(request) {
      const result = await allocatePayment(context, { ...request.body, by: actorOf(request) });
      if (result.kind === 'busy') throw new ApiProblem('unavailable', result.detail, { retryAfterSeconds: 1 });
      if (result.kind !== 'allocated') throw new ApiProblem(result.kind, result.detail);
      nudge();
      const { kind: _, ...answer } = result;
      return answer;
    },
  });
}

function today({ context }: ApiHub) {
  return localDateIn('UTC', context.clock.now());
}

function disputeView({ invoice: _, openedAt, closedAt, ...dispute }: CustomerDispute) {
  return {
    ...dispute,
    openedAt: formatInstant(openedAt),
    ...(closedAt === undefined ? {} : { closedAt: formatInstant(closedAt) }),
  };
}
