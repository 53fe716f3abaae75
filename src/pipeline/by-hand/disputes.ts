// A customer objects to an invoice, or to a line of it: it is written down with the reason, both sides say what they have to
// say, and in the end how it ended. Meanwhile the invoice is not collected; it stays open, and counts for the credit limit.
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { AttachedFile, DisputeVerdict } from '../../model/customer-dispute.ts';
import type { Instant } from '../../model/time.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { markAccountsDue } from '../../store/candidates.ts';
import {
  addComment,
  closeDispute,
  type DisputedLine,
  holdDispute,
  openDispute,
  openDisputesOf,
} from '../../store/customer-disputes.ts';
import type { PipelineContext } from '../context.ts';

type Context = Pick<PipelineContext, 'store' | 'clock'>;

/** Who acts: a key's id and name, or a user; and the customer that it belongs to, beyond which it reaches nothing. */
type Actor = { readonly by: string; readonly customer?: string };

export type DisputeAct = Actor & {
  /** Our number. */
  readonly invoice: string;
  /** Without it, the whole invoice. */
  readonly line?: DisputedLine;
  readonly reason: string;
  readonly file?: AttachedFile;
};
export type DisputeEnd = Actor & {
  /** Why it ends so. */
  readonly reason: string;
  readonly verdict?: DisputeVerdict;
};
export type DisputeResult =
  | { readonly kind: 'done'; readonly id: string; readonly customer: string }
  | { readonly kind: 'not-found' | 'not-possible'; readonly detail: string };

const COMMENTS_AT_MOST = 500;

export async function disputeInvoice({ store, clock }: Context, act: DisputeAct): Promise<DisputeResult> {
  return store.transaction(async (client): Promise<DisputeResult> => {
    const { tenant } = store;
    const now = clock.now();
    const customer = await customerOf(client, tenant, act);
    if (customer === undefined) return { kind: 'not-found', detail: `there is no invoice ${act.invoice}` };
    if (act.line !== undefined && !(await hasLine(client, tenant, act.invoice, act.line))) {
      const { shipment, code } = act.line;
      return { kind: 'not-found', detail: `${act.invoice} has no line ${code} of shipment ${shipment}` };
    }
    const byCustomer = act.customer !== undefined;
    const id = await openDispute(client, tenant, { ...act, customer, byCustomer }, now);
    if (id === undefined) {
      const what = act.line === undefined ? act.invoice : `${act.line.code} of ${act.line.shipment}`;
      return { kind: 'not-possible', detail: `${what} is disputed already; close that dispute first` };
    }
    await addComment(client, tenant, commentFrom(id, act, act.reason), now);
    await written(client, tenant, { ...act, customer, action: 'invoice.dispute' }, now);
    return { kind: 'done', id, customer };
  });
}

/** One more word from either side. */
export async function sayOnDispute(
  { store, clock }: Context,
  act: Actor & { readonly id: string; readonly text: string; readonly file?: AttachedFile },
): Promise<DisputeResult> {
  return store.transaction(async (client): Promise<DisputeResult> => {
    const now = clock.now();
    const held = await holdDispute(client, store.tenant, act.id, act.customer);
    if (held === undefined) return { kind: 'not-found', detail: `there is no dispute ${act.id}` };
    if (!held.isOpen) return { kind: 'not-possible', detail: `dispute ${act.id} has ended: open another one` };
    if (held.comments >= COMMENTS_AT_MOST) return { kind: 'not-possible', detail: 'so much was said: call each other' };
    await addComment(client, store.tenant, commentFrom(act.id, act, act.text), now);
    const said = {
      actor: act.by,
      action: 'invoice.dispute-comment',
      subject: held.invoice,
      detail: { dispute: act.id },
    };
    await recordAct(client, store.tenant, said, now);
    return { kind: 'done', id: act.id, customer: held.customer };
  });
}

/** By its own id. */
export async function endDispute({ store, clock }: Context, act: DisputeEnd & { id: string }): Promise<DisputeResult> {
  return store.transaction((client) => end(client, store.tenant, act, clock.now()));
}

/** The one that is open for this invoice. */
export async function endDisputeOf(
  { store, clock }: Context,
  act: DisputeEnd & { invoice: string },
): Promise<DisputeResult> {
  return store.transaction(async (client): Promise<DisputeResult> => {
    if ((await customerOf(client, store.tenant, act)) === undefined) {
      return { kind: 'not-found', detail: `there is no invoice ${act.invoice}` };
    }
    const [id, ...others] = await openDisputesOf(client, store.tenant, act.invoice);
    if (id === undefined) return { kind: 'not-possible', detail: `no dispute of ${act.invoice} is open` };
    if (others.length === 0) return end(client, store.tenant, { ...act, id }, clock.now());
    const detail = `${act.invoice} has several open disputes: end each by POST /v1/customer-disputes/{id}/close, with id ${[id, ...others].join(', ')}`;
    return { kind: 'not-possible', detail };
  });
}

async function end(
  client: ClientBase,
  tenant: string,
  act: DisputeEnd & { id: string },
  now: Instant,
): Promise<DisputeResult> {
  const held = await holdDispute(client, tenant, act.id, act.customer);
  if (held === undefined) return { kind: 'not-found', detail: `there is no dispute ${act.id}` };
  const { invoice, customer } = held;
  if (!(await closeDispute(client, tenant, { ...act, outcome: act.reason }, now))) {
    return { kind: 'not-possible', detail: `dispute ${act.id} has ended already` };
  }
  await written(client, tenant, { ...act, invoice, customer, action: 'invoice.dispute-end' }, now);
  return { kind: 'done', id: act.id, customer };
}

async function written(
  client: ClientBase,
  tenant: string,
  act: { by: string; action: string; invoice: string; customer: string; reason: string; line?: DisputedLine },
  now: Instant,
): Promise<void> {
  const detail = { reason: act.reason, ...act.line };
  await recordAct(client, tenant, { actor: act.by, action: act.action, subject: act.invoice, detail }, now);
  await markAccountsDue(client, tenant, [act.customer], now);
}

function commentFrom(dispute: string, { by, customer, file }: Actor & { file?: AttachedFile }, text: string) {
  const sha256 = file && createHash('sha256').update(file.content).digest('hex');
  return {
    ...{ dispute, by, text, fromCustomer: customer !== undefined },
    ...(file === undefined || sha256 === undefined ? {} : { file: { ...file, sha256 } }),
  };
}

async function customerOf(
  client: ClientBase,
  tenant: string,
  { invoice, customer }: { invoice: string; customer?: string },
): Promise<string | undefined> {
  const { rows } = await client.query<{ customer: string }>(
    `select customer from lading.invoice
      where tenant = $1 and number = $2 and kind <> 'credit-note' and ($3::text is null or customer = $3)`,
    [tenant, invoice, customer],
  );
  return rows[0]?.customer;
}

async function hasLine(client: ClientBase, tenant: string, invoice: string, { shipment, code }: DisputedLine) {
  const { rowCount } = await client.query(
    'select from lading.invoice_line where tenant = $1 and number = $2 and shipment = $3 and code = $4 limit 1',
    [tenant, invoice, shipment, code],
  );
  return rowCount === 1;
}
