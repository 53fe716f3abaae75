// Times: inside, an instant is epoch milliseconds UTC; text with an offset exists only at the edges.
//
// A wall-clock time ("2026-03-04T13:22:00") means an instant only in a zone. In the hour that daylight saving
// skips, it is read by a clock that was not yet put forward; in the hour that repeats, its first passing is meant
// (Temporal's "compatible", RFC 5545 section 3.3.5).

import { zoneEraAt } from './zone-era.ts';

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

const RFC3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-\d\d[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** RFC 3339 with an offset → instant; `undefined` when the text is none or names no real day or time. */
export function parseInstant(text: string): Instant | undefined {
  if (!RFC3339.test(text)) return undefined;
  const day = text.slice(8, 10);
  // Only the last days of a month may not exist.
  if ((day > '28' || day === '00') && !isLocalDate(text.slice(0, 10))) return undefined;
  // A leap second is read as the last second that clocks show.
  const readable = text.startsWith('60', 17) ? `${text.slice(0, 17)}59${text.slice(19)}` : text;
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
  return `${wallClock(instant)}Z`;
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
  const asIfUtc = Date.parse(`${wallClock}Z`);
  if (zone === 'UTC') return asIfUtc;
  const { from, until, offsetMs } = zoneEraAt(zone, asIfUtc);
  // Two days from any change of the clocks there is one reading; near one, the rule for gaps and repeated hours decides.
  if (asIfUtc - 2 * DAY_MS >= from && asIfUtc + 2 * DAY_MS < until) return asIfUtc - offsetMs;
  return Temporal.PlainDateTime.from(wallClock).toZonedDateTime(zone, { disambiguation: 'compatible' })
    .epochMilliseconds;
}

/** The calendar day that `zone` has at this instant. */
export function localDateIn(zone: Zone, instant: Instant): LocalDate {
  return dateOfDay(Math.floor((instant + offsetIn(zone, instant)) / DAY_MS));
}

const DATES = new Map<number, LocalDate>();

// Days since 1970 → their date. Most of what is decided happened in the same few weeks.
function dateOfDay(day: number): LocalDate {
  let date = DATES.get(day);
  if (date === undefined) {
    date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    if (DATES.size >= 4_096) DATES.clear();
    DATES.set(day, date);
  }
  return date;
}

/** With the offset that `zone` has then: `2026-03-04T13:22:00-06:00`. */
export function formatIn(zone: Zone, instant: Instant): string {
  const offsetMs = offsetIn(zone, instant);
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
  const offset = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return `${wallClock(instant + offsetMs)}${offsetMs < 0 ? '-' : '+'}${offset}`;
}

/** `2026-03-04T19:22:00`, as a clock in UTC shows it. */
function wallClock(instant: Instant): string {
  const day = Math.floor(instant / DAY_MS);
  const seconds = Math.floor((instant - day * DAY_MS) / 1_000);
  const minutes = Math.floor(seconds / 60);
  return `${dateOfDay(day)}T${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function offsetIn(zone: Zone, instant: Instant): number {
  return zone === 'UTC' ? 0 : zoneEraAt(zone, instant).offsetMs;
}

/** Whole days later, on the calendar. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Seconds are cut off, not rounded (contract section 2, detention). */
export function wholeMinute(instant: Instant): Instant {
  return Math.floor(instant / MINUTE_MS) * MINUTE_MS;
}

/** Of the times that there are; `undefined`: there is none. */
export function earliest(times: readonly (Instant | undefined)[]): Instant | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
