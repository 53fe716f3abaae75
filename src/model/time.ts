// Times: inside, an instant is epoch milliseconds UTC; text with an offset exists only at the edges.
//
// A wall-clock time ("2026-03-04T13:22:00") means an instant only in a zone. In the hour that daylight saving
// skips, the clock that was already put forward is meant; in the hour that repeats, its first passing
// (Temporal's "compatible", RFC 5545 section 3.3.5).

/** Epoch milliseconds, UTC. */
export type Instant = number;
/** IANA zone name, such as `America/Chicago`. */
export type Zone = string;
/** `YYYY-MM-DD` */
export type LocalDate = string;
/** `YYYY-MM-DDTHH:MM:SS`, no offset. */
export type WallClock = string;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** RFC 3339 with an offset → instant; `undefined` when the text is none or names no real day or time. */
export function parseInstant(text: string): Instant | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  if (!isRealDay(Number(year), Number(month), Number(day))) return undefined;
  // A leap second is read as the last second that clocks show.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const readable = second === '60' ? text.replace(/:60/, ':59') : text;
  const instant = Date.parse(readable.toUpperCase());
  return Number.isNaN(instant) ? undefined : instant;
}

/** Text that was validated as RFC 3339 before → instant. Throws on anything else: that is a bug. */
export function instantOf(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new RangeError(`not an RFC 3339 time: ${text}`);
  return instant;
}

/** To the second, UTC: `2026-03-04T19:22:00Z`. */
export function formatInstant(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

export function isLocalDate(text: string): boolean {
  const match = DATE.exec(text);
  return match !== null && isRealDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

function isRealDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const KNOWN_ZONES = new Map<string, boolean>();

export function isZone(zone: string): boolean {
  let known = KNOWN_ZONES.get(zone);
  if (known === undefined) {
    known = canFormat(zone);
    // Bounded: names come from setup files and messages, and messages may be garbage.
    if (KNOWN_ZONES.size < 2_000) KNOWN_ZONES.set(zone, known);
  }
  return known;
}

function canFormat(zone: string): boolean {
  if (/^[+-]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The instant at which the clocks of `zone` show this time. */
export function instantIn(zone: Zone, wallClock: WallClock): Instant {
  if (zone === 'UTC') return Date.parse(`${wallClock}Z`);
  return Temporal.PlainDateTime.from(wallClock).toZonedDateTime(zone, { disambiguation: 'compatible' })
    .epochMilliseconds;
}

/** The calendar day that `zone` has at this instant. */
export function localDateIn(zone: Zone, instant: Instant): LocalDate {
  if (zone === 'UTC') return new Date(instant).toISOString().slice(0, 10);
  return dayFormatOf(zone).format(instant);
}

const DAY_FORMATS = new Map<string, Intl.DateTimeFormat>();

// Making a formatter costs a hundred times what using it does.
function dayFormatOf(zone: Zone): Intl.DateTimeFormat {
  let format = DAY_FORMATS.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    DAY_FORMATS.set(zone, format);
  }
  return format;
}

/** With the offset that `zone` has then: `2026-03-04T13:22:00-06:00`. */
export function formatIn(zone: Zone, instant: Instant): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** Whole days later, on the calendar. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Seconds are cut off, not rounded (contract section 2, detention). */
export function wholeMinute(instant: Instant): Instant {
  return Math.floor(instant / MINUTE_MS) * MINUTE_MS;
}
