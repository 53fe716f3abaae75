// 820 Payment Order/Remittance Advice: a payment and the invoices it is for.
import type { X12Segment, X12Transaction } from '../document.ts';
import {
  missingElement,
  missingSegment,
  type PartyView,
  partyFrom,
  refusedFor,
  type TransactionView,
  textAt,
} from './common.ts';

export type Remittance820 = {
  /** BPR. */
  readonly segment: X12Segment;
  /** BPR02: explicit decimal point. */
  readonly amount: string;
  /** BPR16, '' when not given. */
  readonly date: string;
  readonly trace: { readonly segment: X12Segment; readonly number: string };
  /** CUR02, '' when not given. */
  readonly currency: string;
  readonly parties: readonly PartyView[];
  readonly items: readonly RemittanceItem[];
};

/** RMR. */
export type RemittanceItem = {
  readonly segment: X12Segment;
  /** RMR01, `IV` for an invoice. */
  readonly qualifier: string;
  readonly number: string;
  /** RMR04. */
  readonly amount: string;
};

export function viewRemittance(transaction: X12Transaction): TransactionView<Remittance820> {
  const { segments } = transaction;
  const bpr = segments.find(({ id }) => id === 'BPR');
  const trn = segments.find(({ id }) => id === 'TRN');
  const cur = segments.find(({ id }) => id === 'CUR');
  const refused = refusedFor([
    bpr === undefined ? missingSegment(transaction, 'BPR') : missingElement(bpr, 2),
    trn === undefined ? missingSegment(transaction, 'TRN') : missingElement(trn, 2),
  ]);
  if (refused !== undefined || bpr === undefined || trn === undefined) return refused ?? { ok: false, faults: [] };
  return {
    ok: true,
    view: {
      segment: bpr,
      amount: textAt(bpr, 2),
      date: textAt(bpr, 16),
      trace: { segment: trn, number: textAt(trn, 2) },
      currency: cur === undefined ? '' : textAt(cur, 2),
      parties: segments.filter(({ id }) => id === 'N1').map(partyFrom),
      items: segments.filter(({ id }) => id === 'RMR').map(itemFrom),
    },
  };
}

function itemFrom(segment: X12Segment): RemittanceItem {
  return {
    segment,
    qualifier: textAt(segment, 1),
    number: textAt(segment, 2),
    amount: textAt(segment, 4),
  };
}
