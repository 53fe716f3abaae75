import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sendingAll } from './sending.ts';

const later = (outcome: () => unknown, ms: number) =>
  new Promise((resolve) => setTimeout(resolve, ms)).then(() => outcome());
const fails = (text: string) => () => {
  throw new Error(text);
};

test('all that was sent is waited for, and the result comes back', async () => {
  let done = 0;
  const result = await sendingAll(async (under) => {
    for (const ms of [5, 1]) under.add(later(() => done++, ms));
    return 'result';
  });
  assert.deepEqual([result, done], ['result', 2]);
});

test('the first failure in the order of sending is the reason, also where another statement failed of it', async () => {
  const all = sendingAll(async (under) => {
    under.add(later(fails('deadlock detected'), 5));
    under.add(later(fails('current transaction is aborted'), 1));
    await later(fails('current transaction is aborted'), 10);
  });
  await assert.rejects(all, /deadlock detected/);
});

test('a failure of the work itself is told when nothing that it sent failed', async () => {
  const all = sendingAll(async (under) => {
    under.add(later(() => 1, 5));
    throw new Error('a bug');
  });
  await assert.rejects(all, /a bug/);
});
