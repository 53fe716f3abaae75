// 210 Motor Carrier Freight Details and Invoice: what a carrier bills for one shipment.
//
// B3, C3, references; then LX loops with their own references and L1 segments, one a charge.
import type { X12Segment, X12Transaction } from '../document.ts';
import {
  missingElement,
  missingSegment,
  type ReferenceView,
  referenceFromL11,
  referenceFromN9,
  refusedFor,
  type TransactionView,
  textAt,
} from './common.ts';

export type FreightInvoice210 = {
  /** B3. */
  readonly segment: X12Segment;
  readonly invoice: string;
  readonly shipmentId: string;
  readonly date: string;
  /** B307 as written: N2, two implied decimals. */
  readonly total: string;
  readonly scac: string;
  /** C301, '' when not given. */
  readonly currency: string;
  readonly references: readonly ReferenceView[];
  readonly charges: readonly ChargeView[];
};

/** L1. */
export type ChargeView = {
  readonly segment: X12Segment;
  /** L104 as written: N2. */
  readonly charge: string;
  /** L108, '' for plain freight. */
  readonly code: string;
  /** References of its LX loop. */
  readonly references: readonly ReferenceView[];
};

export function viewFreightInvoice(transaction: X12Transaction): TransactionView<FreightInvoice210> {
  let segment: X12Segment | undefined;
  let currency = '';
  const references: ReferenceView[] = [];
  const charges: ChargeView[] = [];
  let listed = references;
  for (const each of transaction.segments) {
    switch (each.id) {
      case 'B3':
        segment ??= each;
        break;
      case 'C3':
        if (currency === '') currency = textAt(each, 1);
        break;
      case 'N9':
        listed.push(referenceFromN9(each));
        break;
      case 'L11':
        listed.push(referenceFromL11(each));
        break;
      case 'LX':
        listed = [];
        break;
      case 'L1':
        charges.push({ segment: each, charge: textAt(each, 4), code: textAt(each, 8), references: listed });
        break;
    }
  }
  if (segment === undefined) return { ok: false, faults: [missingSegment(transaction, 'B3')] };
  const refused = refusedFor([
    missingElement(segment, 2, 6, 7),
    ...(charges.length === 0 ? [missingSegment(transaction, 'L1')] : []),
  ]);
  return (
    refused ?? {
      ok: true,
      view: {
        segment,
        invoice: textAt(segment, 2),
        shipmentId: textAt(segment, 3),
        date: textAt(segment, 6),
        total: textAt(segment, 7),
        scac: textAt(segment, 11),
        currency,
        references,
        charges,
      },
    }
  );
}
