// Envelopes: which segment opens and closes what, and whether counts and control numbers agree.
//
// Nothing here stops the reading. A group or transaction whose envelope is wrong is rejected alone; an interchange without
// a right IEA is not complete. The bytes in between are read on either way.
import type { X12GroupHeader, X12InterchangeHeader, X12Transaction } from './document.ts';
import { type Bearer, FaultLedger, NO_FAULTS } from './fault-ledger.ts';
import { faultAt, type X12Fault } from './faults.ts';
import { type OpenGroup, type OpenInterchange, openGroup, openInterchange } from './headers.ts';
import type { readIsa } from './isa.ts';
import type { ScanListener, SegmentScanner } from './scan.ts';
import { SeenNumbers } from './seen-numbers.ts';
import { TableSegment, type Unit } from './segment.ts';
import { numberIn, sameControlNumber, textOf } from './text.ts';
import { cutOut, ReadTransaction } from './transaction.ts';

/** Told in the order of the input. Headers are the same object until their end: counts and faults grow. */
export type X12Handlers = {
  readonly interchange?: (interchange: X12InterchangeHeader) => void;
  readonly group?: (group: X12GroupHeader, interchange: X12InterchangeHeader) => void;
  readonly transaction?: (
    transaction: X12Transaction,
    group: X12GroupHeader,
    interchange: X12InterchangeHeader,
  ) => void;
  readonly groupEnd?: (group: X12GroupHeader, interchange: X12InterchangeHeader) => void;
  readonly interchangeEnd?: (interchange: X12InterchangeHeader) => void;
  /** Every fault, at the moment it is found. */
  readonly fault?: (fault: X12Fault) => void;
};

export class EnvelopeReader implements ScanListener {
  readonly #handlers: X12Handlers;
  readonly #ledger: FaultLedger;
  readonly #unitLimit: number;
  readonly #transactionsKept: boolean;
  #interchange: OpenInterchange | undefined;
  /** The ISA has all its elements, so that others can be compared with it. */
  #isaWhole = true;
  #group: OpenGroup | undefined;
  #groupImplied = false;
  #groupNumbers = new SeenNumbers();
  #transactionNumbers = new SeenNumbers();
  #transaction: Bearer = { faults: NO_FAULTS, accepted: true };
  /** ST02 of the open transaction as a number, -1 where it is none. */
  #openedAs = -1;
  /** The ST of a transaction that passed the limit. */
  #overflowed: Unit | undefined;
  #sawInterchange = false;

  constructor(handlers: X12Handlers, unitLimit: number, transactionsKept: boolean) {
    this.#handlers = handlers;
    this.#ledger = new FaultLedger(handlers.fault);
    this.#transactionsKept = transactionsKept;
    this.#unitLimit = unitLimit;
  }

  isa(reading: ReturnType<typeof readIsa>, offset: number, scan: SegmentScanner): boolean {
    this.#leaveInterchange(scan, offset);
    this.#sawInterchange = true;
    if (this.#ledger.isHopeless(offset)) return false;
    if ('unreadable' in reading) {
      this.#ledger.refuse(reading.unreadable);
      return true;
    }
    const interchange = openInterchange(reading.elements, reading.delimiters, offset, offset + reading.length);
    this.#interchange = interchange;
    this.#ledger.openInterchange(interchange.faults);
    this.#groupNumbers = new SeenNumbers();
    this.#isaWhole = !reading.faults.some((fault) => fault.kind === 'isa-elements-missing');
    for (const fault of reading.faults) this.#ledger.bear(this.#ledger.interchange, fault);
    this.#handlers.interchange?.(interchange);
    return true;
  }

  junk(bytes: Uint8Array, offset: number): boolean {
    const found = textOf(bytes, 0, bytes.length);
    const segment = /^([A-Z][A-Z0-9]{1,2})[^A-Za-z0-9\s]/.exec(found)?.[1] ?? '';
    const kind = this.#sawInterchange ? 'data-between-interchanges' : 'isa-not-found';
    if (this.#ledger.isHopeless(offset)) return false;
    this.#ledger.refuse(faultAt(kind, { segment, offset }, { found }));
    return true;
  }

  segment(scan: SegmentScanner): void {
    const { bytes, segmentStart: start } = scan;
    const end = scan.elementEnd(0);
    if (scan.terminatorMissing) this.#noteTerminator(scan);
    // Of ST and SE there are as many as transactions: no text is made for them.
    if (end - start === 2 && bytes[start] === 0x53 && bytes[start + 1] === 0x54) this.#openTransaction(scan);
    else if (end - start === 2 && bytes[start] === 0x53 && bytes[start + 1] === 0x45) this.#readSe(scan);
    else this.#otherSegment(scan, scan.broken ? segmentOf(scan).id : textOf(bytes, start, Math.min(end, start + 20)));
  }

  tooLong(scan: SegmentScanner): void {
    const expected = String(this.#unitLimit);
    if (!scan.transactionOpen) {
      const place = { segment: '', offset: scan.pageOffset + scan.segmentStart };
      this.#ledger.add(this.#ledger.interchange, 'segment-too-long', place, { expected });
    } else if (!scan.overflowing) {
      const place = { segment: 'ST', offset: scan.pageOffset + scan.unitStart, segmentIndex: 1 };
      this.#ledger.add(this.#transaction, 'transaction-too-large', place, { expected });
      this.#overflowed = scan.segmentsInUnit > 0 ? cutOut(scan.unit, scan.unitTable) : undefined;
    }
  }

  /** The input has ended. */
  end(scan: SegmentScanner, offset: number): void {
    this.#leaveInterchange(scan, offset);
    if (this.#sawInterchange || this.#ledger.refusedAny) return;
    this.#ledger.refuse(faultAt('input-empty', { segment: '', offset: 0 }));
  }

  #otherSegment(scan: SegmentScanner, id: string): void {
    if (id === 'ST') this.#openTransaction(scan);
    else if (id === 'SE') this.#readSe(scan);
    else if (id === 'GS') this.#openGroup(scan);
    else if (id === 'GE') this.#readGe(scan);
    else if (id === 'IEA') this.#readIea(scan);
    else if (!/^[A-Z][A-Z0-9]{1,2}$/.test(id)) this.#invalidId(scan, id);
    else if (!scan.transactionOpen) this.#looseSegment(scan, id);
  }

  #openTransaction(scan: SegmentScanner): void {
    this.#leaveTransaction(scan, startOf(scan));
    if (this.#group === undefined) this.#implyGroup(scan);
    if (this.#transaction.faults !== NO_FAULTS || !this.#transaction.accepted) {
      this.#transaction = { faults: NO_FAULTS, accepted: true };
    }
    this.#overflowed = undefined;
    scan.openTransaction();
    const value = numberAt(scan, 2);
    this.#openedAs = value;
    if (scan.count < 2 || scan.elementEnd(1) === scan.elementStart(1) || (value < 0 && isBlank(scan, 2))) {
      const place = { segment: 'ST', offset: startOf(scan), segmentIndex: 1 };
      this.#ledger.add(this.#transaction, 'st-elements-missing', place);
    } else if (this.#transactionNumbers.repeated(value, value < 0 ? textAt(scan, 2).trim() : '')) {
      const place = { segment: 'ST', offset: offsetOf(scan, 2), segmentIndex: 1, element: 2 };
      this.#ledger.add(this.#transaction, 'st-control-number-repeated', place, { found: textAt(scan, 2) });
    }
  }

  #readSe(scan: SegmentScanner): void {
    if (!scan.transactionOpen) {
      this.#ledger.add(this.#outside(), 'se-without-st', { segment: 'SE', offset: startOf(scan) });
      return;
    }
    if (!scan.overflowing) this.#checkSe(scan);
    this.#closeTransaction(scan, scan.offset);
  }

  #checkSe(scan: SegmentScanner): void {
    const segmentIndex = scan.segmentsInUnit;
    if (numberAt(scan, 1) !== segmentIndex) {
      const place = { segment: 'SE', offset: offsetOf(scan, 1), segmentIndex, element: 1 };
      const detail = { expected: String(segmentIndex), found: textAt(scan, 1) };
      this.#ledger.add(this.#transaction, 'se-segment-count-wrong', place, detail);
    }
    const declared = numberAt(scan, 2);
    if (declared >= 0 && declared === this.#openedAs) return;
    const [expected, found] = [new TableSegment(scan.unit, scan.unitTable, 1).element(2), textAt(scan, 2)];
    if (sameControlNumber(expected, found)) return;
    const place = { segment: 'SE', offset: offsetOf(scan, 2), segmentIndex, element: 2 };
    this.#ledger.add(this.#transaction, 'se-control-number-wrong', place, { expected, found });
  }

  // A transaction that is still open when something else begins has lost its SE.
  #leaveTransaction(scan: SegmentScanner, offset: number): void {
    if (!scan.transactionOpen) return;
    const place = { segment: 'SE', offset, segmentIndex: scan.segmentsInUnit };
    this.#ledger.add(this.#transaction, 'se-missing', place);
    this.#closeTransaction(scan, offset, true);
  }

  #closeTransaction(scan: SegmentScanner, end: number, interrupted = false): void {
    const { faults, accepted } = this.#transaction;
    const overflowed = this.#overflowed;
    const group = this.#group as OpenGroup;
    group.transactionCount++;
    if (this.#handlers.transaction === undefined) {
      scan.closeTransaction();
      return;
    }
    // The segment that interrupts a transaction was counted with it, but belongs to what follows.
    const segmentCount = overflowed ? 1 : scan.segmentsInUnit - (interrupted && scan.telling ? 1 : 0);
    const unit = overflowed ?? scan.unit;
    const first = overflowed ? 0 : scan.unitTable;
    scan.closeTransaction();
    const transaction = new ReadTransaction(unit, first, segmentCount, end, faults, accepted);
    this.#handlers.transaction(transaction, group, this.#interchange as OpenInterchange);
    if (!this.#transactionsKept) unit.released = true;
  }

  #openGroup(scan: SegmentScanner): void {
    this.#leaveGroup(scan, startOf(scan));
    const group = openGroup(segmentOf(scan));
    this.#beginGroup(group, false);
    const place = { segment: 'GS', offset: group.start };
    if (scan.count < 8) this.#ledger.add(group, 'gs-elements-missing', place, { found: String(scan.count) });
    const expected = this.#interchange?.version ?? '';
    const found = group.release;
    if (found !== '' && this.#isaWhole && found.slice(0, 5) !== expected) {
      this.#ledger.add(
        group,
        'gs-release-differs',
        { ...place, offset: offsetOf(scan, 8), element: 8 },
        { expected, found },
      );
    }
    if (this.#groupNumbers.repeated(numberAt(scan, 6), group.controlNumber.trim())) {
      const at = { ...place, offset: offsetOf(scan, 6), element: 6 };
      this.#ledger.add(group, 'gs-control-number-repeated', at, { found: group.controlNumber });
    }
  }

  #implyGroup(scan: SegmentScanner): void {
    const group = { ...openGroup(undefined), start: startOf(scan) };
    this.#beginGroup(group, true);
    this.#ledger.add(group, 'gs-missing', { segment: 'GS', offset: group.start });
  }

  #beginGroup(group: OpenGroup, implied: boolean): void {
    this.#group = group;
    this.#groupImplied = implied;
    this.#transactionNumbers = new SeenNumbers();
    const interchange = this.#interchange as OpenInterchange;
    interchange.groupCount++;
    this.#handlers.group?.(group, interchange);
  }

  #readGe(scan: SegmentScanner): void {
    this.#leaveTransaction(scan, startOf(scan));
    const group = this.#group;
    if (group === undefined) {
      this.#ledger.add(this.#ledger.interchange, 'ge-without-gs', { segment: 'GE', offset: startOf(scan) });
      return;
    }
    group.trailer = { count: textAt(scan, 1), controlNumber: textAt(scan, 2) };
    if (!this.#groupImplied) this.#checkGe(scan, group);
    this.#closeGroup(scan.offset);
  }

  #checkGe(scan: SegmentScanner, group: OpenGroup): void {
    if (numberAt(scan, 1) !== group.transactionCount) {
      const place = { segment: 'GE', offset: offsetOf(scan, 1), element: 1 };
      const detail = { expected: String(group.transactionCount), found: textAt(scan, 1) };
      this.#ledger.add(group, 'ge-transaction-count-wrong', place, detail);
    }
    const [expected, found] = [group.controlNumber, textAt(scan, 2)];
    if (sameControlNumber(expected, found)) return;
    const place = { segment: 'GE', offset: offsetOf(scan, 2), element: 2 };
    this.#ledger.add(group, 'ge-control-number-wrong', place, { expected, found });
  }

  #leaveGroup(scan: SegmentScanner, offset: number): void {
    this.#leaveTransaction(scan, offset);
    if (this.#group === undefined) return;
    if (!this.#groupImplied) this.#ledger.add(this.#group, 'ge-missing', { segment: 'GE', offset });
    this.#closeGroup(offset);
  }

  #closeGroup(end: number): void {
    const [group, interchange] = [this.#group, this.#interchange];
    this.#group = undefined;
    if (group === undefined || interchange === undefined) return;
    group.end = end;
    this.#handlers.groupEnd?.(group, interchange);
  }

  #readIea(scan: SegmentScanner): void {
    this.#leaveGroup(scan, startOf(scan));
    const interchange = this.#interchange as OpenInterchange;
    interchange.trailer = { count: textAt(scan, 1), controlNumber: textAt(scan, 2) };
    if (numberAt(scan, 1) !== interchange.groupCount) {
      const place = { segment: 'IEA', offset: offsetOf(scan, 1), element: 1 };
      const detail = { expected: String(interchange.groupCount), found: textAt(scan, 1) };
      this.#ledger.add(this.#ledger.interchange, 'iea-group-count-wrong', place, detail);
    }
    const [expected, found] = [interchange.controlNumber, textAt(scan, 2)];
    if (this.#isaWhole && !sameControlNumber(expected, found)) {
      const place = { segment: 'IEA', offset: offsetOf(scan, 2), element: 2 };
      this.#ledger.add(this.#ledger.interchange, 'iea-control-number-wrong', place, { expected, found });
    }
    interchange.complete = this.#ledger.interchange.accepted;
    this.#closeInterchange(scan.offset);
    scan.leaveInterchange();
  }

  #leaveInterchange(scan: SegmentScanner, offset: number): void {
    if (this.#interchange === undefined) return;
    this.#leaveGroup(scan, offset);
    this.#ledger.add(this.#ledger.interchange, 'iea-missing', { segment: 'IEA', offset });
    this.#closeInterchange(offset);
  }

  #closeInterchange(end: number): void {
    const interchange = this.#interchange;
    this.#interchange = undefined;
    if (interchange === undefined) return;
    interchange.end = end;
    if (!interchange.complete) this.#ledger.countIncomplete();
    this.#handlers.interchangeEnd?.(interchange);
  }

  #looseSegment(scan: SegmentScanner, found: string): void {
    if (found === 'TA1' && this.#group === undefined) {
      const unit = cutOut(scan.unit, scan.segmentAt);
      this.#interchange?.interchangeAcknowledgements.push(new TableSegment(unit, 0, 0));
      return;
    }
    const kind = this.#group === undefined ? 'segment-outside-group' : 'segment-outside-transaction';
    this.#ledger.add(this.#outside(), kind, { segment: found, offset: startOf(scan) }, { found });
  }

  #invalidId(scan: SegmentScanner, found: string): void {
    const { transactionOpen, segmentsInUnit } = scan;
    const place = { segment: '', offset: startOf(scan), segmentIndex: transactionOpen ? segmentsInUnit : undefined };
    this.#ledger.add(transactionOpen ? this.#transaction : this.#outside(), 'segment-id-invalid', place, { found });
  }

  #noteTerminator(scan: SegmentScanner): void {
    if (this.#interchange?.delimiters.lineBreak === undefined || /[\r\n]/.test(this.#interchange.delimiters.segment))
      return;
    const segment = textOf(scan.bytes, scan.segmentStart, Math.min(scan.elementEnd(0), scan.segmentStart + 3));
    const place = { segment, offset: scan.pageOffset + scan.segmentEnd };
    this.#ledger.add(scan.transactionOpen ? this.#transaction : this.#outside(), 'segment-terminator-missing', place);
  }

  // What stands outside a transaction is told of the group, and outside a group of the interchange.
  #outside(): Bearer {
    return this.#group ?? this.#ledger.interchange;
  }
}

// The segment just read: its place, and its elements as text or number.
const startOf = (scan: SegmentScanner): number => scan.pageOffset + scan.segmentStart;
const segmentOf = (scan: SegmentScanner): TableSegment => new TableSegment(scan.unit, scan.segmentAt, 0);
const textAt = (scan: SegmentScanner, n: number): string => segmentOf(scan).element(n);
const offsetOf = (scan: SegmentScanner, n: number): number => segmentOf(scan).elementOffset(n);
const isBlank = (scan: SegmentScanner, n: number): boolean => n > scan.count || textAt(scan, n).trim() === '';
const numberAt = (scan: SegmentScanner, n: number): number =>
  n > scan.count ? -1 : numberIn(scan.bytes, scan.elementStart(n), scan.elementEnd(n));
