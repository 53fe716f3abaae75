// Payments that the ERP holds and we do not: somebody entered them there, or its own bank feed did.
//
// The ERP tells only what is still open on a document. Of what is settled there, credit notes are known here too and are
// taken off first. Then each side knows of some payments, and the same payment may be known to both: an invoice is paid as
// far as the side that knows more of it says. So nothing counts twice, and a reading that is late or comes again does no harm.

export type StatedDocument = {
  readonly number: string;
  readonly kind: 'invoice' | 'supplementary' | 'credit-note';
  /** Of a credit note: the invoice it was written against, on which the ERP sets it off by itself. */
  readonly corrects?: string;
  /** With tax. */
  readonly totalMinor: bigint;
};

type Books = {
  readonly documents: readonly StatedDocument[];
  /** By number: what the ERP last said is open. A document it said nothing of is left alone. */
  readonly residuals: ReadonlyMap<string, bigint>;
  /** By number: what payments known here settle. */
  readonly paidMinor: ReadonlyMap<string, bigint>;
  /** By number: what the ERP counts as paid and a bank took back since; it will hear of it. */
  readonly takenBackMinor?: ReadonlyMap<string, bigint>;
  /** By number: what is open after payments and credit notes known here. */
  readonly openMinor: ReadonlyMap<string, bigint>;
};

/** By number of the invoice: what is paid beyond what we know of, and is not open any more. Always positive. */
export function paidInErp(books: Books): Map<string, bigint> {
  const { documents, residuals, paidMinor, takenBackMinor, openMinor } = books;
  const credited = creditedInErp(documents, residuals);
  const beyond = new Map<string, bigint>();
  for (const { number, kind, totalMinor } of documents) {
    const residualMinor = residuals.get(number);
    if (kind === 'credit-note' || residualMinor === undefined) continue;
    const settledMinor =
      totalMinor - residualMinor - (credited.get(number) ?? 0n) - (takenBackMinor?.get(number) ?? 0n);
    const amountMinor = lesser(settledMinor - (paidMinor.get(number) ?? 0n), openMinor.get(number) ?? 0n);
    if (amountMinor > 0n) beyond.set(number, amountMinor);
  }
  return beyond;
}

// A note that was not read yet is taken as set off whole: so an invoice is never held for paid that is only credited.
function creditedInErp(documents: readonly StatedDocument[], residuals: ReadonlyMap<string, bigint>) {
  const credited = new Map<string, bigint>();
  for (const { number, kind, corrects, totalMinor } of documents) {
    if (kind !== 'credit-note' || corrects === undefined) continue;
    credited.set(corrects, (credited.get(corrects) ?? 0n) + totalMinor - (residuals.get(number) ?? 0n));
  }
  return credited;
}

const lesser = (a: bigint, b: bigint) => (a < b ? a : b);
