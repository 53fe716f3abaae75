// An interchange laid out for people: segment by segment and element by element, each with its byte position, also where the
// envelope is broken. It judges nothing; what is wrong is in the faults that reading found.
import type { X12Delimiters } from './document.ts';
import { ISA_WINDOW, isaBegins, readIsa } from './isa.ts';
import { isFiller, textOf } from './text.ts';

export type LaidOutElement = {
  /** Byte position in the input. */
  readonly offset: number;
  readonly text: string;
};

export type LaidOutSegment = {
  readonly offset: number;
  /** Position after its last byte, the terminator not counted. */
  readonly end: number;
  readonly id: string;
  /** Elements 1, 2, …; those that are left out at the end are not there. */
  readonly elements: readonly LaidOutElement[];
};

export type X12Layout = {
  readonly segments: readonly LaidOutSegment[];
  /** Of the first interchange. */
  readonly delimiters: X12Delimiters;
  /** There are more segments than were asked for. */
  readonly more: boolean;
};

/** Reads at most `most` segments. `undefined`: no ISA tells how the bytes are parted. */
export function layOutX12(bytes: Uint8Array, most: number): X12Layout | undefined {
  const segments: LaidOutSegment[] = [];
  let first: X12Delimiters | undefined;
  let parting: Parting | undefined;
  let at = afterMark(bytes);
  for (;;) {
    while (at < bytes.length && isFiller(bytes[at])) at++;
    if (at >= bytes.length) break;
    if (segments.length >= most) return first && { segments, delimiters: first, more: true };
    if (isaBegins(bytes, at)) {
      const isa = readIsa(bytes.subarray(at, at + ISA_WINDOW), at);
      if (!('unreadable' in isa)) {
        first ??= isa.delimiters;
        parting = { element: isa.elementByte, terminator: isa.terminatorBytes };
        const end = at + isa.length - isa.terminatorBytes.length;
        segments.push(segmentOf(bytes, at, withoutFiller(bytes, at, end), parting.element));
        at += isa.length;
        continue;
      }
    }
    if (parting === undefined) return undefined;
    const end = terminatorFrom(bytes, at, parting.terminator);
    segments.push(segmentOf(bytes, at, withoutFiller(bytes, at, end), parting.element));
    at = end + parting.terminator.length;
  }
  return first && { segments, delimiters: first, more: false };
}

type Parting = { readonly element: number; readonly terminator: readonly number[] };

const MARK = [0xef, 0xbb, 0xbf];

function afterMark(bytes: Uint8Array): number {
  return MARK.every((byte, index) => bytes[index] === byte) ? MARK.length : 0;
}

function terminatorFrom(bytes: Uint8Array, from: number, terminator: readonly number[]): number {
  const [firstByte = 0] = terminator;
  for (let at = bytes.indexOf(firstByte, from); at !== -1; at = bytes.indexOf(firstByte, at + 1)) {
    if (terminator.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return bytes.length;
}

function withoutFiller(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && isFiller(bytes[end - 1])) end--;
  return end;
}

function segmentOf(bytes: Uint8Array, from: number, end: number, separator: number): LaidOutSegment {
  const starts = [from];
  for (let at = from; at < end; at++) if (bytes[at] === separator) starts.push(at + 1);
  const [id = '', ...elements] = starts.map((start, index) => {
    const next = starts[index + 1];
    return textOf(bytes, start, next === undefined ? end : next - 1);
  });
  return {
    offset: from,
    end,
    id,
    elements: elements.map((text, index) => ({ offset: starts[index + 1] as number, text })),
  };
}
