// Payments find their invoices, credit notes are set off: the cash side of a customer's account.
import type { ClientBase } from 'pg';
import { openAccount, settlePayment } from '../../domain/cash/account.ts';
import type { Settled } from '../../domain/cash/open-items.ts';
import { paidInErp } from '../../domain/cash/paid-in-erp.ts';
import type { PaymentReceived } from '../../model/event.ts';
import { formatMinor, parseMinor } from '../../model/money.ts';
import type { Instant } from '../../model/time.ts';
import { type AccountDocument, accountDocuments } from '../../store/accounts.ts';
import { markAccountsDue } from '../../store/candidates.ts';
import { notYetUndone } from '../../store/erp-payments.ts';
import { openExceptions } from '../../store/exceptions.ts';
import { residualsOf, setPaidInErp } from '../../store/payment-states.ts';
import {
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
  const account = openAccount(documents, known);
  const { open, made } = account;
  const tried = (await paymentsLeft(client, tenant, customer)).map((payment) => {
    return { payment, ...settlePayment(account, payment) };
  });
  await allocate(client, tenant, customer, made, now);
  await takeFromKeptBack(client, tenant, customer, tried);
  await markTried(client, tenant, customer, documents.length);
  await tellUnmatched(client, tenant, customer, tried, now);
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

function paidByInvoice(allocations: readonly Settled[]): Map<string, bigint> {
  const paid = new Map<string, bigint>();
  for (const { sourceKind, invoice, amountMinor } of allocations) {
    if (sourceKind === 'payment') paid.set(invoice, (paid.get(invoice) ?? 0n) + amountMinor);
  }
  return paid;
}

type Tried = { readonly payment: LeftPayment; readonly leftMinor: bigint };

async function tellUnmatched(
  client: ClientBase,
  tenant: string,
  customer: string,
  tried: readonly Tried[],
  now: Instant,
): Promise<void> {
  const unmatched = tried.filter(({ leftMinor }) => leftMinor > 0n);
  const matched = tried.flatMap(({ payment: { payment }, leftMinor }) => (leftMinor > 0n ? [] : [payment]));
  const raised = unmatched.map((each) => {
    return { kind: 'payment-unmatched' as const, subject: each.payment.payment, detail: unmatchedDetail(each) };
  });
  await openExceptions(client, tenant, raised, now);
  await closeUnmatched(client, tenant, customer, matched, now);
}

function unmatchedDetail({ payment: { customer, currency, legalEntity, remittance }, leftMinor }: Tried): string {
  const named = remittance.map(({ invoice }) => invoice).join(', ');
  const why =
    named === ''
      ? 'no one open invoice had that amount; the next invoice tries it again, or a person says what it is for'
      : `its remittance names ${named}`;
  const to = legalEntity === undefined ? '' : ` to ${legalEntity}`;
  return `${formatMinor(leftMinor, currency)} ${currency} of ${customer}${to} found no invoice: ${why}.`;
}
