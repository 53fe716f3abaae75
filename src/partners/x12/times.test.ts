import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayFrom, instantAt, instantText, timeOfDayFrom } from './times.ts';

const CHICAGO = { kind: 'zone', zone: 'America/Chicago' } as const;
const at = (day: string, time: string, zone = CHICAGO) => {
  const wall = (dayFrom(day) ?? Number.NaN) + (timeOfDayFrom(time) ?? Number.NaN);
  return instantText(instantAt(wall, zone, 'UTC'));
};

// United States, 2026: clocks go forward on 8 March and back on 1 November, both at 02:00.
const clocks = [
  { day: '20260308', time: '0159', is: '2026-03-08T07:59:00Z', name: 'before they go forward' },
  { day: '20260308', time: '0230', is: '2026-03-08T08:30:00Z', name: 'in the hour that is skipped' },
  { day: '20260308', time: '0300', is: '2026-03-08T08:00:00Z', name: 'after they went forward' },
  { day: '20261101', time: '0030', is: '2026-11-01T05:30:00Z', name: 'before they go back' },
  { day: '20261101', time: '0130', is: '2026-11-01T06:30:00Z', name: 'in the hour that repeats: its first passing' },
  { day: '20261101', time: '0200', is: '2026-11-01T08:00:00Z', name: 'after they went back' },
];
for (const { day, time, is, name } of clocks) {
  test(`X12 times: ${name}`, () => {
    assert.equal(at(day, time), is);
    assert.equal(at(day, time), is, 'the same when it is known already');
  });
}

const days = [
  '20260229',
  '20260431',
  '20261301',
  '20260100',
  '0260301',
  '2026031',
  'CCYYMMDD',
  '',
  '18991231',
  '22000101',
];
for (const day of days) test(`X12 times: "${day}" is no day`, () => assert.equal(dayFrom(day), undefined));
test('X12 times: leap days', () => {
  assert.equal(dayFrom('20240229'), Date.UTC(2024, 1, 29));
  assert.equal(dayFrom('20000229'), Date.UTC(2000, 1, 29));
  assert.equal(dayFrom('21000229'), undefined);
  assert.equal(dayFrom('690101'), Date.UTC(2069, 0, 1));
  assert.equal(dayFrom('700101'), Date.UTC(1970, 0, 1));
});

for (const time of ['2401', '1260', '132', '13:22', '126060', '1322070', '1322070x', '-101']) {
  test(`X12 times: "${time}" is no time`, () => assert.equal(timeOfDayFrom(time), undefined));
}
