// What a reader of X12 gets: interchanges, their functional groups, transactions and segments.
//
// Envelopes nest ISA ( GS ( ST … SE ) GE ) IEA. Faults are kept beside what was read, never instead of it: a caller looks
// at `accepted` and `complete` to decide, and at `faults` to say why. Offsets are byte positions in the whole input, from 0.
import type { X12Fault } from './faults.ts';

/** The bytes that part an interchange, as its ISA declares them. */
export type X12Delimiters = {
  readonly element: string;
  /** ISA16, '' when the ISA has none. */
  readonly component: string;
  /** ISA11 where it is a separator (release 00402 on), else ''. In older releases ISA11 is the standards id `U`. */
  readonly repetition: string;
  /** The segment terminator, which may be a line break or a character of several bytes. */
  readonly segment: string;
  /** What follows each terminator before the next segment: '', LF or CRLF. '' where the terminator is itself a line break. */
  readonly lineBreak: string;
};

/** One segment, kept as positions; text is made only when asked for. */
export interface X12Segment {
  readonly id: string;
  /** 1-based position in its transaction; ST is 1. In segments outside a transaction: 0. */
  readonly index: number;
  readonly offset: number;
  /** Number of elements after the segment id, trailing empty ones included. */
  readonly count: number;
  /**
   * Element `n` from 1; '' when absent. Blanks are kept, save those between the last element and the terminator, which
   * senders add by padding lines and X12 forbids in variable elements. Line breaks of hard-wrapped files are taken out.
   */
  element(n: number): string;
  components(n: number): string[];
  repeats(n: number): string[];
  /** Byte position of element `n`; for an absent one the end of the segment, where it is missing. */
  elementOffset(n: number): number;
}

export interface X12Transaction {
  /** ST01 such as `214`. */
  readonly code: string;
  /** ST02 as written. */
  readonly controlNumber: string;
  /** ST03 implementation reference, '' when absent. */
  readonly implementation: string;
  /** ST to SE, both included. */
  readonly segments: readonly X12Segment[];
  readonly segmentCount: number;
  readonly faults: readonly X12Fault[];
  /** No fault of it rejects it. A group that is not accepted takes its transactions with it: ask both. */
  readonly accepted: boolean;
  readonly start: number;
  readonly end: number;
}

/** What SE, GE or IEA says: how many it closes and which. */
export type X12Trailer = { readonly count: string; readonly controlNumber: string };

export interface X12GroupHeader {
  /** GS01 such as `QM`; '' when transactions stand without a GS. */
  readonly functionalId: string;
  readonly sender: string;
  readonly receiver: string;
  /** GS04, CCYYMMDD or YYMMDD, as written. */
  readonly date: string;
  readonly time: string;
  /** GS06 as written. */
  readonly controlNumber: string;
  /** GS07, normally `X`. */
  readonly agency: string;
  /** GS08 such as `004010`. Governs over ISA12 where they disagree. */
  readonly release: string;
  readonly transactionCount: number;
  /** GE01 and GE02 as written, once GE is read. */
  readonly trailer?: X12Trailer;
  readonly faults: readonly X12Fault[];
  /** No fault of the group itself rejects it; known for certain when the group has ended. */
  readonly accepted: boolean;
  readonly start: number;
  readonly end: number;
}

export interface X12Group extends X12GroupHeader {
  readonly transactions: readonly X12Transaction[];
}

export interface X12InterchangeHeader {
  /** ISA05, trimmed. */
  readonly senderQualifier: string;
  /** ISA06, trimmed. */
  readonly sender: string;
  readonly receiverQualifier: string;
  readonly receiver: string;
  /** ISA09 YYMMDD as written. */
  readonly date: string;
  /** ISA10 HHMM as written. */
  readonly time: string;
  /** ISA12 such as `00401`. */
  readonly version: string;
  /** ISA13 as written. */
  readonly controlNumber: string;
  /** ISA14 is 1: the sender asks for a TA1. */
  readonly acknowledgementRequested: boolean;
  /** ISA15: P production, T test, I information. */
  readonly usage: string;
  /** ISA01 to ISA16 as written, untrimmed. */
  readonly elements: readonly string[];
  readonly delimiters: X12Delimiters;
  /** TA1 segments: the partner's answers to interchanges of ours. */
  readonly interchangeAcknowledgements: readonly X12Segment[];
  readonly groupCount: number;
  /** IEA01 and IEA02 as written, once IEA is read. */
  readonly trailer?: X12Trailer;
  readonly faults: readonly X12Fault[];
  /** IEA is present and its count and control number are right. Never act on an interchange that is not complete. */
  readonly complete: boolean;
  readonly start: number;
  readonly end: number;
}

export interface X12Interchange extends X12InterchangeHeader {
  readonly groups: readonly X12Group[];
}

export type X12Document = {
  readonly interchanges: readonly X12Interchange[];
  /** Every fault of the input in the order found: those of its interchanges, groups and transactions, and bytes outside any. */
  readonly faults: readonly X12Fault[];
  /** Bytes of the input. */
  readonly length: number;
};
