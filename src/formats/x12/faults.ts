// A fault of an X12 file: one of the catalogue, with its place and what was found there.
import {
  type FaultEntry,
  X12_FAULTS,
  type X12FaultDetail,
  type X12FaultKind,
  type X12Level,
  type X12Severity,
} from './fault-catalogue.ts';

type FaultOf<Kind extends X12FaultKind> = {
  readonly kind: Kind;
  readonly level: X12Level;
  readonly severity: X12Severity;
  /** Code of the acknowledgement at its level, '' where X12 has none. */
  readonly code: string;
  /** Id of the segment it stands on, '' where bytes form none. */
  readonly segment: string;
  /** Byte position in the input. */
  readonly offset: number;
  /** 1-based position of the segment in its transaction, where it stands in one. */
  readonly segmentIndex?: number;
  /** 1-based element of the segment. */
  readonly element?: number;
  readonly expected?: string;
  readonly found?: string;
  /** One plain line: segment, byte position, reason, how to mend. */
  readonly message: string;
};

/** A fault, told apart by `kind`. */
export type X12Fault = { [Kind in X12FaultKind]: FaultOf<Kind> }[X12FaultKind];

/** Where a fault stands. */
export type X12Place = {
  readonly segment: string;
  readonly offset: number;
  readonly segmentIndex?: number;
  readonly element?: number;
};

/** Makes a fault of the catalogue. Reader and translation both make theirs here, so that all read alike. */
export function faultAt(kind: X12FaultKind, place: X12Place, detail: X12FaultDetail = {}): X12Fault {
  const { level, severity, code, reason, mend }: FaultEntry = X12_FAULTS[kind];
  const words = reason({ expected: detail.expected ?? '', found: shown(detail.found ?? '') });
  const name =
    place.element === undefined ? place.segment : `${place.segment}${String(place.element).padStart(2, '0')}`;
  const message = `${name === '' ? 'X12' : name} at byte ${place.offset}: ${words}; ${mend}`;
  return { kind, level, severity, code, ...place, ...detail, message } as X12Fault;
}

/** True when any of the faults takes what it stands on out of processing. */
export function rejects(faults: readonly X12Fault[]): boolean {
  return faults.some((fault) => fault.severity === 'reject');
}

// Partners' bytes go into one line of a message: no control characters, no essays.
function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is being taken out
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}
