import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAttempts } from './attempts.ts';

test('an address waits after its last allowed failure, until the window ends', () => {
  const attempts = openAttempts(3, 60_000);
  for (const at of [0, 1_000, 2_000]) {
    assert.equal(attempts.waitSeconds('a', undefined, at), 0);
    attempts.failed('a', at);
  }
  assert.equal(attempts.waitSeconds('a', undefined, 2_500), 58);
  assert.equal(attempts.waitSeconds('b', undefined, 2_500), 0, 'others are not concerned');
  assert.equal(attempts.waitSeconds('a', undefined, 60_000), 0, 'the window is over');
});

test('a flood of addresses forgets the oldest and does not grow', () => {
  const attempts = openAttempts(1, 60_000);
  for (let address = 0; address <= 10_000; address += 1) attempts.failed(String(address), address);
  assert.equal(attempts.waitSeconds('0', undefined, 10_000), 0);
  assert.equal(attempts.waitSeconds('1', undefined, 10_000), 51);
});

test('a key that proved itself is let through, wherever it comes from, for a while', () => {
  const attempts = openAttempts(1, 3_600_000);
  attempts.succeeded('good', 0);
  attempts.failed('proxy', 0);
  assert.equal(attempts.waitSeconds('proxy', 'good', 1_000), 0);
  assert.equal(attempts.waitSeconds('proxy', 'guessed', 1_000), 3_599);
  assert.equal(attempts.waitSeconds('proxy', 'good', 600_000), 3_000, 'proven too long ago');
});
