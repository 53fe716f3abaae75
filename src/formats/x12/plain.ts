// An interchange as plain values: what a writer takes, and what a document that was read can be turned back into.
import type { X12Delimiters, X12Document, X12Interchange, X12Segment, X12Trailer, X12Transaction } from './document.ts';

/** An element: text, a composite, or repetitions of either. Text never contains a delimiter. */
export type X12PlainComposite = string | { readonly components: readonly string[] };
export type X12PlainElement = X12PlainComposite | { readonly repeats: readonly X12PlainComposite[] };
export type X12PlainSegment = readonly [id: string, ...elements: X12PlainElement[]];

export type X12PlainTransaction = {
  readonly code: string;
  readonly controlNumber: string;
  /** ST03, where the release has it. */
  readonly implementation?: string;
  /** Between ST and SE. */
  readonly segments: readonly X12PlainSegment[];
  /** How the trailer is to write count and number (leading zeros), where they are right; else it is made. */
  readonly trailer?: X12Trailer;
};

export type X12PlainGroup = {
  readonly functionalId: string;
  readonly sender: string;
  readonly receiver: string;
  /** CCYYMMDD (YYMMDD before release 004010). */
  readonly date: string;
  readonly time: string;
  readonly controlNumber: string;
  /** GS07, `X` by default. */
  readonly agency?: string;
  readonly release: string;
  readonly transactions: readonly X12PlainTransaction[];
  readonly trailer?: X12Trailer;
};

export type X12PlainInterchange = {
  /** ISA01 and ISA02, ISA03 and ISA04; `00` and blanks by default. */
  readonly authorization?: { readonly qualifier: string; readonly information: string };
  readonly security?: { readonly qualifier: string; readonly information: string };
  readonly senderQualifier: string;
  readonly sender: string;
  readonly receiverQualifier: string;
  readonly receiver: string;
  /** YYMMDD. */
  readonly date: string;
  /** HHMM. */
  readonly time: string;
  /** ISA11 where it is no repetition separator, `U` by default. */
  readonly standardsId?: string;
  readonly version: string;
  readonly controlNumber: string;
  readonly acknowledgementRequested?: boolean;
  readonly usage: string;
  readonly delimiters?: X12Delimiters;
  readonly interchangeAcknowledgements?: readonly X12PlainSegment[];
  readonly groups: readonly X12PlainGroup[];
  readonly trailer?: X12Trailer;
  /** A line break follows the last terminator too. Default true where the delimiters have one. */
  readonly lastLineBreak?: boolean;
};

/** The plain values of a document. Writing them gives the same bytes where the input kept the standard's form. */
export function plainX12(document: X12Document): X12PlainInterchange[] {
  return document.interchanges.map((interchange, position) => {
    const next = document.interchanges[position + 1]?.start ?? document.length;
    return plainInterchange(interchange, next > interchange.end);
  });
}

function plainInterchange(interchange: X12Interchange, lastLineBreak: boolean): X12PlainInterchange {
  const { elements, delimiters, trailer } = interchange;
  const at = (n: number): string => elements[n - 1] ?? '';
  return {
    authorization: { qualifier: at(1), information: at(2) },
    security: { qualifier: at(3), information: at(4) },
    senderQualifier: at(5),
    sender: at(6),
    receiverQualifier: at(7),
    receiver: at(8),
    date: at(9),
    time: at(10),
    standardsId: delimiters.repetition === '' ? at(11) : undefined,
    version: at(12),
    controlNumber: at(13),
    acknowledgementRequested: interchange.acknowledgementRequested,
    usage: at(15),
    delimiters,
    interchangeAcknowledgements: interchange.interchangeAcknowledgements.map((ta1) => plainSegment(ta1, delimiters)),
    groups: interchange.groups.map((group) => ({
      ...group,
      transactions: group.transactions.map((transaction) => plainTransaction(transaction, delimiters)),
    })),
    trailer,
    lastLineBreak,
  };
}

function plainTransaction(transaction: X12Transaction, delimiters: X12Delimiters): X12PlainTransaction {
  const { segments, implementation } = transaction;
  const last = segments.at(-1);
  const se = last?.id === 'SE' ? last : undefined;
  return {
    code: transaction.code,
    controlNumber: transaction.controlNumber,
    implementation: implementation === '' ? undefined : implementation,
    segments: segments.slice(1, se ? -1 : undefined).map((segment) => plainSegment(segment, delimiters)),
    trailer: se && { count: se.element(1), controlNumber: se.element(2) },
  };
}

function plainSegment(segment: X12Segment, delimiters: X12Delimiters): X12PlainSegment {
  const elements = Array.from({ length: segment.count }, (_, n) => plainElement(segment.element(n + 1), delimiters));
  return [segment.id, ...elements];
}

/** Text as it stands between two element separators, taken apart at the separators within. */
export function plainElement(text: string, { component, repetition }: X12Delimiters): X12PlainElement {
  if (repetition === '' || !text.includes(repetition)) return plainComposite(text, component);
  return { repeats: text.split(repetition).map((part) => plainComposite(part, component)) };
}

function plainComposite(text: string, component: string): X12PlainComposite {
  return component === '' || !text.includes(component) ? text : { components: text.split(component) };
}
