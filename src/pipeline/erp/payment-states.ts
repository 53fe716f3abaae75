// Payments come back from the ERP: what it says is still open on our posted documents becomes a fact, and the accounts that
// it concerns are looked at again. Whoever reads the ERP calls this; how it is read is the connector's.
import type { PaymentState } from '../../model/payment-state.ts';
import { markAccountsDue } from '../../store/candidates.ts';
import { keepPaymentStates } from '../../store/payment-states.ts';
import type { PipelineContext } from '../context.ts';

/**
 * Takes readings of posted documents, in any order and as often as they come; returns how many customers they concern.
 * Readings of drafts and of cancelled documents are not for here: they say nothing of payment.
 */
export async function takePaymentStates(
  { store, clock }: Pick<PipelineContext, 'store' | 'clock'>,
  system: string,
  states: readonly PaymentState[],
): Promise<number> {
  if (states.length === 0) return 0;
  return store.transaction(async (client) => {
    const now = clock.now();
    const customers = await keepPaymentStates(client, store.tenant, system, states, now);
    await markAccountsDue(client, store.tenant, customers, now);
    return customers.length;
  });
}
