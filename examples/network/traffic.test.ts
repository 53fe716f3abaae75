import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOf, startOf, weekOfTraffic } from './traffic.ts';

const FIRST_DAY = '2026-03-02';

test('sample week: the same each time, in order, inside its week', () => {
  const steps = weekOfTraffic(FIRST_DAY);
  assert.deepEqual(weekOfTraffic(FIRST_DAY), steps);
  for (const [index, step] of steps.entries()) {
    assert.ok(index === 0 || (steps[index - 1]?.at ?? 0) <= step.at);
    assert.ok(step.at > startOf(FIRST_DAY) && step.at < endOf(FIRST_DAY), new Date(step.at).toISOString());
  }
});

test('sample week: doubles, JSON and X12 of each sender are in it', () => {
  const steps = weekOfTraffic(FIRST_DAY);
  const bodies = steps.flatMap((step) => (step.kind === 'message' ? [step.body] : []));
  assert.ok(bodies.length > new Set(bodies).size + 10, 'doubles');
  assert.ok(
    bodies.some((body) => body.startsWith('ISA') && body.includes('~\r\n')),
    'prairie',
  );
  assert.ok(
    bodies.some((body) => body.startsWith('ISA') && body.includes('|GS*')),
    'heron',
  );
  assert.ok(
    bodies.some((body) => body.startsWith('ISA') && body.includes('\nGS*SM')),
    'desk',
  );
  assert.ok(
    bodies.some((body) => body.startsWith('[')),
    'northdock',
  );
});
