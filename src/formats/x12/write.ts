// Plain values to bytes: ISA padded to 106 bytes, counts made, control numbers repeated in the trailers.
//
// A writer must not let data be read as structure: text that contains a delimiter or a control character is refused, with
// the segment and element it stands in, and nothing is written.
import type { X12Delimiters, X12Trailer } from './document.ts';
import type {
  X12PlainComposite,
  X12PlainElement,
  X12PlainGroup,
  X12PlainInterchange,
  X12PlainSegment,
  X12PlainTransaction,
} from './plain.ts';

/** What most of US freight uses: `*` `>` `~`, lines for the eye. */
export const USUAL_DELIMITERS: X12Delimiters = {
  element: '*',
  component: '>',
  repetition: '',
  segment: '~',
  lineBreak: '\n',
};

export type X12WriteFault = {
  readonly kind:
    | 'delimiter-in-data'
    | 'character-not-allowed'
    | 'delimiter-missing'
    | 'delimiters-clash'
    | 'element-too-long'
    | 'element-missing'
    | 'segment-id-invalid';
  readonly segment: string;
  /** 1-based, 0 for the segment id. */
  readonly element: number;
  /** One plain line: where, why, how to mend. */
  readonly message: string;
};

export type X12Written =
  | { readonly kind: 'written'; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly fault: X12WriteFault };

/** Writes interchanges one after the other, as UTF-8. Data that cannot be written is refused as a value. */
export function writeX12(interchanges: X12PlainInterchange | readonly X12PlainInterchange[]): X12Written {
  const list = 'groups' in interchanges ? [interchanges] : interchanges;
  const parts: string[] = [];
  for (const interchange of list) {
    const fault = writeInterchange(interchange, parts);
    if (fault !== undefined) return { kind: 'refused', fault };
  }
  return { kind: 'written', bytes: Buffer.from(parts.join('')) };
}

type Form = { readonly delimiters: X12Delimiters; readonly forbidden: RegExp; readonly parts: string[] };

function writeInterchange(interchange: X12PlainInterchange, parts: string[]): X12WriteFault | undefined {
  const delimiters = interchange.delimiters ?? USUAL_DELIMITERS;
  const clash = clashOf(delimiters);
  if (clash !== undefined) return clash;
  const form: Form = { delimiters, forbidden: forbiddenIn(delimiters), parts };
  const fault =
    writeIsa(interchange, form) ??
    firstFault(interchange.interchangeAcknowledgements ?? [], (ta1) => writeSegment(ta1, form)) ??
    firstFault(interchange.groups, (group) => writeGroup(group, form)) ??
    writeTrailer('IEA', interchange.groups.length, interchange, form);
  if (fault === undefined && interchange.lastLineBreak === false && delimiters.lineBreak !== '') {
    parts.push((parts.pop() as string).slice(0, -delimiters.lineBreak.length));
  }
  return fault;
}

const ISA_LENGTHS = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1];

function writeIsa(interchange: X12PlainInterchange, form: Form): X12WriteFault | undefined {
  const { element, component, repetition, segment, lineBreak } = form.delimiters;
  const { authorization, security, standardsId } = interchange;
  const values = [
    authorization?.qualifier ?? '00',
    authorization?.information ?? '',
    security?.qualifier ?? '00',
    security?.information ?? '',
    interchange.senderQualifier,
    interchange.sender,
    interchange.receiverQualifier,
    interchange.receiver,
    interchange.date,
    interchange.time,
    repetition === '' ? (standardsId ?? 'U') : repetition,
    interchange.version,
    interchange.controlNumber.padStart(9, '0'),
    interchange.acknowledgementRequested ? '1' : '0',
    interchange.usage,
  ];
  for (let n = 1; n <= values.length; n++) {
    const value = values[n - 1] as string;
    const length = ISA_LENGTHS[n - 1] as number;
    const text = form.forbidden.exec(value);
    if (text !== null && !(n === 11 && value === repetition)) return notWritable('ISA', n, text[0], form);
    if (value.length > length) {
      return refusal('element-too-long', 'ISA', n, `has ${value.length} characters, ${length} fit; shorten it`);
    }
    // Only ids and passwords may be shorter than their place: blanks in the others would change their meaning.
    if (value.length < length && ![2, 4, 6, 8].includes(n)) {
      return refusal(
        'element-missing',
        'ISA',
        n,
        `needs exactly ${length} characters, it has ${value.length}; fill it`,
      );
    }
  }
  const padded = values.map((value, position) => value.padEnd(ISA_LENGTHS[position] as number));
  form.parts.push(`${['ISA', ...padded, component].join(element)}${segment}${lineBreak}`);
  return undefined;
}

function writeGroup(group: X12PlainGroup, form: Form): X12WriteFault | undefined {
  const { functionalId, sender, receiver, date, time, controlNumber, agency = 'X', release } = group;
  return (
    writeSegment(['GS', functionalId, sender, receiver, date, time, controlNumber, agency, release], form) ??
    firstFault(group.transactions, (transaction) => writeTransaction(transaction, form)) ??
    writeTrailer('GE', group.transactions.length, group, form)
  );
}

function writeTransaction(transaction: X12PlainTransaction, form: Form): X12WriteFault | undefined {
  const { code, controlNumber, implementation, segments } = transaction;
  const st: X12PlainSegment = ['ST', code, controlNumber, ...(implementation === undefined ? [] : [implementation])];
  return (
    writeSegment(st, form) ??
    firstFault(segments, (segment) => writeSegment(segment, form)) ??
    writeTrailer('SE', segments.length + 2, transaction, form)
  );
}

type Closed = { readonly controlNumber: string; readonly trailer?: X12Trailer };

function writeTrailer(id: string, count: number, { controlNumber, trailer }: Closed, form: Form) {
  const countText = trailer !== undefined && Number(trailer.count) === count ? trailer.count : String(count);
  const isSame = trailer !== undefined && Number(trailer.controlNumber) === Number(controlNumber);
  const number = isSame ? trailer.controlNumber : id === 'IEA' ? controlNumber.padStart(9, '0') : controlNumber;
  return writeSegment([id, countText, number], form);
}

const SEGMENT_ID = /^[A-Z][A-Z0-9]{1,2}$/;

function writeSegment(segment: X12PlainSegment, form: Form): X12WriteFault | undefined {
  const [id] = segment;
  const { delimiters, parts } = form;
  if (!SEGMENT_ID.test(id)) return refusal('segment-id-invalid', id, 0, 'is no segment id; use 2 or 3 capitals');
  let line: string = id;
  for (let n = 1; n < segment.length; n++) {
    const text = elementText(segment[n] as X12PlainElement, form);
    if (typeof text !== 'string') return text.refusedAt(id, n);
    line += delimiters.element + text;
  }
  parts.push(line + delimiters.segment + delimiters.lineBreak);
  return undefined;
}

type Refused = { readonly refusedAt: (segment: string, element: number) => X12WriteFault };

function elementText(element: X12PlainElement, form: Form): string | Refused {
  if (typeof element === 'string' || 'components' in element) return compositeText(element, form);
  const texts: string[] = [];
  for (const repeat of element.repeats) {
    const text = compositeText(repeat, form);
    if (typeof text !== 'string') return text;
    texts.push(text);
  }
  const { repetition } = form.delimiters;
  return texts.length > 1 && repetition === '' ? missing('repetition separator') : texts.join(repetition);
}

function compositeText(composite: X12PlainComposite, form: Form): string | Refused {
  const { component } = form.delimiters;
  if (typeof composite === 'string') return plainText(composite, form);
  const { components } = composite;
  if (components.length > 1 && component === '') return missing('component separator');
  const texts: string[] = [];
  for (const each of components) {
    const text = plainText(each, form);
    if (typeof text !== 'string') return text;
    texts.push(text);
  }
  return texts.join(component);
}

function plainText(text: string, form: Form): string | Refused {
  const found = form.forbidden.exec(text);
  if (found === null) return text;
  return { refusedAt: (segment, element) => notWritable(segment, element, found[0], form) };
}

const missing = (separator: string): Refused => ({
  refusedAt: (segment, element) =>
    refusal('delimiter-missing', segment, element, `needs a ${separator} and the interchange has none; name one`),
});

function notWritable(segment: string, element: number, found: string, form: Form): X12WriteFault {
  const { element: separator, component, repetition, segment: terminator } = form.delimiters;
  return [separator, component, repetition, terminator].includes(found)
    ? refusal(
        'delimiter-in-data',
        segment,
        element,
        `contains the delimiter "${found}"; choose other delimiters or take it out`,
      )
    : refusal('character-not-allowed', segment, element, 'contains a control character; take it out');
}

function refusal(kind: X12WriteFault['kind'], segment: string, element: number, reason: string): X12WriteFault {
  const name = element === 0 ? segment : `${segment}${String(element).padStart(2, '0')}`;
  return { kind, segment, element, message: `${name} ${reason}` };
}

function clashOf({ element, component, repetition, segment }: X12Delimiters): X12WriteFault | undefined {
  const used = [element, component, repetition, segment].filter((delimiter) => delimiter !== '');
  if (new Set(used).size === used.length && element !== '' && segment !== '') return undefined;
  return refusal(
    'delimiters-clash',
    'ISA',
    16,
    'delimiters must be there and differ; choose four different characters',
  );
}

let lastForbidden: { key: string; pattern: RegExp } | undefined;

// The delimiters, and control characters, which no X12 character set has. Partners keep theirs from one document to the
// next, so the last pattern is kept as well.
function forbiddenIn({ element, component, repetition, segment }: X12Delimiters): RegExp {
  const delimiters = [element, component, repetition, segment].filter((delimiter) => delimiter !== '');
  const key = delimiters.join('\n');
  if (lastForbidden?.key !== key) {
    const alternatives = delimiters.map((delimiter) => RegExp.escape(delimiter)).join('|');
    lastForbidden = { key, pattern: new RegExp(`${alternatives}|[\\u0000-\\u001f]`) };
  }
  return lastForbidden.pattern;
}

function firstFault<T>(items: readonly T[], write: (item: T) => X12WriteFault | undefined): X12WriteFault | undefined {
  for (const item of items) {
    const fault = write(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
