// A person lets the invoice of one shipment go beyond its customer's credit limit; with who said so, when and why.
import { recordAct } from '../../store/audit-trail.ts';
import { markAccountsDue } from '../../store/candidates.ts';
import { appendActAbout } from '../../store/exception-acts.ts';
import type { PipelineContext } from '../context.ts';
import { decideHeld, withHeldShipment, writeHeld } from './held-shipment.ts';

export type CreditRelease = {
  /** The exception's subject: the shipment. */
  readonly subject: string;
  readonly by: string;
  readonly reason: string;
};

export type CreditReleased =
  | { readonly kind: 'released' }
  | { readonly kind: 'nothing-waits'; readonly detail: string };

/**
 * Its account is settled next, and passes it over the limit; what is invoiced counts for the others as ever. It holds for what is
 * held now: once that is invoiced, the limit is asked again.
 */
export async function releaseCredit(
  context: PipelineContext,
  { subject, by, reason }: CreditRelease,
): Promise<CreditReleased> {
  return withHeldShipment(context, subject, async (held) => {
    const isHeld = held?.state.standing.creditHeld === true;
    const isReleased = held?.state.standing.creditReleased === true;
    if (held === undefined || !isHeld || isReleased) {
      const detail = `${subject} is ${isReleased ? 'released already' : 'not held by a credit limit'}`;
      return { kind: 'nothing-waits', detail };
    }
    const { client, tenant, now, state } = held;
    state.standing = { ...state.standing, creditReleased: true };
    decideHeld(held);
    await writeHeld(held);
    const customer = state.change?.customer;
    if (customer !== undefined) await markAccountsDue(client, tenant, [customer], now);
    await recordAct(client, tenant, { actor: by, action: 'exception.release', subject, detail: { reason } }, now);
    const act = { act: 'released', actor: by, says: reason } as const;
    await appendActAbout(client, tenant, { kind: 'credit-hold', subject }, act, now);
    return { kind: 'released' };
  });
}
