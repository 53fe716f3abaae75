// The byte loop: finds segments and the starts of their elements, and makes no text.
//
// Bytes are kept in pages. A unit (a transaction, or one segment outside any) always lies within one page: when it does not
// fit, its bytes move to a new page and its table entries, which count from the start of the unit, stay as they are.
// Everything here depends on byte positions only, never on how the input was cut into chunks.
import type { X12Delimiters } from './document.ts';
import { ISA_WINDOW, type Isa, isaBegins, readIsa } from './isa.ts';
import { segmentBeginsBehind } from './line-end.ts';
import { RECORD_EXTRA, recordHeader, type Unit } from './segment.ts';
import { type Skim, skimSegments } from './skim.ts';
import { isFiller, isLineBreak } from './text.ts';

const PAGE_BYTES = 64 * 1024;
const TABLE_ENTRIES = 16 * 1024;
const TABLE_ENTRIES_OF_WHOLE = 256 * 1024;

/** Table entries made free before skimming, so that a page of segments seldom has to stop for room. */
const SKIM_ROOM = 1024;

const SEPARATOR = 1;
const TERMINATOR = 2;
const BREAK = 3;

/** Bytes shown of what stands where an ISA should. */
const JUNK_SHOWN = 24;

/** What the scanner tells, in the order of the input. */
export interface ScanListener {
  /** An ISA begins at this byte. The listener opens an interchange, or refuses it and the scanner seeks the next. */
  isa(reading: ReturnType<typeof readIsa>, offset: number, scan: SegmentScanner): boolean;
  /** A segment has ended. The listener may open or close a transaction, or end the interchange. */
  segment(scan: SegmentScanner): void;
  /** Bytes that belong to no interchange. False: the input is hopeless, read no further. */
  junk(bytes: Uint8Array, offset: number): boolean;
  /** The transaction or segment under way passed the limit. */
  tooLong(scan: SegmentScanner): void;
}

export class SegmentScanner {
  readonly #listener: ScanListener;
  readonly #unitLimit: number;
  readonly #retain: boolean;

  #mode: 'seek' | 'body' | 'refused' = 'seek';
  #inJunk = false;

  bytes: Uint8Array = new Uint8Array(0);
  /** Byte position in the input of `bytes[0]`. */
  pageOffset = 0;
  #filled = 0;
  #cursor = 0;

  #delimiters: X12Delimiters = { element: '', component: '', repetition: '', segment: '', lineBreak: '' };
  #classes = new Uint8Array(256);
  #terminator: readonly number[] = [];
  // One for the whole interchange: there may be millions of transactions.
  #skimming!: Skim;
  #linesEndSegments = false;

  /** A transaction is under way: its segments stay in one unit. */
  transactionOpen = false;
  /** The transaction under way passed the limit: its segments are looked at one by one and not kept. */
  overflowing = false;
  unitStart = 0;
  unitTable = 0;
  segmentsInUnit = 0;
  table: Int32Array = new Int32Array(0);
  #used = 0;
  #tableEntries = TABLE_ENTRIES;

  /** Page position and table record of the segment that is being or was just read. */
  segmentStart = 0;
  segmentAt = 0;
  segmentEnd = 0;
  count = 0;
  /** The listener is being told of a segment: it is the last one counted in `segmentsInUnit`. */
  telling = false;
  /** The end of a line was taken for the terminator of the segment just read, or the end of the input was. */
  terminatorMissing = false;
  #inSegment = false;
  /** Line breaks stand inside the segment. */
  broken = false;
  /** The segment under way passed the limit by itself: its bytes go by unkept. */
  #dropping = false;

  /** `retain`: units stay valid after the listener returned, as pages are never written twice. */
  constructor(listener: ScanListener, unitLimit: number, retain: boolean) {
    this.#listener = listener;
    this.#unitLimit = unitLimit;
    this.#retain = retain;
  }

  /** Takes a chunk of the input. Its bytes are copied, the caller may use the chunk again. */
  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += PAGE_BYTES / 2) {
      const part = chunk.subarray(from, from + PAGE_BYTES / 2);
      this.#makeRoom(part.length);
      this.bytes.set(part, this.#filled);
      this.#filled += part.length;
      this.#advance(false);
    }
  }

  /** Reads a whole input in place. */
  readWhole(bytes: Uint8Array): void {
    // A plain view also of a Buffer: the loops stay quick when they meet one kind of array only.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#filled = bytes.length;
    // Freight has an entry for every six bytes or so. A short document gets a short table, a long one few tables.
    this.#tableEntries = Math.min(TABLE_ENTRIES_OF_WHOLE, Math.ceil(bytes.length / 4) + RECORD_EXTRA);
    this.#advance(true);
  }

  end(): void {
    this.#advance(true);
  }

  /** Byte position in the input up to which everything has been read. */
  get offset(): number {
    return this.pageOffset + this.#cursor;
  }

  get unit(): Unit {
    const { bytes, unitStart: base, table } = this;
    return { bytes, base, table, origin: this.pageOffset + base, delimiters: this.#delimiters, released: false };
  }

  /** Opens a transaction with the segment just read as its first. */
  openTransaction(): void {
    const { table, segmentAt } = this;
    // The segment may have been read as part of a transaction that lost its SE.
    const moved = this.segmentStart - this.unitStart;
    const end = segmentAt + RECORD_EXTRA + this.count;
    if (moved !== 0)
      for (let entry = segmentAt + 1; entry < end; entry++) table[entry] = (table[entry] as number) - moved;
    this.unitStart = this.segmentStart;
    this.unitTable = segmentAt;
    this.transactionOpen = true;
    this.overflowing = false;
    this.segmentsInUnit = 1;
  }

  closeTransaction(): void {
    this.transactionOpen = false;
    this.overflowing = false;
  }

  /** The interchange has ended: seek the next ISA. */
  leaveInterchange(): void {
    this.#mode = 'seek';
    this.#inJunk = false;
  }

  /** Page position where element `n` of the segment just read begins. */
  elementStart(n: number): number {
    return this.unitStart + (this.table[this.segmentAt + 1 + n] as number);
  }

  /** Page position where element `n` of the segment just read ends, filler before the terminator included. */
  elementEnd(n: number): number {
    const next = this.unitStart + (this.table[this.segmentAt + 2 + n] as number);
    return n === this.count ? next : next - 1;
  }

  #advance(final: boolean): void {
    let more = true;
    while (more) {
      if (this.#mode === 'seek') more = this.#seek(final);
      else if (this.#mode === 'body') more = this.#readSegment(final);
      else {
        this.#cursor = this.#filled;
        more = false;
      }
    }
  }

  // Looks for an ISA. Returns whether there is more to do with the bytes at hand.
  #seek(final: boolean): boolean {
    while (this.#cursor < this.#filled) {
      const at = this.#cursor;
      const left = this.#filled - at;
      const byte = this.bytes[at];
      if (byte === 0x49 || byte === 0xef || !(this.#inJunk || isFiller(byte))) {
        if (!final && left < ISA_WINDOW) return false;
        if (left >= 4 && isaBegins(this.bytes, at)) return this.#readIsa();
        if (this.#skipMark()) continue;
        if (!this.#inJunk && !this.#tellJunk()) return true;
      }
      this.#cursor++;
    }
    return false;
  }

  // A byte order mark, which also stands in the middle where files were joined.
  #skipMark(): boolean {
    const { bytes } = this;
    const at = this.#cursor;
    if (this.#inJunk || bytes[at] !== 0xef || bytes[at + 1] !== 0xbb || bytes[at + 2] !== 0xbf) return false;
    if (at + 3 > this.#filled) return false;
    this.#cursor += 3;
    return true;
  }

  #tellJunk(): boolean {
    this.#inJunk = true;
    const at = this.#cursor;
    const shown = this.bytes.subarray(at, Math.min(this.#filled, at + JUNK_SHOWN));
    if (this.#listener.junk(shown, this.offset)) return true;
    this.#mode = 'refused';
    return false;
  }

  #readIsa(): boolean {
    const start = this.#cursor;
    const window = this.bytes.subarray(start, Math.min(this.#filled, start + ISA_WINDOW));
    const reading = readIsa(window, this.offset);
    const taken = this.#listener.isa(reading, this.offset, this);
    this.transactionOpen = false;
    this.#inSegment = false;
    if (taken && 'elements' in reading) this.#beginInterchange(reading, start);
    else {
      // The refused ISA is told as a fault of its own; what follows it is not told again.
      this.#mode = taken ? 'seek' : 'refused';
      this.#inJunk = true;
      this.#cursor = start + 3;
    }
    return true;
  }

  #beginInterchange(isa: Isa, start: number): void {
    this.#mode = 'body';
    this.#cursor = start + isa.length;
    this.#delimiters = isa.delimiters;
    this.#terminator = isa.terminatorBytes;
    const last = isa.terminatorBytes.at(-1) as number;
    const { bytes, table } = this;
    const marks = { separator: isa.elementByte, terminator: last, breaksMatter: !isLineBreak(last) };
    this.#skimming = { ...marks, bytes, table, stop: 0, base: 0, cursor: 0, used: 0, segments: 0 };
    const classes = new Uint8Array(256);
    // Where lines end segments, a CR before the LF is filler, not a wrap.
    if (!isLineBreak(last)) classes[0x0a] = classes[0x0d] = BREAK;
    classes[isa.elementByte] = SEPARATOR;
    classes[last] = TERMINATOR;
    this.#classes = classes;
    this.#linesEndSegments = isa.delimiters.lineBreak !== '';
  }

  #readSegment(final: boolean): boolean {
    if (!this.#inSegment && this.transactionOpen && !this.overflowing && this.#terminator.length === 1) this.#skim();
    if (!this.#inSegment && !this.#openSegment(final)) return this.#mode !== 'body' || this.#resumes();
    const found = this.#scanElements(final);
    if (found === 'segment') this.#closeSegment();
    else if (found === 'limit') this.#overflow();
    else if (final && this.#cursor >= this.#filled) {
      this.terminatorMissing = true;
      this.segmentEnd = this.#filled;
      this.#closeSegment();
    } else return false;
    return true;
  }

  #skim(): void {
    this.#reserve(Math.min(SKIM_ROOM, this.#tableEntries >> 2));
    const skim = this.#skimming;
    skim.bytes = this.bytes;
    skim.stop = Math.min(this.#filled, this.#limit());
    skim.base = this.unitStart;
    skim.table = this.table;
    skim.cursor = this.#cursor;
    skim.used = this.#used;
    skimSegments(skim);
    this.#cursor = skim.cursor;
    this.#used = skim.used;
    this.segmentsInUnit += skim.segments;
  }

  // The limit was passed between two segments.
  #resumes(): boolean {
    if (!this.transactionOpen || this.overflowing || this.#cursor < this.#limit()) return false;
    this.#overflow();
    return true;
  }

  // Skips what stands between segments and begins one. False when there is none yet, or an ISA begins instead.
  #openSegment(final: boolean): boolean {
    const { bytes } = this;
    const limit = Math.min(this.#filled, this.transactionOpen && !this.overflowing ? this.#limit() : this.#filled);
    let at = this.#cursor;
    while (at < limit && isFiller(bytes[at])) at++;
    this.#cursor = at;
    if (at >= limit) return false;
    if (bytes[at] === 0x49) {
      if (!final && this.#filled - at < 4) return false;
      if (at + 4 <= this.#filled && isaBegins(bytes, at)) {
        this.#mode = 'seek';
        this.#inJunk = false;
        return false;
      }
    }
    this.segmentStart = at;
    this.#inSegment = true;
    this.broken = false;
    this.#dropping = false;
    this.terminatorMissing = false;
    if (!this.transactionOpen || this.overflowing) {
      this.unitStart = at;
      // Segments outside transactions are never kept, so their records may be written over.
      this.unitTable = this.#used;
    }
    this.segmentAt = this.#used;
    this.#reserve(2);
    this.table[this.segmentAt + 1] = at - this.unitStart;
    this.#used = this.segmentAt + 2;
    return true;
  }

  #limit(): number {
    return this.unitStart + this.#unitLimit;
  }

  // The loop. Runs to the end of the segment, of the bytes at hand, or of the limit.
  #scanElements(final: boolean): 'segment' | 'limit' | 'bytes' {
    const { bytes } = this;
    const classes = this.#classes;
    const filled = this.#filled;
    const limit = this.#limit();
    const stop = filled < limit || this.#dropping ? filled : limit;
    const base = this.unitStart;
    const multiple = this.#terminator.length > 1;
    const { separator } = this.#skimming;
    let { table } = this;
    let used = this.#used;
    let at = this.#cursor;
    let found: 'segment' | 'limit' | 'bytes' = 'bytes';
    for (; at < stop; at++) {
      const kind = classes[bytes[at] as number];
      if (kind === 0) continue;
      if (kind === SEPARATOR) {
        if (this.#dropping) continue;
        if (used + 2 >= table.length) {
          this.#used = used;
          this.#reserve(2);
          table = this.table;
          used = this.#used;
        }
        table[used++] = at + 1 - base;
      } else if (kind === TERMINATOR) {
        if (multiple && !this.#terminatorEndsAt(at)) continue;
        this.segmentEnd = at + 1 - this.#terminator.length;
        at++;
        found = 'segment';
        break;
      } else if (this.#linesEndSegments) {
        const begins = segmentBeginsBehind(bytes, at, filled, separator, final);
        if (begins === undefined) break;
        if (begins) {
          this.segmentEnd = at;
          this.terminatorMissing = true;
          found = 'segment';
          break;
        }
        this.broken = true;
      } else this.broken = true;
    }
    if (found === 'bytes' && at >= stop && stop < filled) found = 'limit';
    this.#used = used;
    this.#cursor = at;
    return found;
  }

  #terminatorEndsAt(at: number): boolean {
    const terminator = this.#terminator;
    const first = at + 1 - terminator.length;
    if (first < this.segmentStart) return false;
    for (let n = 0; n < terminator.length; n++) if (this.bytes[first + n] !== terminator[n]) return false;
    return true;
  }

  #closeSegment(): void {
    const { table, segmentAt } = this;
    const count = this.#used - segmentAt - 2;
    this.count = count;
    if (count === 0) this.#trimId();
    table[segmentAt] = recordHeader(count, this.broken);
    table[this.#used++] = this.segmentEnd - this.unitStart;
    const isEmpty = this.segmentEnd === this.segmentStart;
    if (this.#dropping || isEmpty) this.#used = segmentAt;
    else {
      this.segmentsInUnit++;
      this.telling = true;
      this.#listener.segment(this);
      this.telling = false;
    }
    this.#inSegment = false;
    if (!this.transactionOpen && !this.#retain) this.#used = 0;
    else if (!this.transactionOpen || this.overflowing) this.#forgetLoose();
  }

  // Filler between the id and the terminator, where no element stands between them.
  #trimId(): void {
    while (this.segmentEnd > this.segmentStart && isFiller(this.bytes[this.segmentEnd - 1])) this.segmentEnd--;
  }

  // Records of segments that stand outside transactions are not kept.
  #forgetLoose(): void {
    if (this.unitTable === this.segmentAt) this.#used = Math.min(this.#used, this.segmentAt);
  }

  #overflow(): void {
    this.#listener.tooLong(this);
    if (this.transactionOpen && !this.overflowing) {
      // Read the segment under way again, by itself: it may be the SE.
      this.overflowing = true;
      this.#used = this.unitTable;
      if (this.#inSegment) this.#cursor = this.segmentStart;
      this.#inSegment = false;
    } else {
      this.#dropping = true;
      this.#used = this.segmentAt + 2;
    }
  }

  // Room for some more table entries. A full table is left to those who hold its units; the unit under way moves on.
  #reserve(entries: number): void {
    if (this.#used + entries + RECORD_EXTRA <= this.table.length) return;
    const live = this.#used - this.unitTable;
    const table = new Int32Array(Math.max(this.#tableEntries, 2 * (live + entries + RECORD_EXTRA)));
    table.set(this.table.subarray(this.unitTable, this.#used));
    this.segmentAt -= this.unitTable;
    this.unitTable = 0;
    this.#used = live;
    this.table = table;
  }

  #makeRoom(length: number): void {
    if (this.#filled + length <= this.bytes.length) return;
    const keepFrom = this.#keepFrom();
    const live = this.#filled - keepFrom;
    const size = live > PAGE_BYTES / 2 ? 2 * (live + length) : Math.max(PAGE_BYTES, live + length);
    if (!this.#retain && size <= this.bytes.length) this.bytes.copyWithin(0, keepFrom, this.#filled);
    else {
      const page = new Uint8Array(size);
      page.set(this.bytes.subarray(keepFrom, this.#filled));
      this.bytes = page;
    }
    this.pageOffset += keepFrom;
    this.unitStart -= keepFrom;
    this.segmentStart = Math.max(0, this.segmentStart - keepFrom);
    this.#filled = live;
    this.#cursor -= keepFrom;
  }

  #keepFrom(): number {
    if (this.transactionOpen && !this.overflowing) return this.unitStart;
    if (this.#mode !== 'body' || !this.#inSegment) return this.#cursor;
    // Of a dropped segment nothing is needed but what a terminator of several bytes may have begun with.
    if (this.#dropping) return Math.max(this.segmentStart, this.#cursor - this.#terminator.length);
    return this.segmentStart;
  }
}
