// What people do about exceptions that nothing else does: take one on, say something about it, and waive one that nothing
// would ever close. Each by itself or many at once; who, when and why is kept with each, and in the audit trail.
import { type ExceptionKind, termsOf } from '../../model/exception.ts';
import { recordAct } from '../../store/audit-trail.ts';
import {
  appendActs,
  assignExceptions,
  type ExceptionAct,
  type HeldException,
  holdExceptions,
  waiveExceptions,
} from '../../store/exception-acts.ts';
import type { PipelineContext } from '../context.ts';

export type ExceptionWork = {
  readonly ids: readonly string[];
  /** As in the audit trail. */
  readonly by: string;
} & (
  | { readonly act: 'assign' /** None: nobody has it any more. */; readonly to?: string }
  | { readonly act: 'comment'; readonly text: string }
  | { readonly act: 'waive'; readonly reason: string /** Its owner, or `admin` for all. */; readonly role: string }
);

export type WorkedOn = {
  readonly done: readonly string[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
};

const ACTS = { assign: 'assigned', comment: 'commented', waive: 'waived' } as const satisfies Record<
  ExceptionWork['act'],
  ExceptionAct
>;

/** What can be done is done, and said of the others why not. */
export async function workOnExceptions({ store, clock }: PipelineContext, work: ExceptionWork): Promise<WorkedOn> {
  const { tenant } = store;
  return store.transaction(async (client) => {
    const now = clock.now();
    const held = new Map((await holdExceptions(client, tenant, work.ids)).map((each) => [each.id, each]));
    const refused = work.ids.flatMap((id) => {
      const reason = whyNot(held.get(id), id, work);
      return reason === undefined ? [] : [{ id, reason }];
    });
    const refusedIds = new Set(refused.map(({ id }) => id));
    const done = [...held.keys()].filter((id) => !refusedIds.has(id));
    if (done.length === 0) return { done, refused };
    if (work.act === 'assign') await assignExceptions(client, tenant, done, work.to);
    if (work.act === 'waive') await waiveExceptions(client, tenant, done, now);
    await appendActs(client, tenant, done, actFrom(work), now);
    const { act, ids: _, by: actor, ...said } = work;
    const subjects = done.map((id) => `${held.get(id)?.kind} ${held.get(id)?.subject}`);
    const subject = subjects.length === 1 ? subjects[0] : `${subjects.length} exceptions`;
    const detail = { ...said, exceptions: done, ...(subjects.length > 1 ? { subjects } : {}) };
    await recordAct(client, tenant, { actor, action: `exception.${act}`, subject, detail }, now);
    return { done, refused };
  });
}

function actFrom(work: ExceptionWork) {
  const { act, by: actor } = work;
  if (work.act === 'assign') return { act: ACTS[act], actor, detail: { to: work.to ?? null } };
  return { act: ACTS[act], actor, says: work.act === 'comment' ? work.text : work.reason };
}

function whyNot(exception: HeldException | undefined, id: string, work: ExceptionWork): string | undefined {
  if (exception === undefined) return `there is no exception ${id}`;
  if (work.act === 'comment') return undefined;
  const which = `${exception.kind} ${exception.subject}`;
  if (!exception.isOpen) return `${which} is closed`;
  if (work.act === 'assign') return undefined;
  if (!isWaivable(exception.kind)) return `${which} closes when its cause is gone; it cannot be waived`;
  if (work.role !== 'admin' && work.role !== exception.owner) return `${which} is for ${exception.owner} to waive`;
  return undefined;
}

function isWaivable(kind: ExceptionKind): boolean {
  return termsOf(kind).waivable === true;
}
