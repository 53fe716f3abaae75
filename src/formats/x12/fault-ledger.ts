// Who bears which fault, and when there are too many of them.
//
// A fault rejects what it stands on, listed or not; but the list is bounded, so that garbage costs no more than it weighs.
import type { X12FaultDetail, X12FaultKind } from './fault-catalogue.ts';
import { faultAt, type X12Fault, type X12Place } from './faults.ts';

/** Faults listed of one interchange; one with more is garbage and is not complete. */
const FAULTS_LISTED = 10_000;
/** Incomplete interchanges and pieces of junk read of one input; after them it is hopeless, and the rest is not read. */
const REFUSALS_READ = 1_000;

/** What a fault stands on: interchange, group or transaction. */
export type Bearer = { faults: X12Fault[]; accepted: boolean };

/** Of the many transactions without a fault; given its own list with the first. */
export const NO_FAULTS: X12Fault[] = [];

export class FaultLedger {
  readonly #tell: ((fault: X12Fault) => void) | undefined;
  #interchange: Bearer = { faults: [], accepted: true };
  #listed = 0;
  #refusals = 0;

  constructor(tell: ((fault: X12Fault) => void) | undefined) {
    this.#tell = tell;
  }

  /** The interchange under way. */
  get interchange(): Bearer {
    return this.#interchange;
  }

  openInterchange(faults: X12Fault[]): void {
    this.#interchange = { faults, accepted: true };
    this.#listed = 0;
  }

  /** A fault of what is under way. */
  add(bearer: Bearer, kind: X12FaultKind, place: X12Place, detail?: X12FaultDetail): void {
    if (this.#listed >= FAULTS_LISTED) bearer.accepted = false;
    else this.bear(bearer, faultAt(kind, place, detail));
  }

  bear(bearer: Bearer, fault: X12Fault): void {
    if (bearer.faults === NO_FAULTS) bearer.faults = [];
    bearer.faults.push(fault);
    if (fault.severity === 'reject') bearer.accepted = false;
    this.#tell?.(fault);
    if (++this.#listed !== FAULTS_LISTED) return;
    const place = { segment: fault.segment, offset: fault.offset };
    const last = faultAt('faults-left-out', place, { expected: String(FAULTS_LISTED) });
    this.#interchange.faults.push(last);
    this.#interchange.accepted = false;
    this.#tell?.(last);
  }

  /** A fault of bytes that belong to no interchange. */
  refuse(fault: X12Fault): void {
    this.#refusals++;
    this.#tell?.(fault);
  }

  countIncomplete(): void {
    this.#refusals++;
  }

  get refusedAny(): boolean {
    return this.#refusals > 0;
  }

  /** True when so much was refused that the rest is not worth reading. Says so. */
  isHopeless(offset: number): boolean {
    if (this.#refusals < REFUSALS_READ) return false;
    this.#tell?.(faultAt('input-hopeless', { segment: '', offset }, { expected: String(REFUSALS_READ) }));
    return true;
  }
}
