// Exceptions, and the acts on them: approving or refusing an adjustment. The others close when their cause is gone.

import { Type } from 'typebox';
import { Identifier } from '../../model/text.ts';
import { approve } from '../../pipeline/approve.ts';
import { refuse } from '../../pipeline/refuse.ts';
import { type ExceptionView, findException, listExceptions } from '../../store/read-exceptions.ts';
import { type ApiApp, actorOf, callerOf, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { EXCEPTION_KIND_NAMES, ExceptionRow, OWNER_ROLES, Query, RowId } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Exceptions'];

export function exceptionRoutes(app: ApiApp, hub: ApiHub): void {
  const { context, store, nudge } = hub;
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
      }),
      response: { 200: PageOf(ExceptionRow) },
    },
    async handler(request) {
      const page = pageRequest('exceptions', request.query, 1);
      const rows = await listExceptions(store, store.tenant, request.query, page);
      return pageFrom(
        'exceptions',
        page.limit,
        rows,
        (row) => row,
        ({ id }) => [id],
      );
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
      const { kind, subject } = await waitingApproval(hub, id);
      // The admin key is the machine's own: local commands import, send and approve with it. Who signed in is a person.
      const { role, user } = callerOf(request);
      const isPersonal = user !== undefined || role !== 'admin';
      const approval = await approve(context, { kind, subject, by: actorOf(request), isPersonal });
      if (approval.kind === 'own-cause') throw new ApiProblem('own-cause', approval.detail);
      if (approval.kind !== 'released') throw new ApiProblem('not-waiting', approval.detail);
      nudge();
      const documents = [...approval.documents];
      return { exception: await exceptionOr404(hub, id), documents, entries: [...approval.entries] };
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
      const { subject } = await waitingApproval(hub, id);
      const refusal = await refuse(context, { subject, by: actorOf(request), reason: request.body.reason });
      if (refusal.kind !== 'waived') throw new ApiProblem('not-waiting', refusal.detail);
      return { exception: await exceptionOr404(hub, id), waived: [...refusal.amounts], entries: [...refusal.entries] };
    },
  });
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
