import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMortality } from './mortality.ts';

test('mortality: each moment is reached once, counted from when it was foreseen', () => {
  const mortality = openMortality();
  const statements = (count: number) => Array.from({ length: count }, () => mortality.isReachedBy('statement'));
  assert.deepEqual(statements(3), [false, false, false]);
  mortality.foresee({ of: 'statement', count: 3 });
  mortality.foresee({ of: 'erp-call', count: 1 });
  assert.deepEqual(statements(2), [false, false]);
  mortality.foresee({ of: 'statement', count: 2 });
  assert.deepEqual(statements(4), [true, true, false, false]);
  assert.deepEqual(
    [1, 2].map(() => mortality.isReachedBy('erp-call')),
    [true, false],
  );
});
