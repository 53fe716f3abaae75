import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS } from '../../model/time.ts';
import { beyondChaos, withChaos } from './chaos.ts';
import type { Scenario } from './folder.ts';
import type { Step } from './steps.ts';

const OWN: readonly Step[] = [
  { at: 1 * DAY_MS, line: 1, step: 'file', partner: 'acme', file: 'one.edi' },
  { at: 2 * DAY_MS, line: 2, step: 'erp', fault: { mode: 'down' } },
  { at: 5 * DAY_MS, line: 3, step: 'erp', fault: { mode: 'up' } },
  { at: 6 * DAY_MS, line: 4, step: 'crash' },
];
const calm: Scenario = {
  name: 'x',
  startsAt: 0,
  endsAt: 9 * DAY_MS,
  setup: {},
  steps: OWN,
  inbound: new Map(),
  imports: new Map(),
};
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

test('chaos: a seed always brings the same trouble, another one another', () => {
  assert.deepEqual(withChaos(calm, 7), withChaos(calm, 7));
  assert.notDeepEqual(withChaos(calm, 7), withChaos(calm, 8));
});

test("chaos: the scenario's own steps stay as they are, and all are in the order of time", () => {
  for (const seed of seeds) {
    const { steps } = withChaos(calm, seed);
    assert.deepEqual(
      steps.filter(({ line }) => line > 0),
      OWN,
    );
    const times = steps.map(({ at }) => at);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    assert.ok(times.every((at) => at >= calm.startsAt && at <= calm.endsAt));
  }
});

test('chaos: faults of the ERP hit a few calls, never while the scenario has it fail, and are lifted at the end', () => {
  for (const seed of seeds) {
    const { steps, postsAfterEnd } = withChaos(calm, seed);
    const ownOutage = [steps.findIndex(({ line }) => line === 2), steps.findIndex(({ line }) => line === 3)] as const;
    for (const [index, step] of steps.slice(0, -1).entries()) {
      if (step.step !== 'erp' || step.line > 0) continue;
      assert.ok(step.fault.calls !== undefined && step.fault.calls <= 4);
      assert.ok(index < ownOutage[0] || index > ownOutage[1]);
    }
    assert.deepEqual(steps.at(-1), { at: calm.endsAt, line: 0, step: 'erp', fault: { mode: 'up' } });
    assert.equal(postsAfterEnd, true);
  }
});

test('chaos: every kind of trouble comes', () => {
  const kinds: string[] = seeds.flatMap((seed) =>
    withChaos(calm, seed).steps.map((step) => {
      if (step.step === 'erp') return step.fault.mode;
      return step.step === 'crash-during' ? step.moment.of : step.step;
    }),
  );
  const faults = ['down', 'slow', 'timeout-after-commit', 'garbage', 'throttled', 'cut-off'];
  for (const kind of ['crash', 'statement', 'erp-call', ...faults]) assert.ok(kinds.includes(kind), kind);
});

test('chaos: what is left down by the scenario itself stays down', () => {
  const { steps, postsAfterEnd } = withChaos({ ...calm, steps: OWN.slice(0, 2) }, 3);
  assert.equal(postsAfterEnd, undefined);
  assert.deepEqual(
    steps.filter(({ step }) => step === 'erp').map(({ line }) => line),
    steps
      .filter(({ step, at }) => step === 'erp' && at < 2 * DAY_MS)
      .map(({ line }) => line)
      .concat(2),
  );
});

test('chaos: a document posted later is no difference, one not posted is', () => {
  const later = { path: 'invoices[S-1-1].postedAt', expected: '2026-03-05T15:30:00Z', got: '2026-03-05T15:40:00Z' };
  const never = { ...later, got: null };
  const amount = { path: 'invoices[S-1-1].total', expected: '1.00', got: '2.00' };
  assert.deepEqual(beyondChaos([later, never, amount]), [never, amount]);
});
