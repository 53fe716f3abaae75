// Zones against the runtime's own calendar (Temporal), with gaps and repeated hours among the times tried.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY_MS, formatIn, formatInstant, HOUR_MS, instantIn, localDateIn, parseInstant } from './time.ts';

const zone = fc.constantFrom(
  'America/Chicago',
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Pacific/Apia',
  'UTC',
);
// Changes of the clocks in Chicago and Berlin, and the day that Samoa skipped.
const CHANGES = [
  '2026-03-08T08:00:00Z',
  '2026-11-01T07:00:00Z',
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2011-12-30T10:00:00Z',
];
const nearAChange = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -3 * 86_400, max: 3 * 86_400 }))
  .map(([change, seconds]) => Date.parse(change) + seconds * 1_000);
const whenever = fc.integer({ min: 0, max: 2_500_000_000 }).map((seconds) => seconds * 1_000);
const instant = fc.oneof(nearAChange, whenever);

test('an instant written with its offset is the same instant', () => {
  fc.assert(
    fc.property(zone, instant, (name, at) => {
      assert.equal(parseInstant(formatIn(name, at)), at);
      assert.equal(parseInstant(formatInstant(at)), at);
    }),
  );
});

test('a local time read in its zone shows that time again, except in a gap, and passes the first time', () => {
  fc.assert(
    fc.property(zone, instant, (name, at) => {
      const wallClock = formatIn(name, at).slice(0, 19);
      const read = instantIn(name, wallClock);
      assert.equal(formatIn(name, read).slice(0, 19), wallClock);
      assert.ok(read <= at && at - read <= HOUR_MS, 'of two passings the first');
    }),
  );
});

test('local times and days are those of the runtime’s calendar', () => {
  fc.assert(
    fc.property(zone, instant, (name, at) => {
      const wallClock = new Date(at).toISOString().slice(0, 19);
      const zoned = Temporal.PlainDateTime.from(wallClock).toZonedDateTime(name, { disambiguation: 'compatible' });
      assert.equal(instantIn(name, wallClock), zoned.epochMilliseconds);
      const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
      assert.equal(localDateIn(name, at), there.toPlainDate().toString());
      assert.equal(formatIn(name, at), there.toString({ timeZoneName: 'never', smallestUnit: 'second' }));
    }),
  );
});

test('a time in a gap is read by the clock of before: it lands after the gap', () => {
  const midnightToNoon = fc.integer({ min: 0, max: 12 * 60 - 1 });
  fc.assert(
    fc.property(midnightToNoon, (minute) => {
      const wallClock = new Date(Date.parse('2026-03-08T00:00:00Z') + minute * 60_000).toISOString().slice(0, 19);
      const shown = formatIn('America/Chicago', instantIn('America/Chicago', wallClock)).slice(0, 19);
      const isInGap = wallClock >= '2026-03-08T02:00:00' && wallClock < '2026-03-08T03:00:00';
      const moved = isInGap ? HOUR_MS : 0;
      assert.equal(Date.parse(`${shown}Z`) - Date.parse(`${wallClock}Z`), moved);
      assert.ok(moved < DAY_MS);
    }),
  );
});
