// Exceptions: the inbox, each with its history, and ruling on an adjustment. What else people do is in exception-work.ts.

import { Type } from 'typebox';
import type { Principal } from '../../access/key.ts';
import { withCustomerName } from '../../insight/partner-names.ts';
import { Identifier } from '../../model/text.ts';
import { approve } from '../../pipeline/by-hand/approve.ts';
import { refuse } from '../../pipeline/by-hand/refuse.ts';
import { releaseCredit } from '../../pipeline/by-hand/release-credit.ts';
import {
  countExceptions,
  EXCEPTION_SORTS,
  type ExceptionOrder,
  type ExceptionView,
  findException,
  isExceptionPlace,
  pageOfExceptions,
} from '../../store/read/exceptions.ts';
import { type ApiApp, actorOf, callerOf, foundOr404 } from '../app.ts';
import { assigneeOf, BulkAnswer, ExceptionDetail, Exceptions, exceptionDetail, Reason } from '../exception-schemas.ts';
import type { ApiHub } from '../hub.ts';
import { bothWays, invalidCursor, PageOf, PageQuery, pageFrom, pageRequest, SearchText, sortFrom } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { EXCEPTION_KIND_NAMES, ExceptionRow, OWNER_ROLES, Query, RowId } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Exceptions'];

export function exceptionRoutes(app: ApiApp, hub: ApiHub): void {
  const { store } = hub;
  app.get('/v1/exceptions', {
    config: { allows: 'exceptions:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listExceptions',
      summary: 'Exceptions, the newest first',
      querystring: Query({
        ...PageQuery,
        kind: optional(Type.Enum(EXCEPTION_KIND_NAMES)),
        subject: optional(Identifier),
        owner: optional(Type.Enum(OWNER_ROLES)),
        state: optional(Type.Enum(['open', 'closed'])),
        shipment: optional(Identifier),
        message: optional(RowId),
        customer: optional(Identifier),
        assigned: optional(
          Type.String({ maxLength: 200, description: '`me`, `nobody`, or as `assignee` says', minLength: 1 }),
        ),
        overdue: optional(Type.Boolean({ description: 'Open, and past its due time' })),
        search: optional(SearchText),
        sort: optional(
          Type.Enum(bothWays(Object.keys(EXCEPTION_SORTS)), {
            description: 'With `-` the last first. `stake` by the amount in major units, whatever its currency',
            default: '-opened',
          }),
        ),
      }),
      response: { 200: PageOf(ExceptionRow) },
    },
    async handler(request) {
      const { sort = '-opened', assigned, overdue, search, ...filter } = request.query;
      const order = sortFrom(sort) as ExceptionOrder;
      const list = `exceptions ${sort}`;
      const page = pageRequest(list, request.query, 2);
      if (page.after !== undefined && !isExceptionPlace(order, page.after)) throw invalidCursor();
      const me = assigneeOf(callerOf(request));
      const assignee = assigned === 'me' ? me : assigned === 'nobody' ? '' : assigned;
      const dueBefore = overdue === true ? hub.now() : undefined;
      const begins = search?.trim() || undefined;
      const chosen = { ...filter, assignee, dueBefore, search: begins };
      const rows = await pageOfExceptions(store, store.tenant, chosen, page, order);
      const rules = await hub.context.rules.current(store);
      return pageFrom(
        list,
        page.limit,
        rows,
        ({ place: _, ...row }) => withCustomerName(rules, row),
        ({ place }) => place,
      );
    },
  });

  app.get('/v1/exceptions/totals', {
    config: { allows: 'exceptions:read' },
    schema: {
      tags,
      operationId: 'countExceptions',
      summary: 'How many exceptions are open, by kind',
      response: {
        200: Type.Object({
          me: Type.String({ description: 'How whoever asks is called as an assignee' }),
          kinds: Type.Array(
            Type.Object({
              kind: Type.Enum(EXCEPTION_KIND_NAMES),
              owner: Type.Enum(OWNER_ROLES),
              open: Type.Integer(),
              overdue: Type.Integer(),
              mine: Type.Integer({ description: 'Assigned to whoever asks' }),
            }),
          ),
        }),
      },
    },
    async handler(request) {
      const me = assigneeOf(callerOf(request));
      return { me, kinds: await countExceptions(store, store.tenant, me, hub.now()) };
    },
  });

  app.get('/v1/exceptions/:id', {
    config: { allows: 'exceptions:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'readException',
      summary: 'One exception: what mends it, what whoever asks may do, and its history',
      params: Type.Object({ id: RowId }),
      response: { 200: ExceptionDetail },
    },
    async handler(request) {
      return exceptionDetail(hub, request.params.id, callerOf(request));
    },
  });

  app.post('/v1/exceptions/:id/approve', {
    config: { allows: 'exceptions:approve', problems: ['not-found', 'not-waiting', 'own-cause'] },
    schema: {
      tags,
      operationId: 'approveAdjustment',
      summary: 'Approve what waits in an `adjustment-approval`',
      description:
        'Releases the documents that wait for it at this moment, as the facts then are, and what was entered by hand ' +
        "beyond its author's limit. Nobody approves what the same key entered, nor a person what follows from prices, " +
        'fuel or a policy that the same person imported since the last document.',
      params: Type.Object({ id: RowId }),
      response: {
        200: Type.Object({
          exception: ExceptionRow,
          documents: Type.Array(Identifier),
          entries: Type.Array(Type.String({ description: 'What was entered by hand and counts from now on' })),
        }),
      },
    },
    async handler(request) {
      const { id } = request.params;
      const { documents, entries } = await approveOne(hub, id, request);
      return { exception: await exceptionOr404(hub, id), documents: [...documents], entries: [...entries] };
    },
  });

  app.post('/v1/exceptions/:id/refuse', {
    config: { allows: 'exceptions:approve', problems: ['not-found', 'not-waiting'] },
    schema: {
      tags,
      operationId: 'refuseAdjustment',
      summary: 'Refuse what waits in an `adjustment-approval`',
      description:
        'The differences that wait at this moment are waived and not asked for again; what waits by hand never counts.',
      params: Type.Object({ id: RowId }),
      body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 1_000 }) }, { additionalProperties: false }),
      response: {
        200: Type.Object({
          exception: ExceptionRow,
          waived: Type.Array(Type.String()),
          entries: Type.Array(Type.String({ description: 'What was entered by hand and never counts' })),
        }),
      },
    },
    async handler(request) {
      const { id } = request.params;
      const { amounts, entries } = await refuseOne(hub, id, actorOf(request), request.body.reason);
      return { exception: await exceptionOr404(hub, id), waived: [...amounts], entries: [...entries] };
    },
  });

  app.post('/v1/exceptions/:id/release', {
    config: { allows: 'exceptions:approve', problems: ['not-found', 'not-waiting'] },
    schema: {
      tags,
      operationId: 'releaseCredit',
      summary: 'Let the invoice of a `credit-hold` go beyond the limit',
      description:
        'Of this one shipment, for what is held now; of a common invoice, each of its shipments must be released. What is ' +
        'invoiced so counts for the others as ever.',
      params: Type.Object({ id: RowId }),
      body: Query({ reason: Reason }),
      response: { 200: Type.Object({ exception: ExceptionRow }) },
    },
    async handler(request) {
      const { id } = request.params;
      await releaseOne(hub, id, actorOf(request), request.body.reason);
      return { exception: await exceptionOr404(hub, id) };
    },
  });

  app.post('/v1/exceptions/release', {
    config: { allows: 'exceptions:approve' },
    schema: {
      tags,
      operationId: 'releaseCredits',
      summary: 'Let the invoices of several `credit-hold` go beyond the limit',
      body: Query({ exceptions: Exceptions, reason: Reason }),
      response: { 200: BulkAnswer },
    },
    handler: (request) =>
      eachOf(request.body.exceptions, (id) => releaseOne(hub, id, actorOf(request), request.body.reason)),
  });

  app.post('/v1/exceptions/approve', {
    config: { allows: 'exceptions:approve' },
    schema: {
      tags,
      operationId: 'approveAdjustments',
      summary: 'Approve what waits in several `adjustment-approval`',
      body: Query({ exceptions: Exceptions }),
      response: { 200: BulkAnswer },
    },
    handler: (request) => eachOf(request.body.exceptions, (id) => approveOne(hub, id, request)),
  });

  app.post('/v1/exceptions/refuse', {
    config: { allows: 'exceptions:approve' },
    schema: {
      tags,
      operationId: 'refuseAdjustments',
      summary: 'Refuse what waits in several `adjustment-approval`',
      body: Query({ exceptions: Exceptions, reason: Reason }),
      response: { 200: BulkAnswer },
    },
    handler: (request) =>
      eachOf(request.body.exceptions, (id) => refuseOne(hub, id, actorOf(request), request.body.reason)),
  });
}

// Each is a transaction of its own: one that cannot be ruled on keeps back no other.
async function eachOf(ids: readonly string[], act: (id: string) => Promise<unknown>) {
  const done: string[] = [];
  const refused: { id: string; reason: string }[] = [];
  for (const id of ids) {
    try {
      await act(id);
      done.push(id);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      refused.push({ id, reason: error.message });
    }
  }
  return { done, refused };
}

async function approveOne(hub: ApiHub, id: string, request: { principal?: Principal }) {
  const { kind, subject } = await waitingApproval(hub, id);
  // The admin key is the machine's own: local commands import, send and approve with it. Who signed in is a person.
  const { role, user } = callerOf(request);
  const isPersonal = user !== undefined || role !== 'admin';
  const approval = await approve(hub.context, { kind, subject, by: actorOf(request), isPersonal });
  if (approval.kind === 'own-cause') throw new ApiProblem('own-cause', approval.detail);
  if (approval.kind !== 'released') throw new ApiProblem('not-waiting', approval.detail);
  hub.nudge();
  return approval;
}

async function refuseOne(hub: ApiHub, id: string, by: string, reason: string) {
  const { subject } = await waitingApproval(hub, id);
  const refusal = await refuse(hub.context, { subject, by, reason });
  if (refusal.kind !== 'waived') throw new ApiProblem('not-waiting', refusal.detail);
  return refusal;
}

async function releaseOne(hub: ApiHub, id: string, by: string, reason: string): Promise<void> {
  const { kind, state, subject } = await exceptionOr404(hub, id);
  if (kind !== 'credit-hold' || state !== 'open') {
    throw new ApiProblem(
      'not-waiting',
      `exception ${id} is ${kind}, ${state}: only an open credit-hold can be released`,
    );
  }
  const released = await releaseCredit(hub.context, { subject, by, reason });
  if (released.kind !== 'released') throw new ApiProblem('not-waiting', released.detail);
  hub.nudge();
}

async function exceptionOr404({ store }: ApiHub, id: string): Promise<ExceptionView> {
  return foundOr404(await findException(store, store.tenant, id), `there is no exception ${id}`);
}

async function waitingApproval(hub: ApiHub, id: string): Promise<ExceptionView> {
  const exception = await exceptionOr404(hub, id);
  if (exception.kind === 'adjustment-approval' && exception.state === 'open') return exception;
  const which = `exception ${id} is ${exception.kind}, ${exception.state}`;
  throw new ApiProblem('not-waiting', `${which}: only an open adjustment-approval can be approved or refused`);
}
