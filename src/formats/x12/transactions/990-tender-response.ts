// 990 Response to a Load Tender: the carrier takes the load or does not.
import type { X12Segment, X12Transaction } from '../document.ts';
import {
  missingElement,
  missingSegment,
  type ReferenceView,
  referenceFromL11,
  referenceFromN9,
  type TransactionView,
  textAt,
} from './common.ts';

export type TenderResponse990 = {
  /** B1. */
  readonly segment: X12Segment;
  readonly scac: string;
  readonly shipmentId: string;
  /** B104, such as `A` or `D`. */
  readonly action: string;
  readonly references: readonly ReferenceView[];
};

export function viewTenderResponse(transaction: X12Transaction): TransactionView<TenderResponse990> {
  const segment = transaction.segments.find(({ id }) => id === 'B1');
  if (segment === undefined) return { ok: false, faults: [missingSegment(transaction, 'B1')] };
  const missing = missingElement(segment, 2, 4);
  if (missing !== undefined) return { ok: false, faults: [missing] };
  const references = transaction.segments.flatMap((each) => {
    if (each.id === 'N9') return [referenceFromN9(each)];
    return each.id === 'L11' ? [referenceFromL11(each)] : [];
  });
  return {
    ok: true,
    view: {
      segment,
      scac: textAt(segment, 1),
      shipmentId: textAt(segment, 2),
      action: textAt(segment, 4),
      references,
    },
  };
}
