// A date, a time and a zone code of one segment → a moment, or the fault that says which of the three is wrong.

import type { X12Fault, X12Segment } from '../../formats/x12/index.ts';
import { elementFault } from '../../formats/x12/transactions/index.ts';
import { formatIn, formatInstant, type Instant } from '../../model/time.ts';
import { ZONE_BY_CODE, type ZoneCode } from './codes/zones.ts';
import type { X12Context } from './meaning.ts';
import { dayFrom, instantAt, timeOfDayFrom, type WallTime } from './times.ts';

/** As written, and the elements it stands in. */
export type WrittenMoment = {
  readonly segment: X12Segment;
  readonly date: string;
  readonly time: string;
  readonly zone: string;
};
export type MomentElements = { readonly date: number; readonly time: number; readonly zone: number };

export type Moment =
  | { readonly ok: true; readonly wall: WallTime; readonly zone: ZoneCode }
  | { readonly ok: false; readonly fault: X12Fault };

export function momentOf(written: WrittenMoment, elements: MomentElements): Moment {
  const { segment, date, time, zone } = written;
  if (date === '') return { ok: false, fault: elementFault('element-missing', segment, elements.date) };
  const day = dayFrom(date);
  if (day === undefined) {
    return { ok: false, fault: elementFault('element-date-invalid', segment, elements.date, { found: date }) };
  }
  const timeOfDay = timeOfDayFrom(time);
  if (timeOfDay === undefined) {
    return { ok: false, fault: elementFault('element-time-invalid', segment, elements.time, { found: time }) };
  }
  const code = ZONE_BY_CODE.get(zone);
  if (code === undefined) {
    return { ok: false, fault: elementFault('element-code-unknown', segment, elements.zone, { found: zone }) };
  }
  return { ok: true, wall: day + timeOfDay, zone: code };
}

/** A clock without a zone is read in the sender's. */
export function instantOfMoment({ wall, zone }: { wall: WallTime; zone: ZoneCode }, context: X12Context): Instant {
  return instantAt(wall, zone, context.zone);
}

/** RFC 3339, with the offset of the place where that is known: what people compare with the paper. */
export function textOfMoment(moment: { wall: WallTime; zone: ZoneCode }, context: X12Context): string {
  const instant = instantOfMoment(moment, context);
  if (moment.zone.kind === 'offset') return formatInstant(instant);
  return formatIn(moment.zone.kind === 'zone' ? moment.zone.zone : context.zone, instant);
}
