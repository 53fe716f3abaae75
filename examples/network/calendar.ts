// Working days of the sample week, and how each system writes a time down.

import type { Instant } from '../../src/model/time.ts';

/** The instant at which a place's clocks show this time, `day` days after the first. */
export function at(firstDay: string, day: number, hour: number, minute: number, zone: string): Instant {
  return Temporal.PlainDate.from(firstDay).add({ days: day }).toPlainDateTime({ hour, minute }).toZonedDateTime(zone)
    .epochMilliseconds;
}

const wall = (instant: Instant, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

/** `YYYYMMDDHHMM` on the clocks of `zone`. */
export function digitsIn(zone: string, instant: Instant): string {
  return wall(instant, zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace(/[-:T]/g, '');
}

/** RFC 3339 with the offset of `zone`. */
export function textIn(zone: string, instant: Instant): string {
  return wall(instant, zone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
