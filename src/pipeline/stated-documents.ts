// What the ERP says of our documents moves our books: what is open there settles receivables here; what a person cancelled,
// deleted or credited there by hand is told to finance, for our charges still stand on it.
import type { ClientBase } from 'pg';
import type { DocumentStated } from '../model/event.ts';
import { parseMinor } from '../model/money.ts';
import type { PaymentState } from '../model/payment-state.ts';
import type { Instant } from '../model/time.ts';
import { markAccountsDue } from '../store/candidates.ts';
import { closeExceptions, openExceptions, type RaisedException } from '../store/exceptions.ts';
import { keepPaymentStates } from '../store/payment-states.ts';
import { ERP_SYSTEM } from './context.ts';
import type { Arrival } from './translate.ts';

const CHANGED = 'erp-document-changed';

/** Takes the statements among these arrivals. */
export async function takeStatedDocuments(
  client: ClientBase,
  tenant: string,
  arrivals: readonly Arrival[],
  now: Instant,
): Promise<void> {
  const stated = arrivals.flatMap(({ translated: { event }, message: { receivedAt } }) =>
    event.type === 'document.stated' ? [{ data: event.data, readAt: receivedAt }] : [],
  );
  if (stated.length === 0) return;
  const states = stated.flatMap(({ data, readAt }) => paymentStateOf(data, readAt) ?? []);
  const customers = await keepPaymentStates(client, tenant, ERP_SYSTEM, states, now);
  await markAccountsDue(client, tenant, customers, now);
  const last = new Map(stated.map(({ data }) => [subjectOf(data), data]));
  const raised = [...last.values()].flatMap((data) => troubleIn(data) ?? []);
  const gone = [...last.values()].filter((data) => troubleIn(data) === undefined);
  await closeExceptions(
    client,
    tenant,
    gone.map((data) => ({ kind: CHANGED, subject: subjectOf(data) })),
    now,
  );
  await openExceptions(client, tenant, raised, now);
}

function paymentStateOf(data: DocumentStated, readAt: Instant): PaymentState | undefined {
  if (data.state !== 'posted' || data.creditedBy !== undefined) return undefined;
  const residualMinor = parseMinor(data.open, data.currency);
  if (residualMinor === undefined) return undefined;
  const { document: number, paymentState: state } = data;
  return { number, residualMinor, readAt, ...(state === undefined ? {} : { state }) };
}

// A note by hand is a thing of its own: its invoice may be all right and say so.
function subjectOf({ document, creditedBy }: DocumentStated): string {
  return creditedBy === undefined ? document : `${document} ${creditedBy.erpNumber}`;
}

function troubleIn(data: DocumentStated): RaisedException | undefined {
  const { document, state, creditedBy, currency } = data;
  const raised = (detail: string): RaisedException => ({ kind: CHANGED, subject: subjectOf(data), detail });
  if (creditedBy?.isPosted) {
    return raised(
      `The credit note ${creditedBy.erpNumber} over ${creditedBy.amount} ${currency} was made in the ERP against ${document}, and our charges do not know of it. Correct the charge here, or reverse the note there.`,
    );
  }
  if (state === 'posted') return undefined;
  return raised(
    `${document} was ${state} in the ERP, and our books still have it as invoiced. Post it there again, or correct the charges here.`,
  );
}
