// Answers that did not come in time: somebody must ask.
import { openExceptions } from '../../store/exceptions.ts';
import { overdueDemands } from '../../store/transport-demand.ts';
import type { PipelineContext } from '../context.ts';

/** Returns how many were found. */
export async function tellOverdue({ store, clock }: PipelineContext): Promise<number> {
  return store.transaction(async (client) => {
    const now = clock.now();
    const overdue = await overdueDemands(client, store.tenant, now);
    const raised = overdue.map(({ order, recipient, isAcknowledged }) => {
      const missing = isAcknowledged
        ? 'confirmed its receipt and did not say whether it will carry it'
        : 'did not confirm that it has it';
      return {
        kind: 'demand-unanswered' as const,
        subject: order,
        detail: `${recipient} was asked to carry order ${order}, and ${missing}.`,
      };
    });
    await openExceptions(client, store.tenant, raised, now);
    return overdue.length;
  });
}
