// What is open on a customer's documents, after what payments and credit notes have settled.

import type { Currency } from '../../model/money.ts';

type Item = {
  readonly number: string;
  readonly kind: 'invoice' | 'supplementary' | 'credit-note';
  readonly currency: Currency;
  /** With tax. */
  readonly totalMinor: bigint;
};
/** What settled how much of which invoice; `source` is the payment, or the credit note's number. */
export type Settled = {
  readonly sourceKind: 'payment' | 'credit-note' | 'erp';
  readonly source: string;
  readonly invoice: string;
  readonly amountMinor: bigint;
};

/** By number: of an invoice what is still owed, of a credit note what is still to be set off. */
export function openItems(documents: readonly Item[], allocations: readonly Settled[]): Map<string, bigint> {
  const open = new Map(documents.map(({ number, totalMinor }) => [number, totalMinor]));
  const take = (number: string, amountMinor: bigint) => {
    const before = open.get(number);
    if (before !== undefined) open.set(number, before - amountMinor);
  };
  for (const { sourceKind, source, invoice, amountMinor } of allocations) {
    take(invoice, amountMinor);
    if (sourceKind === 'credit-note') take(source, amountMinor);
  }
  return open;
}

/** Open receivables less open credit notes, by currency. */
export function owedByCurrency(documents: readonly Item[], open: ReadonlyMap<string, bigint>): Map<Currency, bigint> {
  const owed = new Map<Currency, bigint>();
  for (const { number, kind, currency } of documents) {
    const amountMinor = open.get(number) ?? 0n;
    owed.set(currency, (owed.get(currency) ?? 0n) + (kind === 'credit-note' ? -amountMinor : amountMinor));
  }
  return owed;
}
