// 940 Warehouse Shipping Order: what a depositor orders a warehouse to ship.
//
// W05, N1 loops; then LX loops with W01 segments, each with its G69 (description), N9 (LI: the line) and AMT (LI: the unit
// price, which most leave out: a warehouse need not know it).
import type { X12Segment, X12Transaction } from '../document.ts';
import {
  missingElement,
  missingSegment,
  type PartyView,
  partyFrom,
  placeFrom,
  refusedFor,
  type TransactionView,
  textAt,
} from './common.ts';

export type ShippingOrder940 = {
  /** W05. */
  readonly segment: X12Segment;
  /** W0501. */
  readonly status: string;
  /** W0502, the depositor's number; a 945 answers with it. */
  readonly order: string;
  readonly parties: readonly PartyView[];
  readonly lines: readonly ShippingLineView[];
};

/** W01. */
export type ShippingLineView = {
  readonly segment: X12Segment;
  /** N902 of N9 `LI`, else LX01; '' when there is neither. */
  line: string;
  readonly quantity: string;
  readonly unit: string;
  /** AMT of AMT01 `LI`. */
  price?: { readonly segment: X12Segment; readonly text: string };
  readonly products: readonly { readonly qualifier: string; readonly id: string }[];
  /** G6901. */
  description: string;
};

/** AMT01, and N901 of the line's number in its order. */
const LINE_ITEM = 'LI';

export function viewShippingOrder(transaction: X12Transaction): TransactionView<ShippingOrder940> {
  let heading: X12Segment | undefined;
  let loopNumber = '';
  const parties: PartyView[] = [];
  const lines: ShippingLineView[] = [];
  for (const segment of transaction.segments) {
    const line = lines.at(-1);
    switch (segment.id) {
      case 'W05':
        heading ??= segment;
        break;
      case 'N1':
        if (line === undefined) parties.push(partyFrom(segment));
        break;
      case 'N4': {
        const party = parties.at(-1);
        if (line === undefined && party !== undefined) party.place ??= placeFrom(segment);
        break;
      }
      case 'LX':
        loopNumber = textAt(segment, 1);
        break;
      case 'W01':
        lines.push(lineFrom(segment, loopNumber));
        break;
      default:
        if (line !== undefined) addTo(line, segment);
    }
  }
  if (heading === undefined) return { ok: false, faults: [missingSegment(transaction, 'W05')] };
  const refused = refusedFor([
    missingElement(heading, 1, 2),
    ...(lines.length === 0
      ? [missingSegment(transaction, 'W01')]
      : lines.map(({ segment }) => missingElement(segment, 1, 2))),
  ]);
  const [status, order] = [textAt(heading, 1), textAt(heading, 2)];
  return refused ?? { ok: true, view: { segment: heading, status, order, parties, lines } };
}

function lineFrom(segment: X12Segment, line: string): ShippingLineView {
  const products = [4, 6].map((at) => ({ qualifier: textAt(segment, at), id: textAt(segment, at + 1) }));
  const upc = { qualifier: 'UA', id: textAt(segment, 3) };
  const [quantity, unit] = [textAt(segment, 1), textAt(segment, 2)];
  return { segment, line, quantity, unit, products: [...products, upc], description: '' };
}

function addTo(line: ShippingLineView, segment: X12Segment): void {
  if (segment.id === 'G69' && line.description === '') line.description = textAt(segment, 1);
  if (segment.id === 'N9' && textAt(segment, 1) === LINE_ITEM) line.line = textAt(segment, 2);
  if (segment.id === 'AMT' && textAt(segment, 1) === LINE_ITEM) line.price ??= { segment, text: textAt(segment, 2) };
}
