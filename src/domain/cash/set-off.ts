// A credit note is set off against what its shipment's invoices have open, oldest first; the rest stays open on it.
//
// What one legal entity owes a customer is no money of another's: a note settles invoices of its own entity alone.

import type { DocumentKind } from '../../model/document.ts';
import type { Currency } from '../../model/money.ts';

export type Item = {
  readonly number: string;
  readonly kind: DocumentKind;
  readonly currency: Currency;
  readonly legalEntity?: string;
  readonly shipments: readonly string[];
};

export type SetOff = { readonly note: string; readonly invoice: string; readonly amountMinor: bigint };

/** `documents`: of one customer, in order of decision. `open`: by number, with tax; of a note what it still has to give. */
export function setOffNotes(documents: readonly Item[], open: ReadonlyMap<string, bigint>): SetOff[] {
  const left = new Map(open);
  const made: SetOff[] = [];
  for (const note of documents.filter(({ kind }) => kind === 'credit-note')) {
    for (const invoice of documents.filter((document) => isOwedBeside(document, note))) {
      const [owed, rest] = [left.get(invoice.number) ?? 0n, left.get(note.number) ?? 0n];
      const amountMinor = owed < rest ? owed : rest;
      if (amountMinor <= 0n) continue;
      left.set(invoice.number, owed - amountMinor);
      left.set(note.number, rest - amountMinor);
      made.push({ note: note.number, invoice: invoice.number, amountMinor });
    }
  }
  return made;
}

function isOwedBeside({ kind, currency, legalEntity, shipments }: Item, note: Item): boolean {
  if (kind === 'credit-note' || currency !== note.currency || legalEntity !== note.legalEntity) return false;
  return shipments.some((shipment) => note.shipments.includes(shipment));
}
