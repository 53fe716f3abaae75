// The hub as `./lading up` runs it, by the machine's clock, fed over HTTP and killed at random while it takes, works and
// delivers: whatever it answered 202 to is there in the end, and the totals are those of a hub that was let be.
//
// Invoices are compared by what they bill and not one by one: by the real clock, a charge that comes a moment after the
// invoice was decided is a supplementary invoice in one run and a line of the invoice in the other.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { at } from '../examples/network/calendar.ts';
import { type Chance, seeded } from '../examples/network/seeded.ts';
import { weekOfTraffic } from '../examples/network/traffic.ts';
import type { Step } from '../examples/network/week.ts';
import { readKeyFile } from '../src/access/keyring.ts';
import { lastWholeWeek } from '../src/cli/demo/progress.ts';
import { readSetupFolder } from '../src/cli/setup-folder.ts';
import type { Outcome } from '../src/insight/outcome.ts';
import { createContext } from '../src/pipeline/context.ts';
import { importSetup } from '../src/pipeline/setup.ts';
import { openStore } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { backlogOf } from '../src/store/read/backlog.ts';
import { createTestDatabase } from './database.ts';
import { type MoodyErp, startMoodyErp } from './support/moody-erp.ts';
import { type RealProcess, startLading } from './support/real-process.ts';
import { assertErpHolds, whatIsBilled } from './support/what-counts.ts';

const IS_LONG = process.env.LADING_TEST_LONG === '1';
const KILLS = IS_LONG ? 25 : 4;
const DAYS = IS_LONG ? 8 : 3;
const SEED = Number(process.env.LADING_TEST_SEED ?? Date.now() % 1_000_000);
const FEEDERS = 4;
const HANGS_MS = 120_000;

type Message = Step & { kind: 'message' };
const FIRST_DAY = lastWholeWeek(Date.now());
const MESSAGES = weekOfTraffic(FIRST_DAY)
  .filter((step): step is Message => step.kind === 'message')
  .filter((message) => message.at < at(FIRST_DAY, DAYS, 0, 0, 'UTC'));

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'lading kill '));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test(`a running hub killed ${KILLS} times loses nothing that it accepted`, { timeout: 900_000 }, async (t) => {
  t.diagnostic(`LADING_TEST_SEED=${SEED} repeats these kills`);
  const undisturbed = await withHub('undisturbed', async (hub) => {
    await feed(hub, () => {});
    return settled(hub);
  });
  assert.ok(undisturbed.invoices.length > 0);
  const accepted: number[] = [];
  const killed = await withHub('killed', async (hub) => {
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

type HubUnderTest = {
  readonly erp: MoodyErp;
  readonly url: string;
  readonly key: () => string;
  /** Messages that are kept and not yet worked on. */
  readonly backlog: () => Promise<number>;
  /** Kills the process; the next one is up when this resolves, unless it is killed on its way. */
  readonly killAndStart: (afterMs: number) => Promise<void>;
};

async function withHub(label: string, use: (hub: HubUnderTest) => Promise<Outcome>): Promise<Outcome> {
  const database = await createTestDatabase();
  const erp = await startMoodyErp();
  const port = await freePort();
  const dataDir = join(folder, label);
  const env = {
    ...erp.env,
    DATABASE_URL: database.url,
    LADING_DATA: dataDir,
    LADING_PORT: `${port}`,
    LADING_LOG: 'error',
  };
  const store = openStore(database.url, { maxConnections: 1 });
  let running: RealProcess | undefined;
  try {
    await loadSampleNetwork(database.url);
    running = startLading(['up'], env);
    await isUp(running);
    const key = (await readKeyFile(dataDir)) ?? assert.fail('no key');
    const outcome = await use({
      erp,
      url: `http://127.0.0.1:${port}`,
      key: () => key,
      backlog: async () => (await backlogOf(store, store.tenant)).messages,
      killAndStart: async (afterMs) => {
        await sleep(afterMs);
        running?.kill();
        const ending = await running?.ended;
        assert.equal(ending?.by, 'SIGKILL', `it ended before it was killed: ${running?.stderr()}`);
        running = startLading(['up'], env);
      },
    });
    running.stop();
    assert.equal((await running.ended).code, 0, running.stderr());
    assertErpHolds(erp.standIn, outcome);
    return outcome;
  } finally {
    running?.kill();
    await running?.ended;
    await erp.stop();
    await store.close();
    await database.drop();
  }
}

/** The sample network; a policy takes any adjustment, lest its size, which hangs on the pace, decide who must approve. */
async function loadSampleNetwork(url: string): Promise<void> {
  const read = await readSetupFolder(fileURLToPath(new URL('../examples/network/setup', import.meta.url)));
  assert.ok(read.ok);
  const policies = read.setup.policies?.map((policy) => ({ ...policy, adjustments: { autoApproveUpTo: '100000.00' } }));
  await migrate(url);
  const store = openStore(url);
  await importSetup(createContext({ store }), { ...read.setup, policies }, 'test');
  await store.close();
}

async function feedAndKill(hub: HubUnderTest, chance: Chance): Promise<number[]> {
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
  await feed(hub, () => {
    count += 1;
    killDue();
  });
  await killing;
  return accepted;
}

/** Sends all messages, several at a time and each until it is accepted. */
async function feed(hub: HubUnderTest, onAccepted: () => void): Promise<void> {
  const left = [...MESSAGES];
  const feeder = async () => {
    for (let message = left.shift(); message !== undefined; message = left.shift()) {
      await sendUntilAccepted(hub, message);
      onAccepted();
    }
  };
  await Promise.all(Array.from({ length: FEEDERS }, feeder));
}

async function sendUntilAccepted({ url, key }: HubUnderTest, { partner, fileName, body }: Message): Promise<void> {
  const headers = { authorization: `Bearer ${key()}`, 'content-type': 'application/octet-stream' };
  const named = fileName === undefined ? headers : { ...headers, 'x-file-name': fileName };
  for (const deadline = Date.now() + HANGS_MS; Date.now() < deadline; await sleep(50)) {
    try {
      const init = { method: 'POST', headers: named, body, signal: AbortSignal.timeout(10_000) };
      const answer = await fetch(`${url}/v1/inbound/${partner}`, init);
      const text = await answer.text();
      if (answer.status === 202) return;
      assert.ok(answer.status === 503 || answer.status === 429, `${answer.status}: ${text}`);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
    }
  }
  assert.fail('the hub takes nothing any more');
}

/** The outcome once all messages are worked on, nothing is left to be posted, and nothing changes any more. */
async function settled(hub: HubUnderTest): Promise<Outcome> {
  let before = '';
  for (const deadline = Date.now() + HANGS_MS; Date.now() < deadline; await sleep(1_500)) {
    if ((await hub.backlog()) > 0) continue;
    const outcome = await outcomeOf(hub);
    const isPosted = outcome?.shipments.every(({ billing }) => billing !== 'ready');
    const now = JSON.stringify(outcome) ?? '';
    if (outcome !== undefined && isPosted && now === before) return outcome;
    before = now;
  }
  assert.fail(`the hub does not come to rest: ${before.slice(0, 2_000)}`);
}

/** What a dead process had in hand is taken up when its lease has run out: half a minute, more after trouble. */
async function equalTo(wanted: Outcome, hub: HubUnderTest): Promise<Outcome> {
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

async function outcomeOf({ url, key }: HubUnderTest): Promise<Outcome | undefined> {
  try {
    const answer = await fetch(`${url}/v1/outcome`, { headers: { authorization: `Bearer ${key()}` } });
    return answer.ok ? ((await answer.json()) as Outcome) : undefined;
  } catch {
    return undefined; // it is just being started
  }
}

async function isUp(running: RealProcess): Promise<void> {
  let hasEnded = false;
  void running.ended.then(() => {
    hasEnded = true;
  });
  for (const deadline = Date.now() + HANGS_MS; !running.stdout().includes('stop it with'); await sleep(20)) {
    assert.ok(!hasEnded && Date.now() < deadline, `it does not come up: ${running.stderr()}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
