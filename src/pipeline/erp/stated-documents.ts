// What the ERP says of our documents moves our books: what is open there settles receivables here; what a person cancelled
// there bills nothing any more, until it is posted again; what a person credited there is a credit note of ours too.
//
// The charges follow: what they lack on documents is an adjustment, which waits for an approver whatever its size. So nothing
// that a person did there is undone unless a person says so: `approve` bills it anew, `refuse` waives it.
import type { ClientBase } from 'pg';
import { documentByHand } from '../../domain/billing/credit-by-hand.ts';
import { recordOnce } from '../../domain/tax/desk.ts';
import { numberByHand } from '../../model/by-hand.ts';
import type { DocumentStated } from '../../model/event.ts';
import { parseMinor } from '../../model/money.ts';
import type { PaymentState } from '../../model/payment-state.ts';
import type { Instant } from '../../model/time.ts';
import { markAccountsDue } from '../../store/candidates.ts';
import { closeExceptions, openExceptions, type RaisedException } from '../../store/exceptions.ts';
import { keepDocumentByHand } from '../../store/invoices.ts';
import { keepPaymentStates } from '../../store/payment-states.ts';
import { wakeShipments } from '../../store/shipments.ts';
import {
  type Concerned,
  changeTaxRecords,
  creditedDocument,
  heldNumbers,
  type StatedState,
  shipmentsConcerned,
  takeStates,
} from '../../store/stated-documents.ts';
import { ERP_SYSTEM } from '../context.ts';
import type { Arrival } from '../translate.ts';

const CHANGED = 'erp-document-changed';

export type Statement = { readonly data: DocumentStated; readonly readAt: Instant };

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
  await takeStatements(client, tenant, stated, now);
}

/** Statements in the order they were read; the same one again changes nothing. */
export async function takeStatements(
  client: ClientBase,
  tenant: string,
  stated: readonly Statement[],
  now: Instant,
): Promise<void> {
  if (stated.length === 0) return;
  const states = stated.flatMap(({ data, readAt }) => paymentStateOf(data, readAt) ?? []);
  const last = [...new Map(stated.map(({ data }) => [subjectOf(data), data])).values()];
  const notes = await newNotes(client, tenant, last);
  const credited = notes.map(({ document }) => document);
  // Shipments first: whoever decides about them holds them first too, so neither waits for the other in a circle.
  const shipments = await shipmentsConcerned(client, tenant, last.map(stateIn), credited);
  await wakeShipments(client, tenant, shipments, now);
  const moved = await takeStates(client, tenant, last.map(stateIn));
  const changed = [...moved, ...(await takeNotes(client, tenant, notes, now))];
  await changeTaxRecords(
    client,
    tenant,
    moved.map(({ number }) => number),
    recordOnce,
  );
  const customers = await keepPaymentStates(client, tenant, ERP_SYSTEM, states, now);
  await markAccountsDue(client, tenant, [...new Set([...customers, ...changed.map(({ customer }) => customer)])], now);
  // What a person has answered is not asked again because it is read again.
  const news = new Set(changed.map(({ number }) => number));
  const held = await heldNumbers(client, tenant, last.map(numberOf));
  const isNews = (data: DocumentStated) => news.has(numberOf(data)) || !held.has(numberOf(data));
  const raised = last.filter(isNews).flatMap((data) => troubleIn(data) ?? []);
  const gone = last.filter((data) => troubleIn(data) === undefined);
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

/** Of the document that is told of: a note by hand, or one of ours. */
function numberOf({ document, creditedBy }: DocumentStated): string {
  return creditedBy === undefined ? document : numberByHand(document, creditedBy.record ?? creditedBy.erpNumber);
}

function stateIn(data: DocumentStated): StatedState {
  const isPosted = data.creditedBy?.isPosted ?? data.state === 'posted';
  return { number: numberOf(data), state: isPosted ? 'posted' : 'cancelled' };
}

// Of a note that says what it comes to; what it credits may be a bill, or not be posted here.
async function newNotes(
  client: ClientBase,
  tenant: string,
  stated: readonly DocumentStated[],
): Promise<DocumentStated[]> {
  const posted = stated.filter(({ creditedBy }) => creditedBy?.isPosted && creditedBy.subtotal !== undefined);
  const held = await heldNumbers(client, tenant, posted.map(numberOf));
  return posted.filter((data) => !held.has(numberOf(data)));
}

async function takeNotes(
  client: ClientBase,
  tenant: string,
  notes: readonly DocumentStated[],
  now: Instant,
): Promise<Concerned[]> {
  const taken: Concerned[] = [];
  for (const { document, creditedBy, currency } of notes) {
    if (creditedBy?.record === undefined) continue;
    const { record, erpNumber, subtotal = '', tax = '0' } = creditedBy;
    const credited = await creditedDocument(client, tenant, document);
    const subtotalMinor = parseMinor(subtotal, currency) ?? 0n;
    const note = { record, erpNumber, subtotalMinor, taxMinor: parseMinor(tax, currency) ?? 0n };
    const made = credited?.currency === currency ? documentByHand(credited, note, now) : undefined;
    if (made === undefined) continue;
    await keepDocumentByHand(client, tenant, made, { erpId: record, erpNumber });
    taken.push({ number: made.number, customer: made.customer, shipments: made.shipments });
  }
  return taken;
}

const CHOICE = '`lading approve` the adjustment to bill it anew, or `lading refuse` it to let it stand.';

function troubleIn(data: DocumentStated): RaisedException | undefined {
  const { document, state, creditedBy, currency } = data;
  const raised = (detail: string): RaisedException => ({ kind: CHANGED, subject: subjectOf(data), detail });
  if (creditedBy?.isPosted) {
    const { erpNumber, amount } = creditedBy;
    return raised(
      `The credit note ${erpNumber} over ${amount} ${currency} was made in the ERP against ${document}. ${CHOICE}`,
    );
  }
  if (state === 'posted') return undefined;
  return raised(
    `${document} was ${state} in the ERP, and its charges are not invoiced any more. Post it there again; or ${CHOICE}`,
  );
}
