import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addDays,
  formatIn,
  formatInstant,
  instantIn,
  instantOf,
  isLocalDate,
  isZone,
  localDateIn,
  parseInstant,
  wholeMinute,
} from './time.ts';

const read: { text: string; instant: string | undefined }[] = [
  { text: '2026-03-04T08:00:00Z', instant: '2026-03-04T08:00:00Z' },
  { text: '2026-03-04t08:00:00z', instant: '2026-03-04T08:00:00Z' },
  { text: '2026-03-04T08:00:00-06:00', instant: '2026-03-04T14:00:00Z' },
  { text: '2026-03-04T08:00:00+05:45', instant: '2026-03-04T02:15:00Z' },
  { text: '2026-03-04T08:00:00.987654321Z', instant: '2026-03-04T08:00:00Z' },
  { text: '2028-02-29T00:00:00Z', instant: '2028-02-29T00:00:00Z' },
  { text: '2016-12-31T23:59:60Z', instant: '2016-12-31T23:59:59Z' },
  { text: '2026-02-29T00:00:00Z', instant: undefined },
  { text: '2026-04-31T00:00:00Z', instant: undefined },
  { text: '2026-01-00T00:00:00Z', instant: undefined },
  { text: '2026-13-01T00:00:00Z', instant: undefined },
  { text: '2026-03-04T24:00:00Z', instant: undefined },
  { text: '2026-03-04T08:60:00Z', instant: undefined },
  { text: '2026-03-04T08:00:61Z', instant: undefined },
  { text: '2026-03-04T08:00:00+24:00', instant: undefined },
  { text: '2026-03-04T08:00:00', instant: undefined },
  { text: '2026-03-04T08:00Z', instant: undefined },
  { text: '2026-03-04 08:00:00Z', instant: undefined },
  { text: '2026-03-04', instant: undefined },
  { text: ' 2026-03-04T08:00:00Z', instant: undefined },
  { text: '', instant: undefined },
];

for (const { text, instant } of read) {
  test(`"${text}" ${instant === undefined ? 'is no RFC 3339 time' : `is ${instant}`}`, () => {
    const parsed = parseInstant(text);
    assert.equal(parsed && formatInstant(parsed), instant);
  });
}

test('a text that was to be validated before is a bug', () => {
  assert.throws(() => instantOf('yesterday'), RangeError);
});

// Chicago: forward on 2026-03-08 at 02:00, back on 2026-11-01 at 02:00.
const wallClocks: { zone: string; wallClock: string; instant: string; name: string }[] = [
  { name: 'winter', zone: 'America/Chicago', wallClock: '2026-03-04T13:22:00', instant: '2026-03-04T19:22:00Z' },
  { name: 'summer', zone: 'America/Chicago', wallClock: '2026-07-04T13:22:00', instant: '2026-07-04T18:22:00Z' },
  {
    name: 'the second before the gap',
    zone: 'America/Chicago',
    wallClock: '2026-03-08T01:59:59',
    instant: '2026-03-08T07:59:59Z',
  },
  {
    name: 'in the gap, by the clock of before',
    zone: 'America/Chicago',
    wallClock: '2026-03-08T02:30:00',
    instant: '2026-03-08T08:30:00Z',
  },
  { name: 'after the gap', zone: 'America/Chicago', wallClock: '2026-03-08T03:00:00', instant: '2026-03-08T08:00:00Z' },
  {
    name: 'in the repeated hour, its first passing',
    zone: 'America/Chicago',
    wallClock: '2026-11-01T01:30:00',
    instant: '2026-11-01T06:30:00Z',
  },
  {
    name: 'after the repeated hour',
    zone: 'America/Chicago',
    wallClock: '2026-11-01T02:00:00',
    instant: '2026-11-01T08:00:00Z',
  },
  {
    name: 'half an hour of daylight saving',
    zone: 'Australia/Lord_Howe',
    wallClock: '2026-07-01T12:00:00',
    instant: '2026-07-01T01:30:00Z',
  },
  { name: 'UTC', zone: 'UTC', wallClock: '2026-03-04T13:22:00', instant: '2026-03-04T13:22:00Z' },
];

for (const { name, zone, wallClock, instant } of wallClocks) {
  test(`${wallClock} in ${zone}: ${name}`, () => assert.equal(formatInstant(instantIn(zone, wallClock)), instant));
}

const days: [string, string, string][] = [
  ['America/Chicago', '2026-03-05T05:59:59Z', '2026-03-04'],
  ['America/Chicago', '2026-03-05T06:00:00Z', '2026-03-05'],
  ['America/Chicago', '2026-03-09T04:59:59Z', '2026-03-08'],
  ['America/Chicago', '2026-03-09T05:00:00Z', '2026-03-09'],
  ['Pacific/Kiritimati', '2026-03-04T10:00:00Z', '2026-03-05'],
  ['UTC', '2026-03-04T23:59:59Z', '2026-03-04'],
  ['UTC', '1969-12-31T23:59:59Z', '1969-12-31'],
];

for (const [zone, instant, date] of days) {
  test(`${instant} is on ${date} in ${zone}`, () => assert.equal(localDateIn(zone, instantOf(instant)), date));
}

test('a time with the offset that its zone then has', () => {
  assert.equal(formatIn('America/Chicago', instantOf('2026-03-08T07:59:59Z')), '2026-03-08T01:59:59-06:00');
  assert.equal(formatIn('America/Chicago', instantOf('2026-03-08T08:00:00Z')), '2026-03-08T03:00:00-05:00');
  assert.equal(formatIn('Asia/Kathmandu', instantOf('2026-03-08T08:00:00Z')), '2026-03-08T13:45:00+05:45');
  assert.equal(formatIn('UTC', instantOf('2026-03-08T08:00:00Z')), '2026-03-08T08:00:00+00:00');
});

test('zones: IANA names, no offsets', () => {
  const asked = ['America/Chicago', 'UTC', 'Europe/Kyiv', '+02:00', 'Chicago', '', 'CST6CDT7'];
  assert.deepEqual(asked.map(isZone), [true, true, true, false, false, false, false]);
});

test('dates', () => {
  const asked = ['2026-02-28', '2028-02-29', '2026-02-29', '2026-2-1', '2026-03-04T00:00:00Z'];
  assert.deepEqual(asked.map(isLocalDate), [true, true, false, false, false]);
  assert.equal(addDays('2026-02-27', 2), '2026-03-01');
  assert.equal(addDays('2026-03-01', -1), '2026-02-28');
});

test('seconds are cut off, not rounded', () => {
  assert.equal(formatInstant(wholeMinute(instantOf('2026-03-04T08:00:59Z'))), '2026-03-04T08:00:00Z');
});
