// What people do about exceptions, one or many: take on, say, waive, and link what has no shipment yet.
import { type TObject, type TProperties, Type } from 'typebox';
import { usersOf } from '../../access/accounts.ts';
import type { Principal } from '../../access/key.ts';
import { isRole, may } from '../../access/roles.ts';
import { Reference } from '../../model/reference.ts';
import { Identifier } from '../../model/text.ts';
import { linkReference } from '../../pipeline/by-hand/link.ts';
import { type ExceptionWork, workOnExceptions } from '../../pipeline/by-hand/work-on-exceptions.ts';
import type { UserRow } from '../../store/users.ts';
import { type ApiApp, actorOf, callerOf } from '../app.ts';
import { assigneeOf, BulkAnswer, ExceptionDetail, Exceptions, exceptionDetail, Reason } from '../exception-schemas.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem, type ProblemKind } from '../problems.ts';
import { Query, RowId } from '../schemas.ts';

const tags = ['Exceptions'];
const OneException = Type.Object({ id: RowId });

const Assign = Query({
  to: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: '`me`, or the name somebody signs in by; none: nobody' }),
  ),
});
const Comment = Query({ text: Type.String({ minLength: 1, maxLength: 4_000, pattern: '\\S' }) });
const Waive = Query({ reason: Reason });

type Act = {
  readonly name: ExceptionWork['act'];
  readonly does: string;
  readonly about: string;
  readonly body: TObject;
};
const ACTS: readonly Act[] = [
  { name: 'assign', does: 'Assign', about: 'Only to people who may work on exceptions.', body: Assign },
  { name: 'comment', does: 'Comment on', about: 'A comment is never changed.', body: Comment },
  {
    name: 'waive',
    does: 'Waive',
    about:
      'Only kinds that nothing else may ever close, such as a duplicate bill, and only by their owner. It opens again when ' +
      'its cause is said in other words, or by another message.',
    body: Waive,
  },
];

export function exceptionWorkRoutes(app: ApiApp, hub: ApiHub): void {
  for (const act of ACTS) {
    actOnOne(app, hub, act);
    actOnMany(app, hub, act);
  }
  app.post('/v1/exceptions/:id/link', {
    config: { allows: 'exceptions:link', problems: ['not-found', 'not-possible'] },
    schema: {
      tags,
      operationId: 'linkReference',
      summary: 'Say which shipment the number of an exception means',
      description:
        'Of an `unmatched-reference` or `carrier-invoice-unmatched`. From now on the number finds that shipment, and what waits ' +
        'under it applies itself. `reference` says which, where it asks for several (`names`).',
      params: OneException,
      body: Query({
        shipment: Identifier,
        reference: Type.Optional(Reference),
        reason: Type.Optional(Reason),
      }),
      response: { 200: ExceptionDetail },
    },
    async handler(request) {
      const { id: exception } = request.params;
      const caller = callerOf(request);
      await exceptionDetail(hub, exception, caller);
      const linked = await linkReference(hub.context, { exception, by: actorOf(request), ...request.body });
      if (linked.kind === 'refused') throw new ApiProblem('not-possible', linked.detail);
      hub.nudge();
      return exceptionDetail(hub, exception, caller);
    },
  });
  app.get('/v1/exceptions/assignees', {
    config: { allows: 'exceptions:work' },
    schema: {
      tags,
      operationId: 'listAssignees',
      summary: 'Whom exceptions may be assigned to',
      response: {
        200: Type.Object({
          items: Type.Array(Type.Object({ name: Type.String(), displayName: Type.String(), role: Type.String() })),
        }),
      },
    },
    async handler() {
      const workers = (await usersOf(hub.store)).filter(mayWork);
      return { items: workers.map(({ name, displayName, role }) => ({ name, displayName, role })) };
    },
  });
}

function actOnOne(app: ApiApp, hub: ApiHub, { name, does, about, body }: Act): void {
  const problems: ProblemKind[] = ['not-found', 'not-possible'];
  app.post(`/v1/exceptions/:id/${name}`, {
    config: { allows: 'exceptions:work', problems },
    schema: {
      tags,
      operationId: `${name}Exception`,
      summary: `${does} an exception`,
      description: about,
      params: OneException,
      body,
      response: { 200: ExceptionDetail },
    },
    async handler(request) {
      const { id } = request.params;
      const caller = callerOf(request);
      await exceptionDetail(hub, id, caller);
      const work = await workFrom(hub, name, [id], caller, request.body);
      const { refused } = await workOnExceptions(hub.context, { ...work, by: actorOf(request) });
      if (refused[0] !== undefined) throw new ApiProblem('not-possible', refused[0].reason);
      return exceptionDetail(hub, id, caller);
    },
  });
}

function actOnMany(app: ApiApp, hub: ApiHub, { name, does, about, body }: Act): void {
  app.post(`/v1/exceptions/${name}`, {
    config: { allows: 'exceptions:work', problems: ['not-possible'] },
    schema: {
      tags,
      operationId: `${name}Exceptions`,
      summary: `${does} several exceptions`,
      description: about,
      body: Query({ ...(body.properties as TProperties), exceptions: Exceptions }),
      response: { 200: BulkAnswer },
    },
    async handler(request) {
      const { exceptions, ...said } = request.body as { exceptions: string[] };
      const work = await workFrom(hub, name, [...new Set(exceptions)], callerOf(request), said);
      return workOnExceptions(hub.context, { ...work, by: actorOf(request) });
    },
  });
}

type Said = { readonly to?: string; readonly text?: string; readonly reason?: string };

// Validated by the act's own schema before.
async function workFrom(hub: ApiHub, act: Act['name'], ids: readonly string[], caller: Principal, body: unknown) {
  const { to, text = '', reason = '' } = body as Said;
  if (act === 'comment') return { act, ids, text };
  if (act === 'waive') return { act, ids, reason, role: caller.role };
  return { act, ids, ...(to === undefined ? {} : { to: await assignee(hub, to, caller) }) };
}

async function assignee({ store }: ApiHub, to: string, caller: Principal): Promise<string> {
  const me = assigneeOf(caller);
  if (to === 'me' || to === me) return me;
  const user = (await usersOf(store)).find(({ name }) => name === to);
  if (user !== undefined && mayWork(user)) return to;
  throw new ApiProblem('not-possible', `${to} does not sign in here with a role that works on exceptions`);
}

function mayWork({ role, disabledAt }: UserRow): boolean {
  return disabledAt === undefined && isRole(role) && may(role, 'exceptions:work');
}
