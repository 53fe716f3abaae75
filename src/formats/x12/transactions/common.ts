// What the views of all transaction sets share: elements as clean text, references, parties, places, moments.
//
// A view is a transaction as typed plain objects, loop in loop, as the standard nests them. It knows syntax only: which
// segment belongs to which loop, and what must be there. Each object keeps its segment, and with it every byte position.
import type { X12Segment, X12Transaction } from '../document.ts';
import { faultAt, type X12Fault } from '../faults.ts';

export type TransactionView<T> =
  | { readonly ok: true; readonly view: T }
  | { readonly ok: false; readonly faults: readonly X12Fault[] };

/** L11, N9 and REF: a number and what kind of number it is. */
export type ReferenceView = {
  readonly segment: X12Segment;
  readonly qualifier: string;
  readonly value: string;
};

/** N4. */
export type PlaceView = {
  readonly segment: X12Segment;
  readonly city: string;
  readonly region: string;
  readonly postal: string;
  readonly country: string;
  readonly locationQualifier: string;
  readonly location: string;
};

/** N1 and the N4 that follows it. */
export type PartyView = {
  readonly segment: X12Segment;
  /** N101, such as `BT`. */
  readonly role: string;
  readonly name: string;
  readonly idQualifier: string;
  readonly id: string;
  place?: PlaceView;
};

/** G62. */
export type MomentView = {
  readonly segment: X12Segment;
  readonly qualifier: string;
  readonly date: string;
  readonly time: string;
  readonly zone: string;
};

/** AT8: a weight, with the unit code as given. */
export type WeightView = { readonly segment: X12Segment; readonly unit: string; readonly weight: string };

/** Text without the blanks partners pad with; control characters, which no text may have, become blanks. */
export function plainText(written: string): string {
  // Nearly all elements are plain already, and a look at each character costs less than a call for each.
  for (let at = 0; at < written.length; at++) {
    const code = written.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return withoutControls(written);
  }
  const first = written.charCodeAt(0);
  const last = written.charCodeAt(written.length - 1);
  return first === 0x20 || last === 0x20 || last > 0x7f || first > 0x7f ? written.trim() : written;
}

function withoutControls(written: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is being taken out
  return written.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

export function textAt(segment: X12Segment, n: number): string {
  return plainText(segment.element(n));
}

export function referenceFromL11(segment: X12Segment): ReferenceView {
  return { segment, qualifier: textAt(segment, 2), value: textAt(segment, 1) };
}

/** N9 and REF have the qualifier first. */
export function referenceFromN9(segment: X12Segment): ReferenceView {
  return { segment, qualifier: textAt(segment, 1), value: textAt(segment, 2) };
}

export function partyFrom(segment: X12Segment): PartyView {
  return {
    segment,
    role: textAt(segment, 1),
    name: textAt(segment, 2),
    idQualifier: textAt(segment, 3),
    id: textAt(segment, 4),
  };
}

export function placeFrom(segment: X12Segment): PlaceView {
  return {
    segment,
    city: textAt(segment, 1),
    region: textAt(segment, 2),
    postal: textAt(segment, 3),
    country: textAt(segment, 4),
    locationQualifier: textAt(segment, 5),
    location: textAt(segment, 6),
  };
}

export function momentFrom(segment: X12Segment): MomentView {
  return {
    segment,
    qualifier: textAt(segment, 1),
    date: textAt(segment, 2),
    time: textAt(segment, 4),
    zone: textAt(segment, 5),
  };
}

export function weightFrom(segment: X12Segment): WeightView {
  return { segment, unit: textAt(segment, 2), weight: textAt(segment, 3) };
}

/** The first of these elements that is empty, as a fault; `undefined` when all are there. */
export function missingElement(segment: X12Segment, ...elements: number[]): X12Fault | undefined {
  const element = elements.find((n) => textAt(segment, n) === '');
  return element === undefined ? undefined : elementFault('element-missing', segment, element);
}

/** A mandatory segment that is not there: told where the transaction begins. */
export function missingSegment(transaction: X12Transaction, id: string): X12Fault {
  return faultAt('segment-missing', { segment: id, offset: transaction.start, segmentIndex: 2 });
}

type ElementFaultKind =
  | 'element-missing'
  | 'element-condition'
  | 'element-too-long'
  | 'element-number-invalid'
  | 'element-code-unknown'
  | 'element-date-invalid'
  | 'element-time-invalid';

export function elementFault(
  kind: ElementFaultKind,
  segment: X12Segment,
  element: number,
  detail: { expected?: string; found?: string } = {},
): X12Fault {
  const { id, index } = segment;
  return faultAt(kind, { segment: id, offset: segment.elementOffset(element), segmentIndex: index, element }, detail);
}

/** Enough to mend a transaction by; one with more is garbage. */
const MAX_FAULTS = 100;

/** Faults or a view: a view without its mandatory parts is none. */
export function refusedFor(
  faults: readonly (X12Fault | undefined)[],
): { readonly ok: false; faults: X12Fault[] } | undefined {
  const found = faults.filter((fault) => fault !== undefined);
  return found.length === 0 ? undefined : { ok: false, faults: found.slice(0, MAX_FAULTS) };
}
