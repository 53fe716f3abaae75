// 850 Purchase Order: what a customer orders, and at which price.
//
// BEG, CUR, N1 loops; then a PO1 loop a line, with PID describing it.
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

export type PurchaseOrder850 = {
  /** BEG. */
  readonly segment: X12Segment;
  /** BEG01. */
  readonly purpose: string;
  readonly order: string;
  readonly date: string;
  /** CUR02, '' when not given. */
  readonly currency: string;
  readonly parties: readonly PartyView[];
  readonly lines: readonly OrderLineView[];
};

/** PO1. */
export type OrderLineView = {
  readonly segment: X12Segment;
  /** PO101, '' when not given. */
  readonly line: string;
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  /** PO106 on: qualifier and product id, in pairs. */
  readonly products: readonly { readonly qualifier: string; readonly id: string }[];
  /** PID05. */
  description: string;
};

const FIRST_PRODUCT_PAIR = 6;
const LAST_PRODUCT_PAIR = 24;

export function viewPurchaseOrder(transaction: X12Transaction): TransactionView<PurchaseOrder850> {
  let beg: X12Segment | undefined;
  let currency = '';
  const parties: PartyView[] = [];
  const lines: OrderLineView[] = [];
  for (const segment of transaction.segments) {
    switch (segment.id) {
      case 'BEG':
        beg ??= segment;
        break;
      case 'CUR':
        if (currency === '') currency = textAt(segment, 2);
        break;
      case 'N1':
        parties.push(partyFrom(segment));
        break;
      case 'N4': {
        const party = parties.at(-1);
        if (party !== undefined) party.place ??= placeFrom(segment);
        break;
      }
      case 'PO1':
        lines.push(lineFrom(segment));
        break;
      case 'PID': {
        const line = lines.at(-1);
        if (line !== undefined && line.description === '') line.description = textAt(segment, 5);
        break;
      }
    }
  }
  if (beg === undefined) return { ok: false, faults: [missingSegment(transaction, 'BEG')] };
  const refused = refusedFor([
    missingElement(beg, 1, 3),
    ...(lines.length === 0
      ? [missingSegment(transaction, 'PO1')]
      : lines.map(({ segment }) => missingElement(segment, 2, 4))),
  ]);
  const [purpose, order, date] = [textAt(beg, 1), textAt(beg, 3), textAt(beg, 5)];
  return refused ?? { ok: true, view: { segment: beg, purpose, order, date, currency, parties, lines } };
}

function lineFrom(segment: X12Segment): OrderLineView {
  const products: { qualifier: string; id: string }[] = [];
  for (let at = FIRST_PRODUCT_PAIR; at <= Math.min(segment.count, LAST_PRODUCT_PAIR); at += 2) {
    products.push({ qualifier: textAt(segment, at), id: textAt(segment, at + 1) });
  }
  return {
    segment,
    line: textAt(segment, 1),
    quantity: textAt(segment, 2),
    unit: textAt(segment, 3),
    price: textAt(segment, 4),
    products,
    description: '',
  };
}
