// A segment as a place in a table of element offsets.
//
// The scanner writes one record a segment: count and flag, start, the start of each element, end. All positions count
// from the start of the unit (the transaction), so that a unit can move to another page of bytes without touching them.
import type { X12Delimiters, X12Segment } from './document.ts';
import { isFiller, textOf } from './text.ts';

/** Where a unit lies: its bytes from `base` on, its records in `table`, and its byte position in the input. */
export type Unit = {
  readonly bytes: Uint8Array;
  readonly base: number;
  readonly table: Int32Array;
  readonly origin: number;
  readonly delimiters: X12Delimiters;
  /** The bytes and the table are being written over: nothing may be read of the unit any more. */
  released: boolean;
};

/** Entries of a record beside its elements: header, start, end. */
export const RECORD_EXTRA = 3;

export const recordHeader = (count: number, broken: boolean): number => count * 2 + (broken ? 1 : 0);
export const recordCount = (header: number): number => header >> 1;

export class TableSegment implements X12Segment {
  readonly index: number;
  readonly #unit: Unit;
  readonly at: number;

  constructor(unit: Unit, at: number, index: number) {
    this.#unit = unit;
    this.at = at;
    this.index = index;
  }

  get unit(): Unit {
    if (this.#unit.released)
      throw new Error('X12 transaction used after its handler returned; read with transactionsKept');
    return this.#unit;
  }

  get count(): number {
    return recordCount(this.unit.table[this.at] as number);
  }

  get offset(): number {
    return this.unit.origin + (this.unit.table[this.at + 1] as number);
  }

  get id(): string {
    return this.element(0);
  }

  element(n: number): string {
    const { unit, at, count } = this;
    if (!(n >= 0 && n <= count)) return '';
    const from = unit.base + (unit.table[at + 1 + n] as number);
    const next = unit.base + (unit.table[at + 2 + n] as number);
    const text = textOf(unit.bytes, from, n === count ? withoutFiller(unit.bytes, from, next) : next - 1);
    return this.#broken ? text.replace(/[\r\n]+/g, '') : text;
  }

  components(n: number): string[] {
    return splitBy(this.element(n), this.unit.delimiters.component);
  }

  repeats(n: number): string[] {
    return splitBy(this.element(n), this.unit.delimiters.repetition);
  }

  elementOffset(n: number): number {
    const { unit, at, count } = this;
    const entry = n >= 0 && n <= count ? at + 1 + n : at + 2 + count;
    return unit.origin + (unit.table[entry] as number);
  }

  get #broken(): boolean {
    return ((this.unit.table[this.at] as number) & 1) === 1;
  }
}

function withoutFiller(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && isFiller(bytes[end - 1])) end--;
  return end;
}

function splitBy(text: string, separator: string): string[] {
  return separator === '' ? [text] : text.split(separator);
}

/** The segments of a unit, in order, from the record at `first`. */
export function segmentsOf(unit: Unit, first: number, segmentCount: number): TableSegment[] {
  const segments = new Array<TableSegment>(segmentCount);
  let at = first;
  for (let index = 0; index < segmentCount; index++) {
    segments[index] = new TableSegment(unit, at, index + 1);
    at += recordCount(unit.table[at] as number) + RECORD_EXTRA;
  }
  return segments;
}
