// X12 dates and times → instants.
//
// Dates are CCYYMMDD or YYMMDD, times HHMM, HHMMSS or HHMMSSDD. A wall clock is held as milliseconds, as if it were UTC,
// until a zone makes it an instant: files bring hundreds of thousands of them, and numbers are quick.

import { DAY_MS, HOUR_MS, type Instant, instantIn, MINUTE_MS, type WallClock, type Zone } from '../../model/time.ts';
import type { ZoneCode } from './codes/zones.ts';

/** A wall clock as milliseconds, as if it were UTC. */
export type WallTime = number;

/** Two-digit years from here on belong to the last century. */
const CENTURY_PIVOT = 70;
/** No freight moves outside these; a slip of the finger does. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** Start of the day; `undefined` when the text is no day of the calendar. */
export function dayFrom(text: string): WallTime | undefined {
  if (text.length !== 8 && text.length !== 6) return undefined;
  const digits = digitsIn(text);
  if (digits === undefined) return undefined;
  const shortYear = Math.floor(digits / 10_000);
  const year = text.length === 8 ? shortYear : shortYear + (shortYear < CENTURY_PIVOT ? 2000 : 1900);
  const month = Math.floor(digits / 100) % 100;
  const day = digits % 100;
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const start = Date.UTC(year, month - 1, day);
  // A day that the month does not have runs over into the next.
  return day > 28 && new Date(start).getUTCDate() !== day ? undefined : start;
}

/** Milliseconds into the day; no time given is its start, 2400 its end. `undefined` when the text is no time. */
export function timeOfDayFrom(text: string): number | undefined {
  if (text === '') return 0;
  if (text.length !== 4 && text.length !== 6 && text.length !== 8) return undefined;
  const digits = digitsIn(text.slice(0, 6));
  if (digits === undefined || (text.length === 8 && digitsIn(text.slice(6)) === undefined)) return undefined;
  const [hour, minute, second] =
    text.length === 4
      ? [Math.floor(digits / 100), digits % 100, 0]
      : [Math.floor(digits / 10_000), Math.floor(digits / 100) % 100, digits % 100];
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second > 0)) return undefined;
  return (hour * 3_600 + minute * 60 + second) * 1_000;
}

function digitsIn(text: string): number | undefined {
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** `local`: read in `fallback`, the sender's zone. */
export function instantAt(wall: WallTime, code: ZoneCode, fallback: Zone): Instant {
  switch (code.kind) {
    case 'offset':
      return wall - code.minutes * MINUTE_MS;
    case 'zone':
      return wall - offsetOf(code.zone, wall);
    case 'local':
      return wall - offsetOf(fallback, wall);
  }
}

export function wallClockText(wall: WallTime): WallClock {
  const day = Math.floor(wall / DAY_MS);
  const second = Math.floor((wall - day * DAY_MS) / 1_000);
  const [hours, minutes, seconds] = [Math.floor(second / 3_600), Math.floor(second / 60) % 60, second % 60];
  return `${dayText(day)}T${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes]}:${TWO_DIGITS[seconds]}`;
}

/** The same as `formatInstant`, for the many times of a file. */
export function instantText(instant: Instant): string {
  return `${wallClockText(instant)}Z`;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const MAX_KNOWN_DAYS = 4_000;
const DAY_TEXTS = new Map<number, string>();

function dayText(day: number): string {
  let text = DAY_TEXTS.get(day);
  if (text === undefined) {
    if (DAY_TEXTS.size >= MAX_KNOWN_DAYS) DAY_TEXTS.clear();
    text = new Date(day * DAY_MS).toISOString().slice(0, 10);
    DAY_TEXTS.set(day, text);
  }
  return text;
}

/** The zone's own offset in milliseconds when its clocks show this. */
function offsetOf(zone: Zone, wall: WallTime): number {
  if (zone === 'UTC') return 0;
  const hour = Math.floor(wall / HOUR_MS);
  const known = knownOffsets(zone);
  const offset = known.get(hour);
  if (offset !== undefined) return offset;
  const first = exactOffset(zone, hour * HOUR_MS);
  const last = exactOffset(zone, (hour + 1) * HOUR_MS - 1_000);
  // An hour in which the clocks are changed is looked at by the second.
  if (first !== last) return exactOffset(zone, wall);
  if (known.size >= MAX_KNOWN_HOURS) known.clear();
  known.set(hour, first);
  return first;
}

function exactOffset(zone: Zone, wall: WallTime): number {
  return wall - instantIn(zone, wallClockText(wall));
}

// A memo of a pure function: hours of a year, a few zones at a time.
const MAX_KNOWN_HOURS = 20_000;
const MAX_KNOWN_ZONES = 100;
const KNOWN_OFFSETS = new Map<Zone, Map<number, number>>();

function knownOffsets(zone: Zone): Map<number, number> {
  let known = KNOWN_OFFSETS.get(zone);
  if (known === undefined) {
    if (KNOWN_OFFSETS.size >= MAX_KNOWN_ZONES) KNOWN_OFFSETS.clear();
    known = new Map();
    KNOWN_OFFSETS.set(zone, known);
  }
  return known;
}
