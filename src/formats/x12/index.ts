// The door of the X12 reader and writer: other floors import from here.

export {
  type Acknowledgeable,
  type Acknowledgement,
  type AcknowledgeOptions,
  type AnsweredTransaction,
  acknowledge,
} from './acknowledge.ts';
export type {
  X12Delimiters,
  X12Document,
  X12Group,
  X12GroupHeader,
  X12Interchange,
  X12InterchangeHeader,
  X12Segment,
  X12Transaction,
} from './document.ts';
export type { X12Handlers } from './envelope.ts';
export {
  X12_FAULTS,
  type X12FaultDetail,
  type X12FaultKind,
  type X12Level,
  type X12Severity,
} from './fault-catalogue.ts';
export { faultAt, rejects, type X12Fault, type X12Place } from './faults.ts';
export { type LaidOutElement, type LaidOutSegment, layOutX12, type X12Layout } from './layout.ts';
export {
  plainX12,
  type X12PlainComposite,
  type X12PlainElement,
  type X12PlainGroup,
  type X12PlainInterchange,
  type X12PlainSegment,
  type X12PlainTransaction,
} from './plain.ts';
export { readX12 } from './read.ts';
export { createX12Reader, type X12Reader, type X12ReaderOptions } from './reader.ts';
export { looksLikeX12 } from './sniff.ts';
export { sameControlNumber } from './text.ts';
export { USUAL_DELIMITERS, writeX12, type X12WriteFault, type X12Written } from './write.ts';
