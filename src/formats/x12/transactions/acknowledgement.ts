// 997 Functional and 999 Implementation Acknowledgement: what the partner thinks of a group we sent.
//
// Both read alike: AK1 names the group, AK2 a transaction, AK5 or IK5 its verdict, AK9 the group's; AK3 and AK4 (IK3, IK4)
// name segments and elements in between.
import type { X12Segment, X12Transaction } from '../document.ts';
import { missingElement, missingSegment, type TransactionView, textAt } from './common.ts';

export type Acknowledgement = {
  /** AK1. */
  readonly segment: X12Segment;
  readonly functionalId: string;
  readonly groupControlNumber: string;
  readonly responses: readonly TransactionResponse[];
  /** AK901, '' when AK9 is missing. */
  readonly groupVerdict: string;
  readonly groupCodes: readonly string[];
};

export type TransactionResponse = {
  /** AK2. */
  readonly segment: X12Segment;
  readonly code: string;
  readonly controlNumber: string;
  /** AK501 or IK501: `A`, `E`, `R`, `M`, `W`, `X`; '' when missing. */
  verdict: string;
  codes: readonly string[];
  readonly complaints: Complaint[];
};

/** AK3 or IK3, and the AK4 or IK4 that follow it. */
export type Complaint = {
  readonly segmentId: string;
  readonly position: string;
  readonly code: string;
  readonly elements: { readonly position: string; readonly code: string; readonly found: string }[];
};

export function viewAcknowledgement(transaction: X12Transaction): TransactionView<Acknowledgement> {
  const segment = transaction.segments.find(({ id }) => id === 'AK1');
  if (segment === undefined) return { ok: false, faults: [missingSegment(transaction, 'AK1')] };
  const missing = missingElement(segment, 1, 2);
  if (missing !== undefined) return { ok: false, faults: [missing] };
  const responses: TransactionResponse[] = [];
  let group: X12Segment | undefined;
  for (const each of transaction.segments) {
    if (each.id === 'AK9') group ??= each;
    else place(responses, each);
  }
  return {
    ok: true,
    view: {
      segment,
      functionalId: textAt(segment, 1),
      groupControlNumber: textAt(segment, 2),
      responses,
      groupVerdict: group === undefined ? '' : textAt(group, 1),
      groupCodes: group === undefined ? [] : codesFrom(group, 5),
    },
  };
}

function place(responses: TransactionResponse[], segment: X12Segment): void {
  const response = responses.at(-1);
  switch (segment.id) {
    case 'AK2':
      responses.push({
        segment,
        code: textAt(segment, 1),
        controlNumber: textAt(segment, 2),
        verdict: '',
        codes: [],
        complaints: [],
      });
      break;
    case 'AK3':
    case 'IK3':
      response?.complaints.push({
        segmentId: textAt(segment, 1),
        position: textAt(segment, 2),
        code: textAt(segment, 4),
        elements: [],
      });
      break;
    case 'AK4':
    case 'IK4':
      response?.complaints
        .at(-1)
        ?.elements.push({ position: textAt(segment, 1), code: textAt(segment, 3), found: textAt(segment, 4) });
      break;
    case 'AK5':
    case 'IK5':
      if (response !== undefined) {
        response.verdict = textAt(segment, 1);
        response.codes = codesFrom(segment, 2);
      }
      break;
  }
}

function codesFrom(segment: X12Segment, from: number): string[] {
  return Array.from({ length: 5 }, (_, index) => textAt(segment, from + index)).filter((code) => code !== '');
}
