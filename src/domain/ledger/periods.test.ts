// Which month a posting goes to, at the edges of locks, years and entities.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bookedInOpenPeriod, type PlaceContext } from './periods.ts';

const MARCH = '2026-03-01';
const context = (more: Partial<PlaceContext> = {}): PlaceContext => ({
  today: '2026-04-07',
  locked: new Map([[MARCH, new Set(['*'])]]),
  approved: new Map(),
  ...more,
});
const yes = { approved: new Map([[MARCH, 'kim']]) };
const shut = (...months: string[]) => new Map(months.map((month) => [month, new Set(['*'])]));

const cases: [what: string, day: string, entities: string[], given: PlaceContext, goesTo: string][] = [
  ['the last day of an open month', '2026-02-28', ['us'], context(), '2026-02-28'],
  ['the first day after a locked one', '2026-04-01', ['us'], context(), '2026-04-01'],
  ['the last day of a locked one, without a yes', '2026-03-31', ['us'], context(), 'waits for us'],
  ['with a yes, in the present month: today', '2026-03-31', ['us'], context(yes), '2026-04-07'],
  [
    'a yes to another month is none',
    '2026-03-31',
    ['us'],
    context({ approved: new Map([['2026-02-01', 'kim']]) }),
    'waits for us',
  ],
  [
    'the next is locked too: the first day of the one after',
    '2026-03-31',
    ['us'],
    context({ ...yes, locked: shut(MARCH, '2026-04-01') }),
    '2026-05-01',
  ],
  [
    'the present month is later than the next open one',
    '2026-03-31',
    ['us'],
    context({ ...yes, today: '2026-06-02' }),
    '2026-04-01',
  ],
  [
    'locked for another entity',
    '2026-03-31',
    ['us'],
    context({ locked: new Map([[MARCH, new Set(['de'])]]) }),
    '2026-03-31',
  ],
  [
    'locked for one of two',
    '2026-03-31',
    ['us', 'de'],
    context({ locked: new Map([[MARCH, new Set(['de'])]]) }),
    'waits for de',
  ],
  [
    'of two, the next month is locked for the other: both go to the one after',
    '2026-03-31',
    ['us', 'de'],
    context({
      ...yes,
      locked: new Map([
        [MARCH, new Set(['de'])],
        ['2026-04-01', new Set(['us'])],
      ]),
    }),
    '2026-05-01',
  ],
  [
    'over the end of a year',
    '2025-12-31',
    ['us'],
    context({ today: '2026-01-05', locked: shut('2025-12-01'), approved: new Map([['2025-12-01', 'kim']]) }),
    '2026-01-05',
  ],
];

for (const [what, day, entities, given, goesTo] of cases) {
  test(`period: ${what}`, () => {
    const place = bookedInOpenPeriod(day, entities, given);
    const got = place.kind === 'booked' ? place.bookedOn : `waits for ${place.legalEntities.join(', ')}`;
    assert.equal(got, goesTo);
    if (place.kind === 'booked')
      assert.equal(place.lateFor, place.bookedOn === day ? undefined : `${day.slice(0, 7)}-01`);
  });
}
