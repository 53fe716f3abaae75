import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantOf } from '../../model/time.ts';
import { type DisputeTime, dueOn, overdueOf } from './overdue.ts';

const STAGES = [
  { stage: 'notice', daysOverdue: 15 },
  { stage: 'reminder', daysOverdue: 5 },
];
const at = (text: string) => instantOf(`2026-${text}:00Z`);

test('due: the day of the decision and the terms', () => {
  assert.equal(dueOn(at('03-02T23:59'), 30), '2026-04-01');
  assert.equal(dueOn(at('03-02T00:00')), '2026-03-02');
});

// Due on 1 April: 2 April is the first day, 6 April the fifth, 16 April the fifteenth.
type Case = {
  name: string;
  now: string;
  disputes?: DisputeTime[];
  days: number;
  stage?: string;
  next?: string;
  paused?: boolean;
};
const cases: Case[] = [
  { name: 'not due yet', now: '03-20T12:00', days: 0, next: '04-06T00:00' },
  { name: 'the due date itself', now: '04-01T23:59', days: 0, next: '04-06T00:00' },
  { name: 'the day after', now: '04-02T00:00', days: 1, next: '04-06T00:00' },
  { name: 'a stage begins', now: '04-06T00:00', days: 5, stage: 'reminder', next: '04-16T00:00' },
  { name: 'the last stage stays', now: '05-01T00:00', days: 30, stage: 'notice' },
  {
    name: 'disputed for two days: the stages come two days later',
    now: '04-06T12:00',
    disputes: [{ openedAt: at('04-03T00:00'), closedAt: at('04-05T00:00') }],
    days: 3,
    next: '04-08T00:00',
  },
  {
    name: 'two lines disputed for two days each, one of them in common: three days do not count',
    now: '04-07T12:00',
    disputes: [
      { openedAt: at('04-04T00:00'), closedAt: at('04-06T00:00') },
      { openedAt: at('04-03T00:00'), closedAt: at('04-05T00:00') },
    ],
    days: 3,
    next: '04-09T00:00',
  },
  {
    name: 'disputed: nothing counts',
    now: '04-20T00:00',
    disputes: [{ openedAt: at('04-07T00:00') }],
    days: 6,
    stage: 'reminder',
    paused: true,
  },
  {
    name: 'disputed before it was due: only the days after count',
    now: '04-06T00:00',
    disputes: [{ openedAt: at('03-20T00:00'), closedAt: at('04-03T00:00') }],
    days: 4,
    next: '04-07T00:00',
  },
];
for (const { name, now, disputes = [], days, stage, next, paused = false } of cases) {
  test(`overdue: ${name}`, () => {
    const found = overdueOf({ dueOn: '2026-04-01', disputes }, STAGES, at(now));
    assert.deepEqual(found, {
      daysOverdue: days,
      isPaused: paused,
      ...(stage === undefined ? {} : { stage }),
      ...(next === undefined ? {} : { nextStageAt: at(next) }),
    });
  });
}
