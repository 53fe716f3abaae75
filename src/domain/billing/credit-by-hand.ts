// A credit note that a person made in the ERP against an invoice of ours, as a document of our books: so the charges of the
// invoice know what of them was given back. Which line was meant nobody says, so it is shared out over all by their amounts.
import { type CreditedDocument, numberByHand } from '../../model/by-hand.ts';
import type { BillingDocument } from '../../model/document.ts';
import { allocate } from '../../model/money.ts';
import type { Instant } from '../../model/time.ts';

export type NoteByHand = {
  /** The ERP's own permanent name of it, and its number. */
  readonly record: string;
  readonly erpNumber: string;
  /** Positive, before tax. */
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
};

/** `undefined` where there is nothing to share it over. */
export function documentByHand(
  credited: CreditedDocument,
  note: NoteByHand,
  now: Instant,
): BillingDocument | undefined {
  const { number, lines, ...head } = credited;
  const weights = lines.map(({ amountMinor }) => amountMinor);
  if (note.subtotalMinor <= 0n || !weights.some((weight) => weight > 0n)) return undefined;
  const amounts = allocate(note.subtotalMinor, weights);
  const taxes = allocate(note.taxMinor, taxWeights(lines, weights));
  const derivation = [`shared out from credit note ${note.erpNumber}, which a person made in the ERP`];
  return {
    ...head,
    number: numberByHand(number, note.record),
    kind: 'credit-note',
    corrects: number,
    decidedAt: now,
    lines: lines
      .map(({ quantity: _, quantityDelta: __, unitPrice: ___, ...line }, index) => ({
        ...line,
        amountMinor: amounts[index] ?? 0n,
        taxMinor: taxes[index] ?? 0n,
        derivation,
      }))
      .filter(({ amountMinor, taxMinor }) => amountMinor !== 0n || taxMinor !== 0n),
  };
}

function taxWeights(lines: CreditedDocument['lines'], amounts: readonly bigint[]): readonly bigint[] {
  const taxes = lines.map(({ taxMinor }) => taxMinor);
  return taxes.some((tax) => tax > 0n) ? taxes : amounts;
}
