// A person's yes: releases what waits for it now, and nothing that comes after.
import { recordAct } from '../store/audit-trail.ts';
import { lockShipments } from '../store/shipments.ts';
import { decideAgain, renamed } from './apply.ts';
import { gatherHeld } from './batch.ts';
import type { PipelineContext } from './context.ts';
import { record } from './record.ts';

export type Approval = {
  /** Only `adjustment-approval` waits for a yes. */
  readonly kind: string;
  /** The exception's subject: the shipment. */
  readonly subject: string;
  /** Who says yes: a key's id and name, or who stood at the command line. */
  readonly by: string;
};

export type ApprovalResult =
  | { readonly kind: 'released'; readonly documents: readonly string[] }
  | { readonly kind: 'nothing-waits'; readonly detail: string }
  | { readonly kind: 'not-approvable'; readonly detail: string };

export async function approve(context: PipelineContext, { kind, subject, by }: Approval): Promise<ApprovalResult> {
  if (kind !== 'adjustment-approval') {
    return { kind: 'not-approvable', detail: `${kind} cannot be approved; adjustment-approval can` };
  }
  const { store, clock } = context;
  return store.transaction(async (client) => {
    const rules = await context.rules.hold(client);
    const now = clock.now();
    const rows = await lockShipments(client, store.tenant, [subject]);
    const batch = await gatherHeld(client, store.tenant, { rows, rules, now, memory: context.memory });
    const state = batch.states.get(subject);
    if (state === undefined) return nothingWaits(subject);
    decideAgain(batch, state, { approvedBy: by });
    if (state.decided.length === 0) return nothingWaits(subject);
    renamed(batch, state);
    await record(client, store.tenant, batch);
    const documents = state.decided.map(({ document }) => document.number);
    const act = { actor: by, action: 'exception.approve', subject, detail: { kind, documents } };
    await recordAct(client, store.tenant, act, now);
    return { kind: 'released', documents } as const;
  });
}

function nothingWaits(subject: string): ApprovalResult {
  return { kind: 'nothing-waits', detail: `nothing of ${subject} waits for approval` };
}
