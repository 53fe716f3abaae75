// Payments find their invoices, credit notes are set off: the cash side of a customer's account.
import type { ClientBase } from 'pg';
import { applyPayment } from '../../domain/cash/apply-payment.ts';
import { openItems } from '../../domain/cash/open-items.ts';
import { paidInErp } from '../../domain/cash/paid-in-erp.ts';
import { type SetOff, setOffNotes } from '../../domain/cash/set-off.ts';
import type { PaymentReceived } from '../../model/event.ts';
import { formatMinor, parseMinor } from '../../model/money.ts';
import type { Instant } from '../../model/time.ts';
import { type AccountDocument, accountDocuments } from '../../store/accounts.ts';
import { markAccountsDue } from '../../store/candidates.ts';
import { notYetUndone } from '../../store/erp-payments.ts';
import { openExceptions } from '../../store/exceptions.ts';
import { residualsOf, setPaidInErp } from '../../store/payment-states.ts';
import {
  type Allocation,
  allocate,
  allocationsOf,
  keepPayments,
  type LeftPayment,
  markTried,
  type NewPayment,
  paymentsLeft,
  takeFromKeptBack,
} from '../../store/payments.ts';
import { keepReversals } from '../../store/reversals.ts';
import type { Arrival } from '../translate.ts';
import { reversalFrom, takeBackReversed } from './reversals.ts';
import { closeUnmatched } from './unmatched.ts';

/** Keeps the payments among these arrivals, and their reversals, and has their accounts looked at. */
export async function takePayments(client: ClientBase, tenant: string, arrivals: readonly Arrival[], now: Instant) {
  const payments = arrivals.flatMap(({ eventId, translated: { event } }) =>
    event.type === 'payment.received' ? [paymentFrom(event.data, eventId)] : [],
  );
  await keepPayments(client, tenant, payments, now);
  const reversals = arrivals.flatMap(({ eventId, translated: { event } }) =>
    event.type === 'payment.reversed' ? [reversalFrom(event.data, eventId)] : [],
  );
  await keepReversals(client, tenant, reversals, now);
  const customers = [...payments, ...reversals].map(({ customer }) => customer);
  await markAccountsDue(client, tenant, customers, now);
}

// Amounts that are none of their currency never come here (partners/amount-fault.ts).
function paymentFrom(
  { amount, remittance = [], text = '', references = [], ...data }: PaymentReceived,
  eventId: string,
): NewPayment {
  const minor = (text: string) => parseMinor(text, data.currency) ?? 0n;
  const { payment, customer, currency, receivedOn, legalEntity } = data;
  return {
    ...(legalEntity === undefined ? {} : { legalEntity }),
    customer,
    payment,
    currency,
    receivedOn,
    text,
    references,
    eventId,
    amountMinor: minor(amount),
    remittance: remittance.map(({ invoice, amount: part }) => ({ invoice, amountMinor: minor(part) })),
  };
}

export type Ledger = {
  readonly documents: readonly AccountDocument[];
  /** By number, with tax. */
  readonly open: ReadonlyMap<string, bigint>;
};

/** Applies what can be applied now, and says what is open after it. The account is held. */
export async function applyCash(client: ClientBase, tenant: string, customer: string, now: Instant): Promise<Ledger> {
  await takeBackReversed(client, tenant, customer, now);
  const documents = await accountDocuments(client, tenant, customer);
  // What the ERP alone knows to be paid is reckoned anew at the end: a payment that reaches us may explain it.
  const known = (await allocationsOf(client, tenant, customer)).filter(({ sourceKind }) => sourceKind !== 'erp');
  const open = openItems(documents, known);
  const made = setOffAll(customer, documents, open);
  const setOff: { payment: string; amountMinor: bigint }[] = [];
  for (const payment of await paymentsLeft(client, tenant, customer)) {
    const { allocations, leftMinor, keptBackMinor } = settlePayment(payment, documents, open, [...known, ...made]);
    made.push(...allocations);
    if (keptBackMinor > 0n) setOff.push({ payment: payment.payment, amountMinor: keptBackMinor });
    await tellUnmatched(client, tenant, payment, leftMinor, now);
  }
  await allocate(client, tenant, made, now);
  await takeFromKeptBack(client, tenant, customer, setOff);
  await markTried(client, tenant, customer, documents.length);
  const elsewhere = paidInErp({
    documents,
    residuals: await residualsOf(client, tenant, customer),
    paidMinor: paidByInvoice([...known, ...made]),
    takenBackMinor: await notYetUndone(client, tenant, customer),
    openMinor: open,
  });
  await setPaidInErp(client, tenant, customer, elsewhere, now);
  for (const [number, amountMinor] of elsewhere) open.set(number, (open.get(number) ?? 0n) - amountMinor);
  return { documents, open };
}

function paidByInvoice(allocations: readonly Allocation[]): Map<string, bigint> {
  const paid = new Map<string, bigint>();
  for (const { sourceKind, invoice, amountMinor } of allocations) {
    if (sourceKind === 'payment') paid.set(invoice, (paid.get(invoice) ?? 0n) + amountMinor);
  }
  return paid;
}

function setOffAll(customer: string, documents: readonly AccountDocument[], open: Map<string, bigint>): Allocation[] {
  return setOffNotes(documents, open).map((setOff) => takeSetOff(customer, setOff, open));
}

// Each step takes what it settles off `open`, so that the next one sees it.
function takeSetOff(customer: string, { note, invoice, amountMinor }: SetOff, open: Map<string, bigint>): Allocation {
  open.set(invoice, (open.get(invoice) ?? 0n) - amountMinor);
  open.set(note, (open.get(note) ?? 0n) - amountMinor);
  return { sourceKind: 'credit-note', customer, source: note, invoice, amountMinor };
}

function settlePayment(
  { customer, payment, currency, legalEntity, amountMinor, remittance, text, documentsSeen }: LeftPayment,
  documents: readonly AccountDocument[],
  open: Map<string, bigint>,
  known: readonly Allocation[],
) {
  const applied = new Map(
    known
      .filter(({ sourceKind, source }) => sourceKind === 'payment' && source === payment)
      .map((allocation) => [allocation.invoice, allocation.amountMinor]),
  );
  const setOff = known.flatMap(({ sourceKind, source: note, invoice, amountMinor: part }) =>
    sourceKind === 'credit-note' ? [{ note, invoice, amountMinor: part }] : [],
  );
  const wasTried = documentsSeen === documents.length;
  const withOpen = documents.map((document) => ({ ...document, openMinor: open.get(document.number) ?? 0n }));
  const notes = withOpen.filter(({ kind }) => kind === 'credit-note');
  const invoices = withOpen.filter(({ kind }) => kind !== 'credit-note');
  const { applications, setOffs, leftMinor } = applyPayment(
    { payment, currency, legalEntity, amountMinor, remittance, text, applied, setOff, wasTried },
    invoices,
    notes,
  );
  const keptBack = setOffs.map((setOff) => takeSetOff(customer, setOff, open));
  const paid = applications.map(({ number: invoice, amountMinor: part }): Allocation => {
    open.set(invoice, (open.get(invoice) ?? 0n) - part);
    return { sourceKind: 'payment', customer, source: payment, invoice, amountMinor: part };
  });
  const keptBackMinor = keptBack.reduce((sum, each) => sum + each.amountMinor, 0n);
  return { allocations: [...keptBack, ...paid], leftMinor, keptBackMinor };
}

async function tellUnmatched(
  client: ClientBase,
  tenant: string,
  { customer, payment, currency, legalEntity, remittance }: LeftPayment,
  leftMinor: bigint,
  now: Instant,
): Promise<void> {
  const exception = { kind: 'payment-unmatched' as const, subject: payment };
  if (leftMinor <= 0n) return closeUnmatched(client, tenant, customer, [payment], now);
  const named = remittance.map(({ invoice }) => invoice).join(', ');
  const why =
    named === ''
      ? 'no one open invoice had that amount; the next invoice tries it again, or a person says what it is for'
      : `its remittance names ${named}`;
  const to = legalEntity === undefined ? '' : ` to ${legalEntity}`;
  const detail = `${formatMinor(leftMinor, currency)} ${currency} of ${customer}${to} found no invoice: ${why}.`;
  await openExceptions(client, tenant, [{ ...exception, detail }], now);
}
