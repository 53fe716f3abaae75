// A transaction that was read: its segments are made when first asked for.
import type { X12Segment, X12Transaction } from './document.ts';
import type { X12Fault } from './faults.ts';
import { RECORD_EXTRA, recordCount, segmentsOf, TableSegment, type Unit } from './segment.ts';

export class ReadTransaction implements X12Transaction {
  readonly faults: readonly X12Fault[];
  readonly accepted: boolean;
  readonly segmentCount: number;
  readonly start: number;
  readonly end: number;
  readonly #unit: Unit;
  readonly #first: number;
  #segments: readonly X12Segment[] | undefined;

  constructor(
    unit: Unit,
    first: number,
    segmentCount: number,
    end: number,
    faults: readonly X12Fault[],
    accepted: boolean,
  ) {
    this.#unit = unit;
    this.#first = first;
    this.segmentCount = segmentCount;
    this.start = unit.origin;
    this.end = end;
    this.faults = faults;
    this.accepted = accepted;
  }

  get code(): string {
    return this.#header.element(1);
  }

  get controlNumber(): string {
    return this.#header.element(2);
  }

  get implementation(): string {
    return this.#header.element(3);
  }

  get segments(): readonly X12Segment[] {
    this.#segments ??= segmentsOf(this.#unit, this.#first, this.segmentCount);
    return this.#segments;
  }

  get #header(): TableSegment {
    return new TableSegment(this.#unit, this.#first, 1);
  }
}

/** The unit of one segment, cut out, so that it outlives the page it was read from. */
export function cutOut(unit: Unit, at: number): Unit {
  const entries = recordCount(unit.table[at] as number) + RECORD_EXTRA;
  const start = unit.table[at + 1] as number;
  const end = unit.table[at + entries - 1] as number;
  const table = unit.table.slice(at, at + entries);
  for (let entry = 1; entry < entries; entry++) table[entry] = (table[entry] as number) - start;
  const bytes = unit.bytes.slice(unit.base + start, unit.base + end);
  return { bytes, base: 0, table, origin: unit.origin + start, delimiters: unit.delimiters, released: false };
}
