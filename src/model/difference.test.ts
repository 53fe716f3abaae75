import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differencesBetween } from './difference.ts';

const LANE = { id: 'il-ga', linehaul: { basis: 'per-mile', rate: '2.35' } };
const cases = [
  { name: 'the same', before: { a: [LANE] }, after: { a: [LANE] }, found: [] },
  {
    name: 'a value deep inside',
    before: { lanes: [LANE] },
    after: { lanes: [{ ...LANE, linehaul: { basis: 'per-mile', rate: '2.45' } }] },
    found: [{ path: 'lanes[il-ga].linehaul.rate', before: '2.35', after: '2.45' }],
  },
  {
    name: 'a named part put before another is one addition',
    before: { lanes: [LANE] },
    after: { lanes: [{ id: 'new' }, LANE] },
    found: [{ path: 'lanes[new]', after: { id: 'new' } }],
  },
  {
    name: 'a key taken away',
    before: { validTo: '2026-12-31' },
    after: {},
    found: [{ path: 'validTo', before: '2026-12-31' }],
  },
  {
    name: 'a list of plain values is one value',
    before: { region: ['IL'] },
    after: { region: ['IL', 'GA'] },
    found: [{ path: 'region', before: ['IL'], after: ['IL', 'GA'] }],
  },
  {
    name: 'parts without a name of their own, by place',
    before: { steps: [{ days: 1 }] },
    after: { steps: [{ days: 2 }, { days: 9 }] },
    found: [
      { path: 'steps[1].days', before: 1, after: 2 },
      { path: 'steps[2]', after: { days: 9 } },
    ],
  },
  {
    name: 'two parts of one name are told by place',
    before: {
      t: [
        { code: 'A', r: 1 },
        { code: 'A', r: 2 },
      ],
    },
    after: {
      t: [
        { code: 'A', r: 1 },
        { code: 'A', r: 3 },
      ],
    },
    found: [{ path: 't[2].r', before: 2, after: 3 }],
  },
];
for (const { name, before, after, found } of cases) {
  test(`difference: ${name}`, () => assert.deepEqual(differencesBetween(before, after), found));
}
