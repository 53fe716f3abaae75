// What every transaction set's translator is given, and what it gives back.

import { faultAt, type X12Fault, type X12Segment } from '../../formats/x12/index.ts';
import type { CanonicalEvent } from '../../model/event.ts';
import type { Reference } from '../../model/reference.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Partner } from '../../model/setup/partner.ts';
import type { Instant, Zone } from '../../model/time.ts';
import { amountFault } from '../amount-fault.ts';
import type { PartnerDirectory } from '../directory.ts';
import type { ShipmentName } from '../translation.ts';

export type X12Context = {
  readonly sender: Partner;
  readonly rules: RuleBook;
  readonly directory: PartnerDirectory;
  /** The sender's, else UTC: for clocks whose zone is not given. */
  readonly zone: Zone;
  /** GS date and time. */
  readonly reportedAt: Instant;
  /** The same as RFC 3339. */
  readonly reportedText: string;
  /** CloudEvents `source`. */
  readonly source: string;
  /** `ISA13/GS06/ST02` as written. */
  readonly path: string;
};

/** One event, with what the event alone does not tell. */
export type Said = {
  readonly event: CanonicalEvent;
  readonly names: readonly ShipmentName[];
  readonly teaches: readonly Reference[];
  readonly subject: string;
};

/** A fault that rejects leaves no events; one that does not costs only what it stands on. */
export type Meaning = { readonly said: readonly Said[]; readonly faults: readonly X12Fault[] };

/** Same file, same ids: control numbers as written and the byte position of what is said. */
export function eventId(context: X12Context, segment: X12Segment, part = ''): string {
  return `${context.path}/${segment.offset}${part}`;
}

/** A fault of one part, the rest of the transaction being good: accepted with errors. */
export function softened(fault: X12Fault): X12Fault {
  return { ...fault, severity: 'error' };
}

/** A fault without whose mend the transaction means nothing: rejected. */
export function hardened(fault: X12Fault): X12Fault {
  return { ...fault, severity: 'reject' };
}

/** Nothing of the transaction is used, for these reasons. */
export function refusal(faults: readonly X12Fault[]): Meaning {
  return { said: [], faults: faults.map(hardened) };
}

const LONGEST_IDENTIFIER = 200;

/** Text that fits the schema's identifiers; views have taken out control characters. */
export function isIdentifier(text: string): boolean {
  return text.length > 0 && text.length <= LONGEST_IDENTIFIER;
}

/** Free text, cut to what a person would read. */
export function freeText(text: string): string {
  return text.length > 2_000 ? text.slice(0, 2_000) : text;
}

/** Rows of one event, as the schemas bound them: invoice lines, remittances, order lines, contents. */
const MAX_ROWS = 10_000;

/** More rows than one event may have: refused rather than cut, at the first that is too many. */
export function tooManyRows(segments: readonly X12Segment[]): X12Fault[] {
  const first = segments[MAX_ROWS];
  if (first === undefined) return [];
  const { id: segment, offset, index: segmentIndex } = first;
  return [faultAt('content-refused', { segment, offset, segmentIndex }, { found: `more than ${MAX_ROWS} rows` })];
}

/** Why its amounts are none of its currency: a file in whole yen has no hundredths. Told at the head, which names the document. */
export function amountFaults(
  event: CanonicalEvent,
  { id: segment, offset, index: segmentIndex }: X12Segment,
): X12Fault[] {
  const fault = amountFault(event);
  if (fault === undefined) return [];
  return [faultAt('content-refused', { segment, offset, segmentIndex }, { found: `${fault.path} ${fault.reason}` })];
}
