// Which invoices a payment settles: those its remittance names, else those that its text names, else the one open invoice
// of exactly its amount.
//
// What cannot be applied stays on the payment and is tried again when an invoice appears (contract section 3, "Payments"): by its
// amount alone just then, so that it does not depend on when else the account is looked at; what it names, whenever it is.
// A payer that keeps a credit note back from what it pays names it with a negative amount beside the invoices (X12 820,
// RMR04): the note is set off against those.

import type { Currency } from '../../model/money.ts';
import { namedInText } from './named-in-text.ts';
import type { SetOff } from './set-off.ts';

/** An invoice with what is owed on it, or a credit note with what it still has to give. */
export type OpenInvoice = {
  /** Ours. */
  readonly number: string;
  readonly erpNumber?: string;
  readonly currency: Currency;
  readonly legalEntity?: string;
  readonly openMinor: bigint;
};

export type RemittanceLine = { readonly invoice: string; readonly amountMinor: bigint };

export type Payment = {
  readonly payment: string;
  readonly currency: Currency;
  /** Which of ours was paid, as far as told. */
  readonly legalEntity?: string;
  readonly amountMinor: bigint;
  /** Below zero: a credit note that was kept back. */
  readonly remittance: readonly RemittanceLine[];
  /** What the payer wrote. */
  readonly text: string;
  /** What it has settled before, by our invoice number. */
  readonly applied: ReadonlyMap<string, bigint>;
  /** What credit notes of its customer were set off against before. */
  readonly setOff: readonly SetOff[];
  /** It was tried by its amount alone, and no document has appeared since. */
  readonly wasTried?: boolean;
};

export type Application = { readonly number: string; readonly amountMinor: bigint };

export type Applied = {
  /** What the payment settles now, beyond what it did. */
  readonly applications: readonly Application[];
  /** What its remittance sets off. */
  readonly setOffs: readonly SetOff[];
  /** What stays on the payment. */
  readonly leftMinor: bigint;
};

/** `invoices` and `notes`: of its customer. */
export function applyPayment(
  payment: Payment,
  invoices: readonly OpenInvoice[],
  notes: readonly OpenInvoice[] = [],
): Applied {
  const leftMinor = payment.amountMinor - [...payment.applied.values()].reduce((sum, amount) => sum + amount, 0n);
  const isIts = (item: OpenInvoice) => item.currency === payment.currency && isOwedTo(payment, item);
  const payable = invoices.filter(isIts);
  const usable = notes.filter(isIts);
  const before = setOffBefore(payment, payable, usable);
  const setOffs = keptBack(payment.remittance, payable, usable, before);
  const applications = applicationsOf(payment, payable, leftMinor, { before, now: setOffs });
  return {
    applications,
    setOffs,
    leftMinor: leftMinor - sumOf(applications),
  };
}

/** What was paid to one legal entity settles nothing of another's; who is not named may be anybody. */
export function isOwedTo(payment: Pick<Payment, 'legalEntity'>, invoice: Pick<OpenInvoice, 'legalEntity'>): boolean {
  if (payment.legalEntity === undefined || invoice.legalEntity === undefined) return true;
  return payment.legalEntity === invoice.legalEntity;
}

type Line = { readonly item: OpenInvoice; readonly amountMinor: bigint };

function linesNaming(remittance: readonly RemittanceLine[], items: readonly OpenInvoice[], sign: 1n | -1n): Line[] {
  return remittance.flatMap(({ invoice, amountMinor }) => {
    const item = sign * amountMinor > 0n ? itemNamed(items, invoice) : undefined;
    return item === undefined ? [] : [{ item, amountMinor: sign * amountMinor }];
  });
}

/** Of what was set off before, what this remittance tells of: a payment is looked at again whenever an invoice appears. */
function setOffBefore(
  { remittance, setOff }: Payment,
  invoices: readonly OpenInvoice[],
  notes: readonly OpenInvoice[],
): SetOff[] {
  if (setOff.length === 0) return [];
  const numbers = (lines: readonly Line[]) => new Set(lines.map(({ item }) => item.number));
  const against = numbers(linesNaming(remittance, invoices, 1n));
  const kept = numbers(linesNaming(remittance, notes, -1n));
  return setOff.filter(({ note, invoice }) => kept.has(note) && against.has(invoice));
}

// Each note against the invoices named, in their order, and no further than their lines.
function keptBack(
  remittance: readonly RemittanceLine[],
  invoices: readonly OpenInvoice[],
  notes: readonly OpenInvoice[],
  before: readonly SetOff[],
): SetOff[] {
  const made: SetOff[] = [];
  for (const { item: note, amountMinor: kept } of linesNaming(remittance, notes, -1n)) {
    const ofNote = (each: SetOff) => each.note === note.number;
    let left = least(kept - sumOf(before.filter(ofNote)), note.openMinor - sumOf(made.filter(ofNote)));
    for (const { item: invoice, amountMinor: line } of linesNaming(remittance, invoices, 1n)) {
      const gone = sumOf(made.filter((each) => each.invoice === invoice.number));
      const amountMinor = least(left, line - gone, invoice.openMinor - gone);
      if (amountMinor <= 0n) continue;
      left -= amountMinor;
      made.push({ note: note.number, invoice: invoice.number, amountMinor });
    }
  }
  return made;
}

function sumOf(parts: readonly { readonly amountMinor: bigint }[]): bigint {
  return parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

function itemNamed(items: readonly OpenInvoice[], named: string): OpenInvoice | undefined {
  return items.find(({ number, erpNumber }) => number === named || erpNumber === named);
}

function applicationsOf(
  payment: Payment,
  invoices: readonly OpenInvoice[],
  leftMinor: bigint,
  setOff: SetOffs,
): Application[] {
  if (payment.remittance.length > 0) return byRemittance(payment, invoices, leftMinor, setOff);
  const named = byText(payment.text, invoices, leftMinor);
  return named.length > 0 || payment.wasTried ? named : byExactAmount(invoices, leftMinor);
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

type SetOffs = { readonly before: readonly SetOff[]; readonly now: readonly SetOff[] };

function byRemittance(
  payment: Payment,
  invoices: readonly OpenInvoice[],
  leftMinor: bigint,
  setOff: SetOffs,
): Application[] {
  const settled = new Map<string, bigint>();
  const applied = new Map(payment.applied);
  for (const { invoice, amountMinor } of [...setOff.before, ...setOff.now]) {
    applied.set(invoice, (applied.get(invoice) ?? 0n) + amountMinor);
  }
  let left = leftMinor;
  for (const { item, amountMinor } of linesNaming(payment.remittance, invoices, 1n)) {
    const { number } = item;
    // A line applied in part before, or set off, has only its rest to give.
    const before = applied.get(number) ?? 0n;
    const used = least(before, amountMinor);
    applied.set(number, before - used);
    const gone = sumOf(setOff.now.filter(({ invoice }) => invoice === number));
    const amount = least(amountMinor - used, item.openMinor - gone - (settled.get(number) ?? 0n), left);
    if (amount <= 0n) continue;
    settled.set(number, (settled.get(number) ?? 0n) + amount);
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
