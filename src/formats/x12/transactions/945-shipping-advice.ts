// 945 Warehouse Shipping Advice: what a warehouse packed for one shipment of one order.
//
// W06, N1 loops, N9, G62; then LX loops with MAN (the package), N9 of all that is in it, and W12 segments, each with its own N9.
import type { X12Segment, X12Transaction } from '../document.ts';
import {
  type MomentView,
  missingElement,
  missingSegment,
  momentFrom,
  type ReferenceView,
  referenceFromN9,
  refusedFor,
  type TransactionView,
  textAt,
} from './common.ts';

export type ShippingAdvice945 = {
  /** W06. */
  readonly segment: X12Segment;
  /** W0602, the order as the one who ordered the shipping numbers it. */
  readonly order: string;
  readonly date: string;
  /** W0604. */
  readonly shipmentId: string;
  readonly references: readonly ReferenceView[];
  readonly moments: readonly MomentView[];
  readonly loops: readonly PackedLoop[];
};

/** LX. */
export type PackedLoop = {
  readonly segment: X12Segment;
  readonly number: string;
  /** MAN02 where MAN01 is `GM`: the SSCC. */
  sscc: string;
  /** Those before the first W12, which hold for each. */
  readonly references: ReferenceView[];
  readonly items: PackedItem[];
};

/** W12. */
export type PackedItem = {
  readonly segment: X12Segment;
  /** W1203. */
  readonly quantity: string;
  readonly references: ReferenceView[];
};

export function viewShippingAdvice(transaction: X12Transaction): TransactionView<ShippingAdvice945> {
  let heading: X12Segment | undefined;
  const references: ReferenceView[] = [];
  const moments: MomentView[] = [];
  const loops: PackedLoop[] = [];
  for (const segment of transaction.segments) {
    const loop = loops.at(-1);
    const item = loop?.items.at(-1);
    switch (segment.id) {
      case 'W06':
        heading ??= segment;
        break;
      case 'N9':
        if (loop === undefined) references.push(referenceFromN9(segment));
        else (item ?? loop).references.push(referenceFromN9(segment));
        break;
      case 'G62':
        moments.push(momentFrom(segment));
        break;
      case 'LX':
        loops.push({ segment, number: textAt(segment, 1), sscc: '', references: [], items: [] });
        break;
      case 'MAN':
        if (loop !== undefined && loop.sscc === '' && textAt(segment, 1) === 'GM') loop.sscc = textAt(segment, 2);
        break;
      case 'W12':
        loop?.items.push({ segment, quantity: textAt(segment, 3), references: [] });
        break;
    }
  }
  if (heading === undefined) return { ok: false, faults: [missingSegment(transaction, 'W06')] };
  const items = loops.flatMap((loop) => loop.items);
  const refused = refusedFor([
    missingElement(heading, 2),
    ...(items.length === 0
      ? [missingSegment(transaction, 'W12')]
      : items.map(({ segment }) => missingElement(segment, 3))),
  ]);
  if (refused !== undefined) return refused;
  const [order, date, shipmentId] = [textAt(heading, 2), textAt(heading, 3), textAt(heading, 4)];
  return { ok: true, view: { segment: heading, order, date, shipmentId, references, moments, loops } };
}
