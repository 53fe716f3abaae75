// A person's no: the differences that wait for approval are waived, and what waits by hand never counts; with who said so, when and why.
import { withWaived } from '../../domain/billing/waive.ts';
import { subtotalOf } from '../../model/document.ts';
import { formatMinor } from '../../model/money.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { appendActAbout } from '../../store/exception-acts.ts';
import { closeChanges } from '../../store/stated-documents.ts';
import type { PipelineContext } from '../context.ts';
import { decideHeld, withHeldShipment, writeHeld } from './held-shipment.ts';
import { ruleOnEntries } from './rule-on-entries.ts';

export type Refusal = {
  /** The exception's subject: the shipment. */
  readonly subject: string;
  readonly by: string;
  readonly reason: string;
};

export type RefusalResult =
  | {
      readonly kind: 'waived';
      readonly amounts: readonly string[];
      /** What was entered by hand and never counts, in words. */
      readonly entries: readonly string[];
    }
  | { readonly kind: 'nothing-waits'; readonly detail: string };

/** Says no to what waits in `adjustment-approval` of a shipment now, and to nothing that comes after. */
export async function refuse(context: PipelineContext, { subject, by, reason }: Refusal): Promise<RefusalResult> {
  return withHeldShipment(context, subject, async (held) => {
    const waiting = (held && decideHeld(held)?.awaitingApproval) ?? [];
    const entries = held === undefined ? [] : await ruleOnEntries(held, { ruling: 'refused', by, reason });
    if (held === undefined || waiting.length + entries.length === 0) {
      return { kind: 'nothing-waits', detail: `nothing of ${subject} waits for approval` } as const;
    }
    const { client, tenant, now, state } = held;
    state.standing = withWaived(state.standing, waiting);
    decideHeld(held);
    await writeHeld(held);
    await closeChanges(client, tenant, subject, now);
    const amounts = waiting.map(
      ({ kind, currency, lines }) => `${kind} ${formatMinor(subtotalOf(lines), currency)} ${currency}`,
    );
    const detail = { reason, amounts, ...(entries.length > 0 ? { entries } : {}) };
    await recordAct(client, tenant, { actor: by, action: 'exception.refuse', subject, detail }, now);
    const act = { act: 'refused', actor: by, says: reason, detail: { amounts } } as const;
    await appendActAbout(client, tenant, { kind: 'adjustment-approval', subject }, act, now);
    return { kind: 'waived', amounts, entries } as const;
  });
}
