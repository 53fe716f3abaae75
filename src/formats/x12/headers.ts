// Headers while they are open: made of ISA or GS, then their counts and faults grow until the trailer closes them.
import type { X12Delimiters, X12GroupHeader, X12InterchangeHeader } from './document.ts';
import type { X12Fault } from './faults.ts';
import type { TableSegment } from './segment.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
export type OpenInterchange = Writable<X12InterchangeHeader> & {
  faults: X12Fault[];
  interchangeAcknowledgements: TableSegment[];
};
export type OpenGroup = Writable<X12GroupHeader> & { faults: X12Fault[] };

/** The interchange that an ISA from `start` to `end` opens. */
export function openInterchange(
  elements: readonly string[],
  delimiters: X12Delimiters,
  start: number,
  end: number,
): OpenInterchange {
  const at = (n: number) => elements[n - 1] ?? '';
  return {
    senderQualifier: at(5).trim(),
    sender: at(6).trim(),
    receiverQualifier: at(7).trim(),
    receiver: at(8).trim(),
    date: at(9),
    time: at(10),
    version: at(12).trim(),
    controlNumber: at(13),
    acknowledgementRequested: at(14) === '1',
    usage: at(15),
    elements,
    delimiters,
    interchangeAcknowledgements: [],
    groupCount: 0,
    faults: [],
    complete: false,
    start,
    end,
  };
}

/** The group that a GS opens, or that transactions without a GS stand in. */
export function openGroup(gs: TableSegment | undefined): OpenGroup {
  const at = (n: number) => gs?.element(n) ?? '';
  return {
    functionalId: at(1),
    sender: at(2),
    receiver: at(3),
    date: at(4),
    time: at(5),
    controlNumber: at(6),
    agency: at(7),
    release: at(8),
    transactionCount: 0,
    faults: [],
    accepted: true,
    start: gs?.offset ?? 0,
    end: 0,
  };
}
