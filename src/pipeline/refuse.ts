// A person's no: the differences that wait for approval are waived, with who said so, when and why.
import { withWaived } from '../domain/billing/waive.ts';
import { subtotalOf } from '../model/document.ts';
import { formatMinor } from '../model/money.ts';
import { recordAct } from '../store/audit-trail.ts';
import { lockShipments } from '../store/shipments.ts';
import { decideAgain, renamed } from './apply.ts';
import { gatherHeld } from './batch.ts';
import type { PipelineContext } from './context.ts';
import { record } from './record.ts';

export type Refusal = {
  /** The exception's subject: the shipment. */
  readonly subject: string;
  readonly by: string;
  readonly reason: string;
};

export type RefusalResult =
  | { readonly kind: 'waived'; readonly amounts: readonly string[] }
  | { readonly kind: 'nothing-waits'; readonly detail: string };

/** Waives what waits in `adjustment-approval` of a shipment now, and nothing that comes after. */
export async function refuse(context: PipelineContext, { subject, by, reason }: Refusal): Promise<RefusalResult> {
  const { store, clock } = context;
  return store.transaction(async (client) => {
    const rules = await context.rules.hold(client);
    const now = clock.now();
    const rows = await lockShipments(client, store.tenant, [subject]);
    const batch = await gatherHeld(client, store.tenant, { rows, rules, now, memory: context.memory });
    const state = batch.states.get(subject);
    if (state !== undefined) decideAgain(batch, state, {});
    const waiting = state?.decision?.awaitingApproval ?? [];
    if (state === undefined || waiting.length === 0) {
      return { kind: 'nothing-waits', detail: `nothing of ${subject} waits for approval` } as const;
    }
    state.standing = withWaived(state.standing, waiting);
    decideAgain(batch, state, {});
    renamed(batch, state);
    await record(client, store.tenant, batch);
    const amounts = waiting.map(
      ({ kind, currency, lines }) => `${kind} ${formatMinor(subtotalOf(lines), currency)} ${currency}`,
    );
    const act = { actor: by, action: 'exception.refuse', subject, detail: { reason, amounts } };
    await recordAct(client, store.tenant, act, now);
    return { kind: 'waived', amounts } as const;
  });
}
