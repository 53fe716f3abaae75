// The hub as `./lading up` runs it, by the machine's clock, fed over HTTP: killed at random while it takes, works and
// delivers, and beside a second one over the same database. Whatever was answered 202 is there in the end, and the totals
// are those of one hub that was let be.
//
// Invoices are compared by what they bill and not one by one: by the real clock, a charge that comes a moment after the
// invoice was decided is a supplementary invoice in one run and a line of the invoice in the other.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { at } from '../examples/network/calendar.ts';
import { type Chance, seeded } from '../examples/network/seeded.ts';
import { weekOfTraffic } from '../examples/network/traffic.ts';
import { lastWholeWeek } from '../src/cli/demo/progress.ts';
import type { Outcome } from '../src/insight/outcome.ts';
import {
  feed,
  HANGS_MS,
  type Message,
  outcomeOf,
  type RunningHubs,
  settled,
  withHubs,
} from './support/running-hubs.ts';
import { whatIsBilled } from './support/what-counts.ts';

const IS_LONG = process.env.LADING_TEST_LONG === '1';
const KILLS = IS_LONG ? 25 : 4;
const DAYS = IS_LONG ? 8 : 3;
const SEED = Number(process.env.LADING_TEST_SEED ?? Date.now() % 1_000_000);
const WITHIN = { timeout: 900_000 };

const FIRST_DAY = lastWholeWeek(Date.now());
const MESSAGES = weekOfTraffic(FIRST_DAY)
  .filter((step): step is Message => step.kind === 'message')
  .filter((message) => message.at < at(FIRST_DAY, DAYS, 0, 0, 'UTC'));

let folder: string;
let undisturbed: Outcome;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lading kill '));
  undisturbed = await withHubs({ folder: join(folder, 'undisturbed'), count: 1 }, fedWhole);
  assert.ok(undisturbed.invoices.length > 0);
}, WITHIN);
after(() => rmSync(folder, { recursive: true, force: true }));

test(`a running hub killed ${KILLS} times loses nothing that it accepted`, WITHIN, async (t) => {
  t.diagnostic(`LADING_TEST_SEED=${SEED} repeats these kills`);
  const accepted: number[] = [];
  const killed = await withHubs({ folder: join(folder, 'killed'), count: 1 }, async (hub) => {
    const chance = seeded(SEED);
    hub.erp.beMoody(chance);
    accepted.push(...(await feedAndKill(hub, chance)));
    await hub.erp.calm();
    return equalTo(undisturbed, hub);
  });
  const sentAgain = killed.messages.received - undisturbed.messages.received;
  t.diagnostic(`killed with ${accepted.join(', ')} of ${MESSAGES.length} accepted; messages sent again: ${sentAgain}`);
  assert.deepEqual(whatIsBilled(killed), whatIsBilled(undisturbed));
  assert.equal(accepted.length, KILLS);
});

test('two running hubs over one database come to what one comes to', WITHIN, async () => {
  const together = await withHubs({ folder: join(folder, 'two'), count: 2 }, fedWhole);
  assert.deepEqual(whatIsBilled(together), whatIsBilled(undisturbed));
});

async function fedWhole(hubs: RunningHubs): Promise<Outcome> {
  await feed(hubs, MESSAGES);
  return settled(hubs);
}

async function feedAndKill(hub: RunningHubs, chance: Chance): Promise<number[]> {
  const accepted: number[] = [];
  // The last one comes when all is accepted and what is left to do is work and delivery.
  const marks = Array.from({ length: KILLS }, (_, index) =>
    Math.floor(((index + chance.below(100) / 100) / (KILLS - 1)) * MESSAGES.length),
  ).map((mark, index) => (index === KILLS - 1 ? MESSAGES.length : Math.max(1, mark)));
  let count = 0;
  let killing: Promise<void> = Promise.resolve();
  const killDue = () => {
    while (marks[0] !== undefined && count >= marks[0]) {
      marks.shift();
      const afterMs = chance.below(40);
      killing = killing.then(async () => {
        await hub.killAndStart(afterMs);
        accepted.push(count);
      });
    }
  };
  await feed(hub, MESSAGES, () => {
    count += 1;
    killDue();
  });
  await killing;
  return accepted;
}

/** What a dead process had in hand is taken up when its lease has run out: half a minute, more after trouble. */
async function equalTo(wanted: Outcome, hub: RunningHubs): Promise<Outcome> {
  let last: Outcome | undefined;
  for (const deadline = Date.now() + HANGS_MS; Date.now() < deadline; await sleep(1_000)) {
    last = (await outcomeOf(hub)) ?? last;
    try {
      if (last !== undefined) assert.deepEqual(whatIsBilled(last), whatIsBilled(wanted));
      if (last !== undefined) return last;
    } catch {}
  }
  return last ?? assert.fail('the hub tells no outcome');
}
