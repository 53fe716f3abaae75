// How far the billing of shipments is, in the words of `explain`, for those who show it elsewhere.
import type { BillingState } from '../model/decision.ts';
import { shipmentExplanations } from './explain/find-shipment.ts';
import type { ExplainContext } from './explain.ts';

/** One whose plan is not known is missing. All as of one moment. */
export async function explainBilling(
  { store, clock, rules: book }: ExplainContext,
  shipments: readonly string[],
): Promise<ReadonlyMap<string, { readonly billing: BillingState; readonly reason?: string }>> {
  return store.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const asked = { client, tenant: store.tenant, rules: await book.current(client), now: clock.now() };
    const words = new Map<string, { billing: BillingState; reason?: string }>();
    for (const [shipment, { billing, billingBecause: reason }] of await shipmentExplanations(asked, shipments)) {
      if (billing === undefined) continue;
      words.set(shipment, { billing: billing as BillingState, ...(reason === undefined ? {} : { reason }) });
    }
    return words;
  });
}
