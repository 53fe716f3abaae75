// 856 Ship Notice/Manifest: what is in a shipment, by order, package and item.
//
// BSN, DTM; then HL loops that form a tree: shipment (S), order (O), tare and pack (T, P), item (I). Senders leave levels
// out and put packages above or below the items, so the tree is kept as it is.
import type { X12Segment, X12Transaction } from '../document.ts';
import {
  missingElement,
  missingSegment,
  type ReferenceView,
  referenceFromN9,
  refusedFor,
  type TransactionView,
  textAt,
} from './common.ts';

export type ShipNotice856 = {
  /** BSN. */
  readonly segment: X12Segment;
  /** BSN01. */
  readonly purpose: string;
  /** BSN02, '' where only references name it. */
  readonly shipmentId: string;
  readonly date: string;
  readonly time: string;
  readonly dates: readonly DateView[];
  /** In the order of the document; a parent stands before its children. */
  readonly levels: readonly LevelView[];
};

/** DTM. */
export type DateView = {
  readonly segment: X12Segment;
  readonly qualifier: string;
  readonly date: string;
  readonly time: string;
  readonly zone: string;
};

/** HL. */
export type LevelView = {
  readonly segment: X12Segment;
  readonly parent?: LevelView;
  /** HL03, such as `O`. */
  readonly kind: string;
  readonly references: ReferenceView[];
  /** PRF01, else what LIN names `PO`. */
  order: string;
  /** MAN02 where MAN01 is `GM`: the SSCC. */
  sscc: string;
  /** LIN01, else what LIN names `PL`. */
  line: string;
  /** SN1. */
  shipped?: { readonly segment: X12Segment; readonly line: string; readonly quantity: string };
};

export function viewShipNotice(transaction: X12Transaction): TransactionView<ShipNotice856> {
  let bsn: X12Segment | undefined;
  const dates: DateView[] = [];
  const levels: LevelView[] = [];
  const byNumber = new Map<string, LevelView>();
  for (const segment of transaction.segments) {
    if (segment.id === 'BSN') bsn ??= segment;
    else if (segment.id === 'DTM') dates.push(dateFrom(segment));
    else if (segment.id === 'HL') {
      const parent = byNumber.get(textAt(segment, 2));
      const level = levelFrom(segment, parent);
      levels.push(level);
      byNumber.set(textAt(segment, 1), level);
    } else fill(levels.at(-1), segment);
  }
  if (bsn === undefined) return { ok: false, faults: [missingSegment(transaction, 'BSN')] };
  const items = levels.flatMap(({ shipped }) => (shipped === undefined ? [] : [shipped]));
  const refused = refusedFor([
    missingElement(bsn, 1),
    ...(items.length === 0
      ? [missingSegment(transaction, 'SN1')]
      : items.map(({ segment }) => missingElement(segment, 2))),
  ]);
  if (refused !== undefined) return refused;
  const [purpose, shipmentId, date, time] = [textAt(bsn, 1), textAt(bsn, 2), textAt(bsn, 3), textAt(bsn, 4)];
  return { ok: true, view: { segment: bsn, purpose, shipmentId, date, time, dates, levels } };
}

function levelFrom(segment: X12Segment, parent: LevelView | undefined): LevelView {
  const level: LevelView = { segment, kind: textAt(segment, 3), references: [], order: '', sscc: '', line: '' };
  return parent === undefined ? level : { ...level, parent };
}

function dateFrom(segment: X12Segment): DateView {
  return {
    segment,
    qualifier: textAt(segment, 1),
    date: textAt(segment, 2),
    time: textAt(segment, 3),
    zone: textAt(segment, 4),
  };
}

function fill(level: LevelView | undefined, segment: X12Segment): void {
  if (level === undefined) return;
  switch (segment.id) {
    case 'REF':
      level.references.push(referenceFromN9(segment));
      break;
    case 'PRF':
      if (level.order === '') level.order = textAt(segment, 1);
      break;
    case 'MAN':
      if (level.sscc === '' && textAt(segment, 1) === 'GM') level.sscc = textAt(segment, 2);
      break;
    case 'LIN':
      if (level.line === '') level.line = textAt(segment, 1) || productOf(segment, 'PL');
      if (level.order === '') level.order = productOf(segment, 'PO');
      break;
    case 'SN1':
      level.shipped ??= { segment, line: textAt(segment, 1), quantity: textAt(segment, 2) };
      break;
  }
}

const LAST_PRODUCT_PAIR = 30;

/** LIN02 on: qualifier and id, in pairs; '' where none is so qualified. */
function productOf(segment: X12Segment, qualifier: string): string {
  for (let at = 2; at <= Math.min(segment.count, LAST_PRODUCT_PAIR); at += 2) {
    if (textAt(segment, at) === qualifier) return textAt(segment, at + 1);
  }
  return '';
}
