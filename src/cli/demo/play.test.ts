import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Step } from '../../../examples/network/week.ts';
import { keepingWriter } from '../testing/run.ts';
import { play, type Stage } from './play.ts';

const MINUTE_MS = 60_000;
const message = (minute: number, via: 'http' | 'folder' = 'http'): Step => ({
  kind: 'message',
  at: minute * MINUTE_MS,
  partner: `p${minute}`,
  body: 'x',
  via,
});
const WEEK: readonly Step[] = [
  message(1),
  { kind: 'erp', at: 2 * MINUTE_MS, mode: 'down', say: 'The ERP is down' },
  message(3, 'folder'),
  message(3),
  { kind: 'erp', at: 4 * MINUTE_MS, mode: 'up', say: 'The ERP is back' },
  message(5),
  {
    ...{ kind: 'dispute', at: 6 * MINUTE_MS, customer: 'acme', invoice: 'S-1-1', reason: 'No.', say: 'Acme objects' },
    ...{ line: { shipment: 'S-1', code: 'DET' }, file: { name: 'log.txt', text: 'in, out' } },
  },
];

/** A stage that writes down what was done on it; `failAt` is the message that the hub does not take. */
function openStage(failAt?: string) {
  const done: string[] = [];
  const take = (verb: string) => async (step: Step & { kind: 'message' }) => {
    if (step.partner === failAt) throw new Error('the hub answered 503');
    done.push(`${verb} ${step.partner}`);
  };
  const stage: Stage = {
    passTimeUntil: async (at) => void done.push(`until ${at / MINUTE_MS}`),
    settle: async () => void done.push('settle'),
    post: take('post'),
    layIntoFolder: take('lay'),
    dispute: async ({ invoice }) => void done.push(`dispute ${invoice}`),
    setErpMode: async (mode) => void done.push(`erp ${mode}`),
  };
  return { stage, done };
}

const { signal } = new AbortController();

test('play: every step at its time, settled before the next', async () => {
  const { stage, done } = openStage();
  const taken: number[] = [];
  const isWhole = await play(stage, {
    steps: WEEK,
    taken: 0,
    onTaken: (n) => taken.push(n),
    signal,
    stderr: keepingWriter(),
  });
  assert.equal(isWhole, true);
  assert.deepEqual(taken, [1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(done, [
    ...['until 1', 'post p1', 'settle', 'until 2', 'erp down', 'settle', 'until 3', 'lay p3', 'settle'],
    ...['until 3', 'post p3', 'settle', 'until 4', 'erp up', 'settle', 'until 5', 'post p5', 'settle'],
    ...['until 6', 'dispute S-1-1', 'settle'],
  ]);
});

test('play: goes on where it was stopped, with the ERP as it was then', async () => {
  const { stage, done } = openStage();
  await play(stage, { steps: WEEK, taken: 3, onTaken: () => {}, signal, stderr: keepingWriter() });
  assert.deepEqual(done.slice(0, 4), ['erp down', 'until 3', 'post p3', 'settle']);
  assert.ok(!done.includes('lay p3'));
});

test('play: a step that fails is not counted as taken', async () => {
  const { stage } = openStage('p3');
  const taken: number[] = [];
  const options = { steps: WEEK, taken: 0, onTaken: (n: number) => taken.push(n), signal, stderr: keepingWriter() };
  await assert.rejects(play(stage, options), /503/);
  assert.deepEqual(taken, [1, 2]);
});

test('play: an interrupt ends it between two steps', async () => {
  const stopping = new AbortController();
  const taken: number[] = [];
  const onTaken = (n: number) => {
    taken.push(n);
    if (n === 2) stopping.abort();
  };
  const options = { steps: WEEK, taken: 0, onTaken, signal: stopping.signal, stderr: keepingWriter() };
  assert.equal(await play(openStage().stage, options), false);
  assert.deepEqual(taken, [1, 2]);
});

test('play: a real ERP has moods of its own, which are neither set nor announced', async () => {
  const { stage, done } = openStage();
  const stderr = keepingWriter();
  const options = { steps: WEEK, taken: 0, onTaken: () => {}, signal, stderr };
  await play({ ...stage, setErpMode: undefined }, options);
  assert.ok(done.every((line) => !line.startsWith('erp')));
  assert.ok(!stderr.text().includes('The ERP'));
});

test('play: a terminal sees a bar, a log a line a day', async () => {
  const [terminal, log] = [keepingWriter(true), keepingWriter()];
  for (const stderr of [terminal, log]) {
    await play(openStage().stage, { steps: WEEK, taken: 0, onTaken: () => {}, signal, stderr });
  }
  assert.match(terminal.text(), /\[########################\] 7 of 7/);
  assert.equal(log.text().match(/messages and changes played/g)?.length, 1);
  assert.ok(!log.text().includes('\u001b'));
});
