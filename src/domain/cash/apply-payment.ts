// Which invoices a payment settles: those its remittance names, else those that its text names, else the one open invoice
// of exactly its amount.
//
// What cannot be applied stays on the payment and is tried again when an invoice appears (contract section 3, "Payments").

import type { Currency } from '../../model/money.ts';
import { namedInText } from './named-in-text.ts';

export type OpenInvoice = {
  /** Ours. */
  readonly number: string;
  readonly erpNumber?: string;
  readonly currency: Currency;
  readonly legalEntity?: string;
  readonly openMinor: bigint;
};

export type Payment = {
  readonly payment: string;
  readonly currency: Currency;
  /** Which of ours was paid, as far as told. */
  readonly legalEntity?: string;
  readonly amountMinor: bigint;
  readonly remittance: readonly { readonly invoice: string; readonly amountMinor: bigint }[];
  /** What the payer wrote. */
  readonly text: string;
  /** What it has settled before, by our invoice number. */
  readonly applied: ReadonlyMap<string, bigint>;
};

export type Application = { readonly number: string; readonly amountMinor: bigint };

/** What can be applied now, beyond what was; `leftMinor` is what stays on the payment. `invoices`: of its customer. */
export function applyPayment(
  payment: Payment,
  invoices: readonly OpenInvoice[],
): { readonly applications: readonly Application[]; readonly leftMinor: bigint } {
  const leftMinor = payment.amountMinor - [...payment.applied.values()].reduce((sum, amount) => sum + amount, 0n);
  const payable = invoices.filter((invoice) => invoice.currency === payment.currency && isOwedTo(payment, invoice));
  const applications = applicationsOf(payment, payable, leftMinor);
  return {
    applications,
    leftMinor: leftMinor - applications.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
  };
}

/** What was paid to one legal entity settles nothing of another's; who is not named may be anybody. */
export function isOwedTo(payment: Pick<Payment, 'legalEntity'>, invoice: Pick<OpenInvoice, 'legalEntity'>): boolean {
  if (payment.legalEntity === undefined || invoice.legalEntity === undefined) return true;
  return payment.legalEntity === invoice.legalEntity;
}

function applicationsOf(payment: Payment, invoices: readonly OpenInvoice[], leftMinor: bigint): Application[] {
  if (payment.remittance.length > 0) return byRemittance(payment, invoices, leftMinor);
  const named = byText(payment.text, invoices, leftMinor);
  return named.length > 0 ? named : byExactAmount(invoices, leftMinor);
}

// A text names invoices without amounts: each gets what it has open, in the order named, as far as the money goes.
function byText(text: string, invoices: readonly OpenInvoice[], leftMinor: bigint): Application[] {
  let left = leftMinor;
  return namedInText(
    text,
    invoices.filter(({ openMinor }) => openMinor > 0n),
  ).flatMap(({ number, openMinor }) => {
    const amountMinor = least(openMinor, left);
    left -= amountMinor;
    return amountMinor > 0n ? [{ number, amountMinor }] : [];
  });
}

function byRemittance(payment: Payment, invoices: readonly OpenInvoice[], leftMinor: bigint): Application[] {
  const settled = new Map<string, bigint>();
  const applied = new Map(payment.applied);
  let left = leftMinor;
  for (const { invoice: named, amountMinor } of payment.remittance) {
    const invoice = invoices.find(({ number, erpNumber }) => number === named || erpNumber === named);
    if (invoice === undefined) continue;
    // A line applied in part before has only its rest to give.
    const before = applied.get(invoice.number) ?? 0n;
    const used = before < amountMinor ? before : amountMinor;
    applied.set(invoice.number, before - used);
    const open = invoice.openMinor - (settled.get(invoice.number) ?? 0n);
    const amount = least(amountMinor - used, open, left);
    if (amount <= 0n) continue;
    settled.set(invoice.number, (settled.get(invoice.number) ?? 0n) + amount);
    left -= amount;
  }
  return [...settled].map(([number, amountMinor]) => ({ number, amountMinor }));
}

// Two of one amount leave the choice to a person.
function byExactAmount(invoices: readonly OpenInvoice[], leftMinor: bigint): Application[] {
  if (leftMinor <= 0n) return [];
  const exact = invoices.filter(({ openMinor }) => openMinor === leftMinor);
  const [only] = exact;
  return exact.length === 1 && only !== undefined ? [{ number: only.number, amountMinor: leftMinor }] : [];
}

function least(...amounts: bigint[]): bigint {
  return amounts.reduce((least, amount) => (amount < least ? amount : least));
}
