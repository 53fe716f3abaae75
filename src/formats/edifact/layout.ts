// An EDIFACT interchange laid out for people: each segment, element and component at its byte, also where the envelope is
// broken. It judges nothing.
//
// Source: ISO 9735. Six characters after `UNA` name the separators; without it the usual ones hold. A separator behind the
// release character is a character like any other.

export type EdifactDelimiters = {
  readonly component: string;
  readonly element: string;
  readonly release: string;
  readonly terminator: string;
};

export type EdifactComponent = {
  /** Byte position in the input. */
  readonly offset: number;
  /** As written, release characters too. */
  readonly text: string;
};

export type EdifactSegment = {
  readonly offset: number;
  /** Position after its last byte, the terminator not counted. */
  readonly end: number;
  readonly id: string;
  /** Elements 1, 2, …, each of one component at least. */
  readonly elements: readonly (readonly EdifactComponent[])[];
};

export type EdifactLayout = {
  readonly segments: readonly EdifactSegment[];
  readonly delimiters: EdifactDelimiters;
  /** There are more segments than were asked for. */
  readonly more: boolean;
};

/** Reads at most `most` segments. `undefined`: it begins with neither UNA nor UNB. */
export function layOutEdifact(bytes: Uint8Array, most: number): EdifactLayout | undefined {
  const start = afterFiller(bytes, MARK.every((byte, index) => bytes[index] === byte) ? MARK.length : 0);
  const begins = textOf(bytes, start, start + 3);
  if (begins !== 'UNA' && begins !== 'UNB') return undefined;
  const advised = begins === 'UNA';
  const parting = advised ? partingFrom(bytes, start + 3) : USUAL;
  const segments: EdifactSegment[] = advised ? [adviceSegment(bytes, start)] : [];
  let at = afterFiller(bytes, advised ? start + UNA_BYTES : start);
  while (at < bytes.length) {
    if (segments.length >= most) return { segments, delimiters: delimitersOf(parting), more: true };
    const end = next(bytes, at, bytes.length, parting.terminator, parting.release);
    segments.push(segmentOf(bytes, at, end, parting));
    at = afterFiller(bytes, end + 1);
  }
  return { segments, delimiters: delimitersOf(parting), more: false };
}

/** Bytes that part; `release` is a blank where there is none. */
type Parting = { readonly [name in keyof EdifactDelimiters]: number };

const UNA_BYTES = 9;
const BLANK = 0x20;
const MARK = [0xef, 0xbb, 0xbf];
const USUAL: Parting = { component: 0x3a, element: 0x2b, release: 0x3f, terminator: 0x27 };

// Component, element, decimal mark, release, reserved, terminator.
function partingFrom(bytes: Uint8Array, at: number): Parting {
  const [component = 0, element = 0, , release = 0, , terminator = 0] = bytes.subarray(at, at + 6);
  return { component, element, release, terminator };
}

function delimitersOf({ component, element, release, terminator }: Parting): EdifactDelimiters {
  const text = (byte: number) => String.fromCharCode(byte);
  return {
    component: text(component),
    element: text(element),
    release: release === BLANK ? '' : text(release),
    terminator: text(terminator),
  };
}

// Its six characters are one text: parting them by themselves would make no sense.
function adviceSegment(bytes: Uint8Array, offset: number): EdifactSegment {
  const end = Math.min(offset + UNA_BYTES, bytes.length);
  return { offset, end, id: 'UNA', elements: [[{ offset: offset + 3, text: textOf(bytes, offset + 3, end) }]] };
}

function segmentOf(bytes: Uint8Array, offset: number, end: number, parting: Parting): EdifactSegment {
  const [tag, ...elements] = split(bytes, offset, end, parting.element, parting.release);
  // Some wrap their files after eighty characters, wherever that is.
  const id = tag === undefined ? '' : textOf(bytes, tag.from, tag.to).replace(/[\r\n]/g, '');
  return {
    offset,
    end,
    id,
    elements: elements.map(({ from, to }) =>
      split(bytes, from, to, parting.component, parting.release).map((part) => ({
        offset: part.from,
        text: textOf(bytes, part.from, part.to),
      })),
    ),
  };
}

type Span = { readonly from: number; readonly to: number };

function split(bytes: Uint8Array, from: number, to: number, separator: number, release: number): Span[] {
  const spans: Span[] = [];
  for (let at = from; ; ) {
    const end = next(bytes, at, to, separator, release);
    spans.push({ from: at, to: end });
    if (end >= to) return spans;
    at = end + 1;
  }
}

/** Where `wanted` stands next and is not released; `to` where it does not. */
function next(bytes: Uint8Array, from: number, to: number, wanted: number, release: number): number {
  for (let at = from; at < to; at++) {
    if (release !== BLANK && bytes[at] === release) at++;
    else if (bytes[at] === wanted) return at;
  }
  return to;
}

function afterFiller(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isFiller(bytes[at] as number)) at++;
  return at;
}

function isFiller(byte: number): boolean {
  return byte === BLANK || (byte >= 0x09 && byte <= 0x0d) || byte === 0x00 || byte === 0x1a;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('windows-1252');

// UNOA to UNOX are one byte a character, UNOY and UNOW are UTF-8; not all who write UTF-8 say so.
function textOf(bytes: Uint8Array, from: number, to: number): string {
  const part = bytes.subarray(from, to);
  try {
    return utf8.decode(part);
  } catch {
    return latin1.decode(part);
  }
}
