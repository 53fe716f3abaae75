// The ISA, from which everything else about an interchange is learned.
//
// By the standard it has 106 bytes: sixteen elements of fixed length, so the separator is byte 3, the component separator
// byte 104 and the terminator byte 105. Real partners cut the padding, leave ISA16 out, wrap lines inside it, put a blank
// before the terminator or use a character of several bytes. So we count separators, and tell the terminator by what
// stands between ISA16 and the next segment.
import type { X12Delimiters } from './document.ts';
import type { X12FaultDetail, X12FaultKind } from './fault-catalogue.ts';
import { faultAt, type X12Fault } from './faults.ts';
import { isAlphanumeric, isIdByte, isLineBreak, textOf } from './text.ts';

/** Bytes looked at to read an ISA: itself, over-long, and the line after it. Both reading modes look at the same. */
export const ISA_WINDOW = 512;

const FIXED_LENGTHS = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];
const FIXED_STARTS: readonly number[] = [4, 7, 18, 21, 32, 35, 51, 54, 70, 77, 82, 84, 90, 100, 102, 104];

export type Isa = {
  /** ISA01 to ISA16, '' for those that are missing. */
  readonly elements: readonly string[];
  readonly delimiters: X12Delimiters;
  readonly elementByte: number;
  /** The terminator's bytes as the scanner looks for them: of CRLF only the LF. */
  readonly terminatorBytes: readonly number[];
  /** Position after the terminator, counted from the I of ISA. */
  readonly length: number;
  readonly faults: readonly X12Fault[];
};

/** True when an ISA may begin at `at`: the letters and a byte that can be an element separator. */
export function isaBegins(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0x49 || bytes[at + 1] !== 0x53 || bytes[at + 2] !== 0x41) return false;
  const separator = bytes[at + 3];
  return separator !== undefined && separator !== 0x20 && !isLineBreak(separator) && !isAlphanumeric(separator);
}

/** Reads the ISA at the start of `window`; `offset` is its byte position in the input, for faults. */
export function readIsa(window: Uint8Array, offset: number): Isa | { readonly unreadable: X12Fault } {
  const elementByte = window[3] as number;
  const starts = elementStarts(window, elementByte);
  const found = starts.length;
  const lastStart = starts[found - 1] as number;
  const ending = endingOf(window, elementByte, lastStart, found);
  const place = { segment: 'ISA', offset };
  if (ending === undefined) {
    if (found < 15) return { unreadable: faultAt('isa-elements-missing', place, { found: String(found) }) };
    const tail = textOf(window, lastStart, Math.min(window.length, lastStart + 12));
    return {
      unreadable: faultAt(
        'isa-delimiters-unclear',
        { ...place, offset: offset + lastStart, element: 16 },
        { found: tail },
      ),
    };
  }
  const elements = elementTexts(window, starts, lastStart, ending);
  const delimiters: X12Delimiters = {
    element: String.fromCharCode(elementByte),
    component: ending.component,
    repetition: repetitionOf(elements[10] as string),
    segment: ending.terminator,
    lineBreak: ending.lineBreak,
  };
  return {
    elements,
    delimiters: withoutClashingRepetition(delimiters),
    elementByte,
    terminatorBytes: ending.terminatorBytes,
    length: ending.length,
    faults: isaFaults(window, offset, starts, elements, delimiters, ending),
  };
}

// Starts of the elements, up to sixteen: fewer when the next segment begins before the sixteenth separator.
function elementStarts(window: Uint8Array, elementByte: number): readonly number[] {
  // Where all separators stand in their fixed places, nothing in between can be taken for a segment.
  if (FIXED_STARTS.every((start) => window[start - 1] === elementByte)) return FIXED_STARTS;
  const starts = [4];
  for (let at = 4; at < window.length && starts.length < 16; at++) {
    if (window[at] === elementByte) starts.push(at + 1);
    else if (at > 4 && nextEnvelopeBegins(window, at, elementByte)) break;
  }
  return starts;
}

// GS, TA1, IEA or another ISA after something that ends a segment. Only these: an ISA element such as `A-ST` is no segment.
function nextEnvelopeBegins(window: Uint8Array, at: number, elementByte: number): boolean {
  const id = segmentIdAt(window, at, elementByte);
  if (id !== 'GS' && id !== 'TA1' && id !== 'IEA' && id !== 'ISA') return false;
  let before = at - 1;
  while (window[before] === 0x20 || window[before] === 0x09) before--;
  return window[before] !== elementByte && !isAlphanumeric(window[before]);
}

function segmentIdAt(window: Uint8Array, at: number, elementByte: number): string | undefined {
  let end = at;
  while (end < at + 3 && isIdByte(window[end])) end++;
  return end - at >= 2 && window[end] === elementByte && (window[at] as number) >= 0x41
    ? textOf(window, at, end)
    : undefined;
}

type Ending = {
  component: string;
  componentMissing: boolean;
  /** ISA15 where ISA16 is not there and the terminator stands right behind ISA15. */
  usage?: string;
  terminator: string;
  terminatorBytes: number[];
  lineBreak: string;
  length: number;
  /** Elements that are missing altogether, ISA16 apart. */
  elementsMissing: boolean;
};

function endingOf(window: Uint8Array, elementByte: number, lastStart: number, found: number): Ending | undefined {
  const next = nextSegment(window, lastStart, elementByte);
  const symbols = symbolsBetween(window, lastStart, next ?? tailEnd(window, lastStart));
  if (found < 15) return next === undefined ? undefined : endingOfShortIsa(symbols);
  if (found === 15) {
    const usage = symbols.shift();
    if (usage === undefined) return undefined;
    if (!isAlphanumeric(window[usage.at])) return endingOfShortIsa([usage, ...symbols]);
    const ending = terminatedBy(symbols, undefined);
    return ending && { ...ending, usage: usage.text };
  }
  const marks = symbols.filter((symbol) => !symbol.isBreak);
  if (marks.length === 0 || marks.some((mark) => isAlphanumeric(window[mark.at]))) {
    return marks.length === 0 ? terminatedBy(symbols, undefined) : undefined;
  }
  if (
    marks.length === 1 &&
    (next === undefined || isTerminator(window, marks[0] as Mark, next, elementByte, symbols))
  ) {
    return terminatedBy(symbols, undefined);
  }
  const [component, ...rest] = symbols;
  return component?.isBreak ? terminatedBy(symbols, undefined) : terminatedBy(rest, component);
}

// With too few elements the last mark before the next segment is the terminator, whatever it was meant to be.
function endingOfShortIsa(symbols: Mark[]): Ending | undefined {
  const last = symbols.findLastIndex((symbol) => !symbol.isBreak);
  const mark = symbols[last];
  const isMark = mark !== undefined && !isAlphanumeric(mark.text.charCodeAt(0));
  const ending = terminatedBy(symbols.slice(isMark ? last : last + 1), undefined);
  return ending && { ...ending, elementsMissing: true };
}

type Mark = { text: string; at: number; bytes: number[]; isBreak: boolean };

// The characters from ISA16 to the next segment, blanks left out; line breaks CRLF and LF are one symbol each.
function symbolsBetween(window: Uint8Array, from: number, to: number): Mark[] {
  const symbols: Mark[] = [];
  for (let at = from; at < to; ) {
    const byte = window[at] as number;
    const length = byte === 0x0d && window[at + 1] === 0x0a ? 2 : characterLength(window, at);
    const isBreak = isLineBreak(byte);
    const bytes = length === 1 ? [byte] : [...window.subarray(at, at + length)];
    if (byte !== 0x20 && byte !== 0x09) symbols.push({ text: textOf(window, at, at + length), at, bytes, isBreak });
    at += length;
  }
  return symbols;
}

function characterLength(window: Uint8Array, at: number): number {
  const byte = window[at] as number;
  const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
  for (let next = at + 1; next < at + length; next++) {
    if (((window[next] ?? 0) & 0xc0) !== 0x80) return 1;
  }
  return length;
}

// The last mark is the terminator; without one the line break is.
function terminatedBy(symbols: readonly Mark[], component: Mark | undefined): Ending | undefined {
  const marks = symbols.filter((symbol) => !symbol.isBreak);
  const terminator = marks.at(-1) ?? symbols[0];
  if (terminator === undefined) return undefined;
  const after = symbols[symbols.indexOf(terminator) + 1];
  return {
    component: component?.text ?? '',
    componentMissing: component === undefined,
    terminator: terminator.text,
    terminatorBytes: terminator.text === '\r\n' ? [0x0a] : terminator.bytes,
    lineBreak: terminator.isBreak ? '' : (after?.text ?? ''),
    length: terminator.at + terminator.bytes.length,
    elementsMissing: false,
  };
}

// One mark and a line break after it: `*P*~⏎`. Either ISA16 is `~` and the line break ends segments, or ISA16 is missing and
// `~` ends them. The line that follows tells: it ends with the mark if the mark is the terminator.
function isTerminator(window: Uint8Array, mark: Mark, next: number, elementByte: number, symbols: Mark[]): boolean {
  if (!symbols.some((symbol) => symbol.isBreak)) return true;
  for (let at = next; at < window.length; at++) {
    if (!startsWith(window, at, mark.bytes)) {
      if (isLineBreak(window[at])) return false;
      continue;
    }
    let after = at + mark.bytes.length;
    while (window[after] === 0x20 || window[after] === 0x09) after++;
    if (after >= window.length || isLineBreak(window[after])) return true;
    if (segmentIdAt(window, after, elementByte) !== undefined) return true;
  }
  return false;
}

function startsWith(window: Uint8Array, at: number, bytes: readonly number[]): boolean {
  return bytes.every((byte, position) => window[at + position] === byte);
}

// The next segment within the few bytes that can stand between: marks, line breaks, indentation.
function nextSegment(window: Uint8Array, from: number, elementByte: number): number | undefined {
  for (let at = from + 1; at < window.length; at++) {
    if (window[at] === elementByte) return undefined;
    if (!isAlphanumeric(window[at - 1]) && segmentIdAt(window, at, elementByte) !== undefined) return at;
  }
  return undefined;
}

// Nothing follows: the tail reaches to the end of its line.
function tailEnd(window: Uint8Array, from: number): number {
  let at = from;
  while (at < window.length && !isLineBreak(window[at])) at++;
  while (at < window.length && isLineBreak(window[at])) at++;
  return at;
}

function elementTexts(window: Uint8Array, starts: readonly number[], lastStart: number, ending: Ending): string[] {
  const texts = starts
    .slice(0, -1)
    .map((start, n) => withoutBreaks(textOf(window, start, (starts[n + 1] as number) - 1)));
  if (ending.usage !== undefined) texts.push(ending.usage);
  else if (starts.length === 16) texts.push(ending.component);
  else
    texts.push(
      withoutBreaks(textOf(window, lastStart, Math.max(lastStart, ending.length - ending.terminatorBytes.length))),
    );
  while (texts.length < 16) texts.push('');
  return texts;
}

const LINE_BREAK = /[\r\n]/;
const withoutBreaks = (text: string): string => (LINE_BREAK.test(text) ? text.replace(/[\r\n]+/g, '') : text);

// ISA11 was the standards id `U` up to release 00401 and is the repetition separator since 00402. ISA12 is not to be
// trusted for this, so any mark is taken for a separator.
function repetitionOf(isa11: string): string {
  return isa11.length === 1 && !/[A-Za-z0-9 ]/.test(isa11) ? isa11 : '';
}

function withoutClashingRepetition(delimiters: X12Delimiters): X12Delimiters {
  const { repetition, element, component, segment } = delimiters;
  return [element, component, segment].includes(repetition) ? { ...delimiters, repetition: '' } : delimiters;
}

function isaFaults(
  window: Uint8Array,
  offset: number,
  starts: readonly number[],
  elements: readonly string[],
  { element, component, segment }: X12Delimiters,
  ending: Ending,
): X12Fault[] {
  const faults: X12Fault[] = [];
  const add = (kind: X12FaultKind, n: number | undefined, detail: X12FaultDetail = {}) => {
    const position = n === undefined ? 0 : (starts[n - 1] ?? ending.length);
    faults.push(faultAt(kind, { segment: 'ISA', offset: offset + position, element: n }, detail));
  };
  if (ending.elementsMissing) {
    add('isa-elements-missing', undefined, { found: String(starts.length) });
    return faults;
  }
  const broken = starts.findIndex((start, n) => n < 15 && hasBreak(window, start, (starts[n + 1] ?? start + 1) - 1));
  if (broken >= 0) add('isa-line-break-inside', broken + 1);
  const wrong = FIXED_LENGTHS.findIndex((length, n) => n < 15 && elements[n]?.length !== length);
  if (wrong >= 0) {
    add('isa-not-padded', wrong + 1, {
      expected: String(FIXED_LENGTHS[wrong]),
      found: String(elements[wrong]?.length),
    });
  }
  if (ending.componentMissing) add('isa-component-separator-missing', 16);
  if (!/^\s*\d+\s*$/.test(elements[12] as string)) add('isa-control-number-invalid', 13, { found: elements[12] });
  const clash = [component, segment].includes(element) || component === segment;
  if (clash) add('isa-delimiters-clash', 16, { found: component === segment ? segment : element });
  return faults;
}

function hasBreak(window: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isLineBreak(window[at])) return true;
  return false;
}
