// A customer's account while its payments are applied one after the other: each sees what those before it have settled.
//
// A customer may have many thousands of documents and hundreds of payments that wait, so a payment is shown those it can be for:
// what its remittance names, else what is open.

import { applyPayment, type OpenInvoice, type Payment } from './apply-payment.ts';
import { type NameIndex, nameIndexOf, possiblyNamed } from './named-in-text.ts';
import { openItems, type Settled } from './open-items.ts';
import { type Item, type SetOff, setOffNotes } from './set-off.ts';

export type AccountItem = Item & {
  readonly erpNumber?: string;
  /** With tax. */
  readonly totalMinor: bigint;
};

export type Account = {
  /** By number, with tax: of an invoice what is owed, of a credit note what it still has to give. */
  readonly open: Map<string, bigint>;
  /** Everything that was settled since the account was opened. */
  readonly made: Settled[];
  readonly documents: number;
  readonly invoices: ReadonlyMap<string, AccountItem>;
  readonly notes: ReadonlyMap<string, AccountItem>;
  /** Invoices that had something open at first. */
  readonly payable: NameIndex<AccountItem> & { readonly all: readonly AccountItem[] };
  readonly applied: ReadonlyMap<string, ReadonlyMap<string, bigint>>;
  readonly setOffs: SetOff[];
};

/** `documents`: in order of decision. Credit notes are set off first, against their own shipments' invoices. */
export function openAccount(documents: readonly AccountItem[], known: readonly Settled[]): Account {
  const open = openItems(documents, known);
  const applied = new Map<string, Map<string, bigint>>();
  const setOffs: SetOff[] = [];
  for (const { sourceKind, source, invoice, amountMinor } of known) {
    if (sourceKind === 'credit-note') setOffs.push({ note: source, invoice, amountMinor });
    if (sourceKind !== 'payment') continue;
    const own = applied.get(source) ?? new Map<string, bigint>();
    applied.set(source, own.set(invoice, amountMinor));
  }
  const notes = documents.filter(({ kind }) => kind === 'credit-note');
  const invoices = documents.filter(({ kind }) => kind !== 'credit-note');
  const isOpen = ({ number }: AccountItem) => (open.get(number) ?? 0n) > 0n;
  const all = invoices.filter(isOpen);
  const payable = { all, ...nameIndexOf(all) };
  const names = { invoices: byName(invoices), notes: byName(notes) };
  const account: Account = { open, made: [], documents: documents.length, ...names, payable, applied, setOffs };
  for (const setOff of setOffNotes(documents.filter(isOpen), open)) take(account, setOff);
  return account;
}

function byName(items: readonly AccountItem[]): Map<string, AccountItem> {
  const named = new Map<string, AccountItem>();
  for (const item of items) {
    for (const name of [item.number, item.erpNumber]) {
      if (name !== undefined && !named.has(name)) named.set(name, item);
    }
  }
  return named;
}

export type WaitingPayment = Pick<
  Payment,
  'payment' | 'currency' | 'legalEntity' | 'amountMinor' | 'remittance' | 'text'
> & {
  /** How many documents there were when it was last tried by its amount alone. */
  readonly documentsSeen?: number;
};

/** Settles what the payment can settle now; what stays on it, and how much of credit notes its remittance set off. */
export function settlePayment(
  account: Account,
  { documentsSeen, ...payment }: WaitingPayment,
): { readonly leftMinor: bigint; readonly keptBackMinor: bigint } {
  const wasTried = documentsSeen === account.documents;
  const applied = account.applied.get(payment.payment) ?? new Map<string, bigint>();
  const told = { ...payment, applied, setOff: account.setOffs, wasTried };
  const { applications, setOffs, leftMinor } = applyPayment(told, ...itemsFor(account, told));
  for (const setOff of setOffs) take(account, setOff);
  for (const { number: invoice, amountMinor } of applications) {
    lower(account, invoice, amountMinor);
    account.made.push({ sourceKind: 'payment', source: payment.payment, invoice, amountMinor });
  }
  return { leftMinor, keptBackMinor: setOffs.reduce((sum, each) => sum + each.amountMinor, 0n) };
}

// Of very many, those that come into question are found by a look each, and only those are looked at closely.
function itemsFor(account: Account, payment: Payment): [OpenInvoice[], OpenInvoice[]] {
  const { remittance, text, amountMinor, applied, wasTried } = payment;
  const openOf = ({ number }: AccountItem) => account.open.get(number) ?? 0n;
  const withOpen = (item: AccountItem) => ({ ...item, openMinor: openOf(item) });
  if (remittance.length > 0) {
    const named = (items: ReadonlyMap<string, AccountItem>) =>
      [...new Set(remittance.flatMap(({ invoice }) => items.get(invoice) ?? []))].map(withOpen);
    return [named(account.invoices), named(account.notes)];
  }
  const leftMinor = [...applied.values()].reduce((left, part) => left - part, amountMinor);
  const ofAmount = wasTried ? [] : account.payable.all.filter((item) => openOf(item) === leftMinor);
  const fitting = new Set([...possiblyNamed(text, account.payable), ...ofAmount]);
  return [[...fitting].map(withOpen), []];
}

// Each step takes what it settles off what is open, so that the next one sees it.
function take(account: Account, setOff: SetOff): void {
  const { note, invoice, amountMinor } = setOff;
  lower(account, invoice, amountMinor);
  lower(account, note, amountMinor);
  account.setOffs.push(setOff);
  account.made.push({ sourceKind: 'credit-note', source: note, invoice, amountMinor });
}

function lower({ open }: Account, number: string, amountMinor: bigint): void {
  open.set(number, (open.get(number) ?? 0n) - amountMinor);
}
