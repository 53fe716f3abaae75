// 214 Transportation Carrier Shipment Status Message: what a carrier says happened to one shipment.
//
// B10, references, parties; then LX loops with AT7 (a status), each followed by its MS1 (where) and MS2 (equipment).
// Senders leave LX out, or put L11 before or after the AT7 of its loop; all of that reads.
import type { X12Segment, X12Transaction } from '../document.ts';
import {
  elementFault,
  missingSegment,
  type ReferenceView,
  referenceFromL11,
  type TransactionView,
  textAt,
} from './common.ts';

export type ShipmentStatus214 = {
  readonly head: {
    readonly segment: X12Segment;
    /** B1001, the carrier's own number. */
    readonly referenceId: string;
    /** B1002, the shipper's number. */
    readonly shipmentId: string;
    readonly scac: string;
  };
  readonly references: readonly ReferenceView[];
  readonly loops: readonly StatusLoop[];
};

export type StatusLoop = {
  /** LX; absent where statuses stand without one. */
  readonly segment?: X12Segment;
  readonly references: ReferenceView[];
  readonly statuses: StatusView[];
};

/** AT7 with the MS1 and MS2 that follow it. */
export type StatusView = {
  readonly segment: X12Segment;
  /** AT701. */
  readonly code: string;
  readonly reason: string;
  /** AT703, used where AT701 is empty. */
  readonly appointmentCode: string;
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  place?: { readonly segment: X12Segment; readonly city: string; readonly region: string; readonly country: string };
  equipment?: { readonly segment: X12Segment; readonly scac: string; readonly number: string; readonly kind: string };
};

export function viewShipmentStatus(transaction: X12Transaction): TransactionView<ShipmentStatus214> {
  let head: ShipmentStatus214['head'] | undefined;
  const references: ReferenceView[] = [];
  const loops: StatusLoop[] = [];
  let loop: StatusLoop | undefined;
  let status: StatusView | undefined;
  for (const segment of transaction.segments) {
    switch (segment.id) {
      case 'B10':
        head ??= headFrom(segment);
        break;
      case 'L11':
        (loop?.references ?? references).push(referenceFromL11(segment));
        break;
      case 'LX':
        loop = { segment, references: [], statuses: [] };
        loops.push(loop);
        status = undefined;
        break;
      case 'AT7':
        if (loop === undefined) {
          loop = { references: [], statuses: [] };
          loops.push(loop);
        }
        status = statusFrom(segment);
        loop.statuses.push(status);
        break;
      case 'MS1':
        if (status !== undefined) status.place ??= placeFromMs1(segment);
        break;
      case 'MS2':
        if (status !== undefined) status.equipment ??= equipmentFrom(segment);
        break;
    }
  }
  if (head === undefined) return { ok: false, faults: [missingSegment(transaction, 'B10')] };
  const named =
    head.shipmentId !== '' ||
    head.referenceId !== '' ||
    [references, ...loops.map((each) => each.references)].some(any);
  if (!named) return { ok: false, faults: [elementFault('element-missing', head.segment, 2)] };
  return { ok: true, view: { head, references, loops } };
}

function any(list: readonly ReferenceView[]): boolean {
  return list.some(({ value }) => value !== '');
}

function headFrom(segment: X12Segment): ShipmentStatus214['head'] {
  return {
    segment,
    referenceId: textAt(segment, 1),
    shipmentId: textAt(segment, 2),
    scac: textAt(segment, 3),
  };
}

function statusFrom(segment: X12Segment): StatusView {
  return {
    segment,
    code: textAt(segment, 1),
    reason: textAt(segment, 2),
    appointmentCode: textAt(segment, 3),
    date: textAt(segment, 5),
    time: textAt(segment, 6),
    zone: textAt(segment, 7),
  };
}

function placeFromMs1(segment: X12Segment): NonNullable<StatusView['place']> {
  return { segment, city: textAt(segment, 1), region: textAt(segment, 2), country: textAt(segment, 3) };
}

function equipmentFrom(segment: X12Segment): NonNullable<StatusView['equipment']> {
  return { segment, scac: textAt(segment, 1), number: textAt(segment, 2), kind: textAt(segment, 3) };
}
