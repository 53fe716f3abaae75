// A customer objects to an invoice: somebody writes it down, with the reason, and later how it ended. Meanwhile the invoice is
// not collected; it stays open, and counts for the credit limit.
import type { ClientBase } from 'pg';
import { recordAct } from '../store/audit-trail.ts';
import { markAccountsDue } from '../store/candidates.ts';
import { closeDispute, openDispute } from '../store/customer-disputes.ts';
import type { PipelineContext } from './context.ts';

export type DisputeAct = {
  /** Our number. */
  readonly invoice: string;
  /** Why it is opened, or how it ended. */
  readonly reason: string;
  /** A key's id and name, or a user. */
  readonly by: string;
};
export type DisputeResult =
  | { readonly kind: 'done'; readonly customer: string }
  | { readonly kind: 'no-invoice' | 'not-possible'; readonly detail: string };

export async function disputeInvoice(context: Pick<PipelineContext, 'store' | 'clock'>, act: DisputeAct) {
  return change(context, act, 'invoice.dispute', async (client, tenant, customer, now) => {
    const opened = await openDispute(client, tenant, { ...act, customer }, now);
    return opened ? undefined : `${act.invoice} is disputed already; close that dispute first`;
  });
}

export async function endDispute(context: Pick<PipelineContext, 'store' | 'clock'>, act: DisputeAct) {
  return change(context, act, 'invoice.dispute-end', async (client, tenant, _, now) => {
    const closed = await closeDispute(client, tenant, { ...act, outcome: act.reason }, now);
    return closed ? undefined : `no dispute of ${act.invoice} is open`;
  });
}

type Change = (client: ClientBase, tenant: string, customer: string, now: number) => Promise<string | undefined>;

async function change(
  { store, clock }: Pick<PipelineContext, 'store' | 'clock'>,
  { invoice, reason, by }: DisputeAct,
  action: string,
  make: Change,
): Promise<DisputeResult> {
  return store.transaction(async (client): Promise<DisputeResult> => {
    const { rows } = await client.query<{ customer: string }>(
      `select customer from lading.invoice where tenant = $1 and number = $2 and kind <> 'credit-note'`,
      [store.tenant, invoice],
    );
    const customer = rows[0]?.customer;
    if (customer === undefined) return { kind: 'no-invoice', detail: `there is no invoice ${invoice}` };
    const now = clock.now();
    const detail = await make(client, store.tenant, customer, now);
    if (detail !== undefined) return { kind: 'not-possible', detail };
    await recordAct(client, store.tenant, { actor: by, action, subject: invoice, detail: { reason } }, now);
    await markAccountsDue(client, store.tenant, [customer], now);
    return { kind: 'done', customer };
  });
}
