// A person moves a dispute on: sent to the carrier, accepted by it, paid short, or written off. Settled, its bill goes to the ERP.

import { settle } from '../../domain/audit/dispute.ts';
import { OBJECTIONS, subjectOf } from '../../domain/audit/objection.ts';
import type { DisputeMove } from '../../model/carrier-dispute.ts';
import { formatMinor, parseMinor } from '../../model/money.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { type HeldDispute, holdDispute, nameBill, takeStep } from '../../store/carrier-disputes.ts';
import { closeExceptions } from '../../store/exceptions.ts';
import { intendBills } from '../../store/vendor-bills.ts';
import { ERP_SYSTEM, type PipelineContext } from '../context.ts';

export type MoveAsked = {
  /** That of its carrier's invoice. */
  readonly id: string;
  readonly to: DisputeMove;
  readonly by: string;
  readonly reason: string;
  /** How much the carrier gives up, in major units, where that is not all. */
  readonly recovered?: string;
};

export type MoveResult =
  | { readonly kind: 'moved' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly detail: string };

export async function moveDispute(context: PipelineContext, asked: MoveAsked): Promise<MoveResult> {
  const { store, clock } = context;
  return store.transaction(async (client) => {
    const rules = await context.rules.hold(client);
    const dispute = await holdDispute(client, store.tenant, asked.id);
    if (dispute === undefined) return { kind: 'unknown' } as const;
    const given = recoveredIn(asked, dispute);
    if (given === 'no-amount') {
      return {
        kind: 'refused',
        detail: `recovered is ${asked.recovered}, which is no amount of ${dispute.currency}`,
      } as const;
    }
    const settled = settle({ ...dispute, hasBill: dispute.bill !== undefined }, asked.to, given);
    if (!settled.ok) return { kind: 'refused', detail: `dispute ${subjectOf(dispute)}: ${settled.detail}` } as const;
    const now = clock.now();
    const { id, to: state, by: actor, reason } = asked;
    await takeStep(client, store.tenant, { id, state, actor, reason, ...settled }, now);
    if (state !== 'sent') {
      await closeExceptions(client, store.tenant, [{ kind: OBJECTIONS.disputed, subject: subjectOf(dispute) }], now);
    }
    if (settled.payable !== undefined && settled.payable.length > 0) {
      const bill = `bill:${subjectOf(dispute)}`;
      const isDraft = rules.audit.get(dispute.carrier)?.bills === 'draft';
      await nameBill(client, store.tenant, { id, bill, isDraft });
      await intendBills(client, store.tenant, ERP_SYSTEM, [bill], now);
    }
    const detail = { to: state, reason, recovered: formatMinor(settled.recoveredMinor, dispute.currency) };
    await recordAct(client, store.tenant, { actor, action: 'dispute.move', subject: subjectOf(dispute), detail }, now);
    return { kind: 'moved' } as const;
  });
}

function recoveredIn({ recovered }: MoveAsked, { currency }: HeldDispute): bigint | undefined | 'no-amount' {
  return recovered === undefined ? undefined : (parseMinor(recovered, currency) ?? 'no-amount');
}
