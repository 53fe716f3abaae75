// The answer to an interchange: 997 or 999 for its groups, and TA1 where ISA14 asks for it.
//
// Sources: X12 transaction sets 997 and 999 (005010X231A1), TA1 of the interchange control structure. AK5/IK5 says of each
// transaction A accepted, E accepted with errors, R rejected; AK9 adds P, some of a group. An interchange that is not
// complete is not accepted at all: it gets a TA1 when it asked for one, and no 997.
import type { X12Delimiters, X12Group, X12Interchange, X12InterchangeHeader, X12Transaction } from './document.ts';
import type { X12Level } from './fault-catalogue.ts';
import type { X12Fault } from './faults.ts';
import { rejects } from './faults.ts';
import { plainElement, type X12PlainGroup, type X12PlainInterchange, type X12PlainSegment } from './plain.ts';
import { USUAL_DELIMITERS, writeX12, type X12WriteFault } from './write.ts';

/** What is answered: an interchange, or the same fields kept of one that was read as a stream. */
export type Acknowledgeable = Omit<X12InterchangeHeader, 'groupCount'> & {
  readonly groups: readonly (Omit<X12Group, 'transactions'> & {
    readonly transactions: readonly AnsweredTransaction[];
  })[];
};
export type AnsweredTransaction = Pick<
  X12Transaction,
  'code' | 'controlNumber' | 'implementation' | 'faults' | 'accepted'
>;

export type AcknowledgeOptions = {
  readonly kind: '997' | '999';
  /** Numbers for the interchange and for the first group out; further groups count on. */
  readonly controlNumbers: { readonly interchange: number; readonly group: number };
  /** Epoch milliseconds; written in UTC. */
  readonly at: number;
  /** What translation found in transactions that the reader accepted. */
  readonly found?: ReadonlyMap<AnsweredTransaction, readonly X12Fault[]>;
};

export type Acknowledgement =
  | { readonly kind: 'written'; readonly bytes: Uint8Array; readonly groupsAnswered: number }
  /** Nothing to answer: acknowledgements themselves, or an incomplete interchange that did not ask. */
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly fault: X12WriteFault };

/** Answers an interchange that was read. */
export function acknowledge(
  interchange: X12Interchange | Acknowledgeable,
  options: AcknowledgeOptions,
): Acknowledgement {
  const answered = interchange.complete
    ? interchange.groups.filter((group) => group.functionalId !== 'FA' && group.functionalId !== '')
    : [];
  const ta1 = interchange.acknowledgementRequested ? [interchangeAcknowledgement(interchange)] : [];
  if (answered.length === 0 && ta1.length === 0) return { kind: 'none' };
  const groups = answered.map((group, position) =>
    answerGroup(group, options, String(options.controlNumbers.group + position)),
  );
  const written = writeX12(answerEnvelope(interchange, options, groups, ta1));
  return written.kind === 'written' ? { ...written, groupsAnswered: groups.length } : written;
}

function answerEnvelope(
  interchange: Acknowledgeable | X12Interchange,
  { kind, controlNumbers, at }: AcknowledgeOptions,
  groups: readonly X12PlainGroup[],
  interchangeAcknowledgements: readonly X12PlainSegment[],
): X12PlainInterchange {
  const base = interchange.delimiters.component === '' ? USUAL_DELIMITERS : interchange.delimiters;
  const version = kind === '999' && !(interchange.version >= '00501') ? '00501' : fiveDigits(interchange.version);
  const delimiters = { ...base, repetition: repetitionFor(version, base) };
  const fits = (text: string, length: number) => text.slice(0, length);
  return {
    senderQualifier: interchange.receiverQualifier.padEnd(2).slice(0, 2),
    sender: fits(interchange.receiver, 15),
    receiverQualifier: interchange.senderQualifier.padEnd(2).slice(0, 2),
    receiver: fits(interchange.sender, 15),
    date: writtenAt(at).date.slice(2),
    time: writtenAt(at).time,
    version,
    controlNumber: String(controlNumbers.interchange),
    usage: /^[PTI]$/.test(interchange.usage) ? interchange.usage : 'P',
    delimiters,
    interchangeAcknowledgements: interchangeAcknowledgements.map((segment) => echoed(segment, delimiters)),
    groups: groups.map((group) => ({
      ...group,
      transactions: group.transactions.map((transaction) => ({
        ...transaction,
        segments: transaction.segments.map((segment) => echoed(segment, delimiters)),
      })),
    })),
  };
}

// What the sender wrote is repeated as it stood, also where a separator within elements is part of it (a time `18:04`).
function echoed([id, ...elements]: X12PlainSegment, delimiters: X12Delimiters): X12PlainSegment {
  return [id, ...elements.map((text) => (typeof text === 'string' ? plainElement(text, delimiters) : text))];
}

// Since release 00402 ISA11 must hold a repetition separator, also when nothing repeats.
function repetitionFor(version: string, { element, component, repetition, segment }: X12Delimiters): string {
  if (version < '00402') return '';
  if (repetition !== '') return repetition;
  return ['^', '!', '|'].find((mark) => ![element, component, segment].includes(mark)) ?? '';
}

type AnsweredGroup = Acknowledgeable['groups'][number];

function answerGroup(group: AnsweredGroup, options: AcknowledgeOptions, controlNumber: string): X12PlainGroup {
  const { kind, at } = options;
  const release = kind === '999' ? '005010X231A1' : (/^\d{6}/.exec(group.release)?.[0] ?? '004010');
  return {
    functionalId: 'FA',
    sender: group.receiver,
    receiver: group.sender,
    date: writtenAt(at).date,
    time: writtenAt(at).time,
    controlNumber,
    release,
    transactions: [
      {
        code: kind,
        controlNumber: '0001',
        implementation: kind === '999' ? release : undefined,
        segments: answerSegments(group, options),
      },
    ],
  };
}

type Verdict = 'A' | 'E' | 'R';

function answerSegments(group: AnsweredGroup, { kind, found }: AcknowledgeOptions): X12PlainSegment[] {
  const verdicts: Verdict[] = [];
  const segments: X12PlainSegment[] = [
    [
      'AK1',
      group.functionalId,
      group.controlNumber,
      ...(kind === '999' && group.release !== '' ? [group.release] : []),
    ],
  ];
  for (const transaction of group.transactions) {
    const faults = [...transaction.faults, ...(found?.get(transaction) ?? [])];
    const verdict = verdictOf(faults, transaction.accepted);
    verdicts.push(verdict);
    // A transaction without fault in a group that is rejected has nothing to be told of itself.
    if (group.accepted || verdict !== 'A') segments.push(...answerTransaction(transaction, faults, verdict, kind));
  }
  segments.push(groupVerdict(group, verdicts));
  return segments;
}

function verdictOf(faults: readonly X12Fault[], accepted: boolean): Verdict {
  if (!accepted || rejects(faults)) return 'R';
  return faults.some((fault) => fault.severity === 'error') ? 'E' : 'A';
}

function answerTransaction(
  transaction: AnsweredTransaction,
  faults: readonly X12Fault[],
  verdict: Verdict,
  kind: '997' | '999',
): X12PlainSegment[] {
  const implementation = kind === '999' && transaction.implementation !== '' ? [transaction.implementation] : [];
  const details = segmentDetails(faults, kind);
  const codes = codesOf(faults, 'transaction');
  if (details.length > 0 && !codes.includes('5')) codes.push('5');
  const close = kind === '999' ? 'IK5' : 'AK5';
  return [
    ['AK2', transaction.code, transaction.controlNumber, ...implementation],
    ...details,
    [close, verdict, ...codes.slice(0, 5)],
  ];
}

// AK3 for each segment at fault, in order, and AK4 for its elements.
function segmentDetails(faults: readonly X12Fault[], kind: '997' | '999'): X12PlainSegment[] {
  const [segmentId, elementId] = kind === '999' ? ['IK3', 'IK4'] : ['AK3', 'AK4'];
  const told = faults.filter((fault) => isDetail(fault)).sort((a, b) => positionOf(a) - positionOf(b));
  const out: X12PlainSegment[] = [];
  for (const ofSegment of Map.groupBy(told, (fault) => `${positionOf(fault)} ${fault.segment}`).values()) {
    const [first] = ofSegment as [X12Fault];
    const elements = ofSegment.filter((fault) => fault.level === 'element');
    const own = codesOf(ofSegment, 'segment');
    for (const code of [...own, ...(elements.length > 0 ? ['8'] : [])]) {
      out.push([segmentId, first.segment, String(positionOf(first)), '', code]);
    }
    for (const { element, code, found } of elements) {
      const copy = copyable(found);
      out.push([elementId, String(element ?? 1), '', code, ...(copy === '' ? [] : [copy])]);
    }
  }
  return out;
}

const isDetail = ({ level, severity, code, segment }: X12Fault): boolean =>
  (level === 'segment' || level === 'element') &&
  severity !== 'note' &&
  code !== '' &&
  /^[A-Z][A-Z0-9]{1,2}$/.test(segment);

const positionOf = (fault: X12Fault): number => fault.segmentIndex ?? 1;

// The bad value is repeated to its sender where it can be written: no delimiter can be left in it, nor more than 99 characters.
function copyable(found: string | undefined): string {
  return found !== undefined && /^[A-Za-z0-9 .,\-/]{1,99}$/.test(found) ? found.trim() : '';
}

function groupVerdict(group: AnsweredGroup, verdicts: readonly Verdict[]): X12PlainSegment {
  const received = verdicts.length;
  const accepted = group.accepted ? verdicts.filter((verdict) => verdict !== 'R').length : 0;
  const declared = Number(group.trailer?.count || received);
  const flawless = verdicts.every((verdict) => verdict === 'A') && codesOf(group.faults, 'group').length === 0;
  const code =
    !group.accepted || (received > 0 && accepted === 0) ? 'R' : accepted < received ? 'P' : flawless ? 'A' : 'E';
  const included = Number.isSafeInteger(declared) && declared >= 0 ? declared : received;
  return [
    'AK9',
    code,
    String(included),
    String(received),
    String(accepted),
    ...codesOf(group.faults, 'group').slice(0, 5),
  ];
}

function interchangeAcknowledgement(interchange: Acknowledgeable | X12Interchange): X12PlainSegment {
  const codes = codesOf(interchange.faults, 'interchange');
  const code = interchange.complete ? (codes.length > 0 ? 'E' : 'A') : 'R';
  const { controlNumber, date, time } = interchange;
  return ['TA1', controlNumber.trim(), date, time, code, codes[0] ?? (code === 'R' ? '024' : '000')];
}

// Codes of the faults we tell of, the gravest first, each once.
function codesOf(faults: readonly X12Fault[], level: X12Level): string[] {
  const told = faults.filter((fault) => fault.level === level && fault.severity !== 'note' && fault.code !== '');
  const [grave, lesser] = [
    told.filter((fault) => fault.severity === 'reject'),
    told.filter((fault) => fault.severity === 'error'),
  ];
  return [...new Set([...grave, ...lesser].map((fault) => fault.code))];
}

const fiveDigits = (version: string): string => (/^\d{5}$/.test(version) ? version : '00401');

let lastWritten = { at: Number.NaN, date: '', time: '' };

// Messages of one call are answered as of one time.
function writtenAt(at: number): { readonly date: string; readonly time: string } {
  if (lastWritten.at !== at) {
    const digits = new Date(at).toISOString().replaceAll(/[-:]/g, '');
    lastWritten = { at, date: digits.slice(0, 8), time: digits.slice(9, 13) };
  }
  return lastWritten;
}
