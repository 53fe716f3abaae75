import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLoop } from './loop.ts';

const quiet = { error: () => {} };

test('loop: a nudge ends a rest at once', async () => {
  let turns = 0;
  const loop = startLoop(
    'test',
    async () => {
      turns += 1;
      return 0;
    },
    quiet,
  );
  await sleep(600); // asks rarely by now
  const before = turns;
  loop.nudge();
  await sleep(5);
  assert.equal(turns, before + 1);
  await loop.stop(1_000);
});

test('loop: a turn that throws is told, and the next one comes', async () => {
  const told: unknown[] = [];
  let turns = 0;
  const once = async () => {
    turns += 1;
    if (turns === 1) throw new Error('the database is away');
    return 0;
  };
  const loop = startLoop('test', once, { error: (about: object) => void told.push(about) });
  await sleep(20);
  loop.nudge();
  await sleep(20);
  await loop.stop(1_000);
  assert.equal(told.length, 1);
  assert.ok(turns >= 2);
});

test('loop: stopping lets the turn under way end', async () => {
  let ended = false;
  const once = async () => {
    await sleep(50);
    ended = true;
    return 0;
  };
  const loop = startLoop('test', once, quiet);
  await sleep(10);
  await loop.stop(1_000);
  assert.ok(ended);
});
