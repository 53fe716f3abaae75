// The demo's week with the process killed at random instants and started again: its end is that of an undisturbed week.
//
// The process is the real one, its whole group dies by SIGKILL, and the embedded database loses its users without a
// word. The ERP lives on, loses answers and breaks connections. Where each kill lands is drawn from a seed
// (LADING_TEST_SEED repeats one), but machines differ in pace, so the instants are never quite the same.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { at } from '../examples/network/calendar.ts';
import { type Chance, seeded } from '../examples/network/seeded.ts';
import { weekOfTraffic } from '../examples/network/traffic.ts';
import { progressFile } from '../src/cli/demo/progress.ts';
import type { Outcome } from '../src/insight/outcome.ts';
import { type MoodyErp, startMoodyErp } from './support/moody-erp.ts';
import { type RealProcess, startLading } from './support/real-process.ts';
import { assertErpHolds, whatCounts } from './support/what-counts.ts';

const IS_LONG = process.env.LADING_TEST_LONG === '1';
const KILLS = IS_LONG ? 60 : 7;
const DAYS = IS_LONG ? 8 : 2;
const SEED = Number(process.env.LADING_TEST_SEED ?? Date.now() % 1_000_000);
const FIRST_DAY = '2026-03-02';
const HANGS_MS = 180_000;
const STEPS = weekOfTraffic(FIRST_DAY).filter((step) => step.at < at(FIRST_DAY, DAYS, 0, 0, 'UTC')).length;

/** Where a kill is meant to land; `afterMs` scatters it. */
type Instant = { readonly afterMs: number } & (
  | { readonly phase: 'starting' }
  | { readonly phase: 'playing' | 'delivering'; readonly step: number }
);

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'lading kill '));
  chmodSync(folder, 0o711);
});
after(() => rmSync(folder, { recursive: true, force: true }));

const name = `killed ${KILLS} times in ${DAYS} days of the demo's week, it ends as if it had never been`;
test(name, { timeout: IS_LONG ? 1_800_000 : 230_000 }, async (t) => {
  t.diagnostic(`LADING_TEST_SEED=${SEED} repeats these kills`);
  const [undisturbed, killed] = await Promise.all([playOnce(), playKilled(seeded(SEED))]);
  const kills = killed.kills.map(({ phase, taken }) => `${taken} ${phase}`);
  t.diagnostic(
    `killed at step of ${STEPS}: ${kills.join(', ')}; messages sent again: ${killed.sentAgain(undisturbed)}`,
  );
  assert.equal(killed.kills.length, KILLS);
  const steps = new Set(killed.kills.map(({ taken }) => taken).filter((taken) => taken > 0 && taken < STEPS));
  assert.ok(steps.size >= KILLS / 2, 'the kills landed in different steps of the play');
  assert.deepEqual(whatCounts(killed.outcome), whatCounts(undisturbed));
  assert.equal(undisturbed.conservation.USD?.difference, '0.00');
  assert.ok(undisturbed.invoices.length > 0);
});

async function playOnce(): Promise<Outcome> {
  const world = await openWorld('undisturbed');
  try {
    const outcome = await endOf(world.start());
    assertErpHolds(world.erp.standIn, outcome);
    return outcome;
  } finally {
    await world.erp.stop();
  }
}

async function playKilled(chance: Chance) {
  const world = await openWorld('killed');
  const kills: { phase: Instant['phase']; taken: number }[] = [];
  let running = world.start();
  try {
    world.erp.beMoody(chance);
    for (const instant of instantsFrom(chance)) {
      await reached(instant, world, running);
      running.kill();
      assert.equal((await running.ended).by, 'SIGKILL', `it ended before it was killed: ${running.stderr()}`);
      kills.push({ phase: instant.phase, taken: world.taken() });
      running = world.start();
    }
    await until(() => world.taken() === STEPS, running);
    await world.erp.calm();
    const outcome = await endOf(running);
    assertErpHolds(world.erp.standIn, outcome);
    const sentAgain = ({ messages }: Outcome) => outcome.messages.received - messages.received;
    return { outcome, kills, sentAgain };
  } finally {
    running.kill();
    await world.erp.stop();
  }
}

type World = {
  readonly erp: MoodyErp;
  readonly start: () => RealProcess;
  /** Steps of the week that were wholly taken. */
  readonly taken: () => number;
};

async function openWorld(label: string): Promise<World> {
  const dataDir = join(folder, label);
  const erp = await startMoodyErp();
  const progress = progressFile(join(dataDir, 'demo'));
  // Both play the same week, also when a Monday begins between them.
  progress.write({ firstDay: FIRST_DAY, taken: 0 });
  const env = { ...erp.env, LADING_DATA: dataDir, LADING_PORT: '0' };
  return {
    erp,
    start: () => startLading(['demo', '--once', '--json', '--days', `${DAYS}`], env),
    taken: () => progress.read()?.taken ?? 0,
  };
}

/** Spread over the whole week: most in the play, some at a call of the ERP, some while the hub starts. */
function instantsFrom(chance: Chance): Instant[] {
  return Array.from({ length: KILLS }, (_, index) => {
    const slice = (STEPS * 0.95) / KILLS;
    const step = Math.floor(index * slice) + chance.below(Math.ceil(slice));
    if (index % 5 === 3) return { phase: 'starting', afterMs: chance.below(2_000) };
    if (index % 5 === 1) return { phase: 'delivering', step, afterMs: chance.below(12) };
    return { phase: 'playing', step, afterMs: chance.below(80) };
  });
}

async function reached(instant: Instant, { erp, taken }: World, running: RealProcess): Promise<void> {
  if (instant.phase !== 'starting') await until(() => taken() > instant.step, running);
  if (instant.phase === 'delivering') {
    const before = erp.standIn.callCount();
    await until(() => erp.standIn.callCount() > before || taken() === STEPS, running);
  }
  await sleep(instant.afterMs);
}

async function until(isSo: () => boolean, running: RealProcess): Promise<void> {
  let hasEnded = false;
  void running.ended.then(() => {
    hasEnded = true;
  });
  const deadline = Date.now() + HANGS_MS;
  while (!isSo() && !hasEnded) {
    assert.ok(Date.now() < deadline, `the demo hangs: ${running.stderr()}`);
    await sleep(2);
  }
}

async function endOf(running: RealProcess): Promise<Outcome> {
  const timer = setTimeout(running.kill, HANGS_MS);
  const { code, by } = await running.ended;
  clearTimeout(timer);
  assert.equal(by, null, `the demo hangs: ${running.stderr()}`);
  assert.equal(code, 0, running.stderr());
  return JSON.parse(running.stdout()) as Outcome;
}
