import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admission, afterAdmission, afterAnswer, afterTrouble, type SystemState, UNTROUBLED } from './breaker.ts';

const pace = { burst: 50 };
const open: SystemState = { breaker: 'open', failures: 1, openedAt: 0, probeAt: 2_000 };

const admissions = [
  { name: 'an untroubled system takes a batch', state: UNTROUBLED, at: 0, is: { admits: 'batch', documents: 50 } },
  { name: 'a troubled one nothing', state: open, at: 1_999, is: { admits: 'nothing', until: 2_000 } },
  { name: 'until its probe is due', state: open, at: 2_000, is: { admits: 'probe', documents: 1 } },
  {
    name: 'one probe at a time',
    state: afterAdmission(open, 'probe', 1, 2_000, pace, 32_000),
    at: 2_001,
    is: { admits: 'nothing', until: 32_000 },
  },
  {
    name: 'a probe whose worker died is taken over',
    state: afterAdmission(open, 'probe', 1, 2_000, pace, 32_000),
    at: 32_000,
    is: { admits: 'probe', documents: 1 },
  },
  {
    name: 'an answer lets the rest through',
    state: afterAnswer(afterAdmission(open, 'probe', 1, 2_000, pace, 32_000)),
    at: 2_001,
    is: { admits: 'batch', documents: 50 },
  },
];

for (const { name, state, at, is } of admissions) {
  test(`breaker: ${name}`, () => assert.deepEqual(admission(state, at, pace), is));
}

test('breaker: probes come after 2, 4, 8 … seconds, and then every 50', () => {
  let state = UNTROUBLED;
  const waits = Array.from({ length: 8 }, () => {
    state = afterTrouble({ ...state, breaker: state.breaker === 'open' ? 'half-open' : state.breaker }, 0, 0.5);
    return (state.probeAt ?? 0) / 1_000;
  });
  assert.deepEqual(waits, [2, 4, 8, 16, 32, 50, 50, 50]);
});

test('breaker: never more than a minute between probes, whatever chance says', () => {
  const state = afterTrouble({ breaker: 'half-open', failures: 1_000 }, 0, 0.999_999);
  assert.ok((state.probeAt ?? 0) <= 60_000);
});

test('breaker: several acts that fail together are one failure', () => {
  const first = afterTrouble(UNTROUBLED, 0, 0.5);
  assert.equal(afterTrouble(first, 10, 0.5).failures, 1);
  assert.equal(afterTrouble(first, 10, 0.5).openedAt, 0);
});

test('breaker: an answer to what was sent before the trouble does not close it', () => {
  assert.deepEqual(afterAnswer(open), open);
});

test('breaker: a system that asks for more time gets it', () => {
  assert.equal(afterTrouble(UNTROUBLED, 0, 0.5, 90_000).probeAt, 90_000);
});

test('pace: a burst, then as many a second as agreed', () => {
  const slow = { burst: 10, perSecond: 2 };
  const spent = afterAdmission(UNTROUBLED, 'batch', 10, 1_000, slow, 0);
  assert.deepEqual(admission(UNTROUBLED, 1_000, slow), { admits: 'batch', documents: 10 });
  assert.deepEqual(admission(spent, 1_000, slow), { admits: 'nothing', until: 1_500 });
  assert.deepEqual(admission(spent, 1_500, slow), { admits: 'batch', documents: 1 });
  assert.deepEqual(admission(spent, 2_999, slow), { admits: 'batch', documents: 3 });
  assert.deepEqual(admission(spent, 600_000, slow), { admits: 'batch', documents: 10 });
  assert.deepEqual(admission(spent, 0, slow), { admits: 'nothing', until: 500 });
});
