// Hubs as `./lading up` runs them: real processes by the machine's clock, over one database and one ERP, fed over HTTP.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Step } from '../../examples/network/week.ts';
import { readKeyFile } from '../../src/access/keyring.ts';
import { readSetupFolder } from '../../src/cli/setup-folder.ts';
import type { Outcome } from '../../src/insight/outcome.ts';
import { createContext } from '../../src/pipeline/context.ts';
import { importSetup } from '../../src/pipeline/setup.ts';
import { openStore } from '../../src/store/database.ts';
import { freePort } from '../../src/store/embedded/free-port.ts';
import { backlogOf } from '../../src/store/read/backlog.ts';
import { createTestDatabase } from '../database.ts';
import { type MoodyErp, startMoodyErp } from './moody-erp.ts';
import { type RealProcess, startLading } from './real-process.ts';
import { assertErpHolds } from './what-counts.ts';

export const HANGS_MS = 120_000;
const FEEDERS = 4;

export type Message = Step & { kind: 'message' };

export type RunningHubs = {
  readonly erp: MoodyErp;
  /** One for each process. */
  readonly urls: readonly string[];
  readonly key: string;
  /** Messages that are kept and not yet worked on. */
  readonly backlog: () => Promise<number>;
  /** Kills the first process; the next one is on its way up when this resolves. */
  readonly killAndStart: (afterMs: number) => Promise<void>;
};

/** Runs so many hubs over one new database while they are used, and holds the ERP to the outcome that comes of it. */
export async function withHubs(
  { folder, count }: { readonly folder: string; readonly count: number },
  use: (hubs: RunningHubs) => Promise<Outcome>,
): Promise<Outcome> {
  const database = await createTestDatabase();
  const erp = await startMoodyErp();
  const store = openStore(database.url, { maxConnections: 1 });
  const processes: RealProcess[] = [];
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const startAt = (index: number) => {
    const own = { LADING_DATA: join(folder, `hub ${index + 1}`), LADING_PORT: `${ports[index]}` };
    processes[index] = startLading(['up'], { ...erp.env, ...own, DATABASE_URL: database.url, LADING_LOG: 'error' });
  };
  try {
    await loadSampleNetwork(database.url);
    for (const index of ports.keys()) {
      startAt(index);
      await isUp(processes[index] as RealProcess);
    }
    const outcome = await use({
      erp,
      urls: ports.map((port) => `http://127.0.0.1:${port}`),
      key: (await readKeyFile(join(folder, 'hub 1'))) ?? assert.fail('no key'),
      backlog: async () => (await backlogOf(store, store.tenant)).messages,
      killAndStart: async (afterMs) => {
        await sleep(afterMs);
        const [first] = processes as [RealProcess];
        first.kill();
        const ending = await first.ended;
        assert.equal(ending.by, 'SIGKILL', `it ended before it was killed: ${first.stderr()}`);
        startAt(0);
      },
    });
    for (const process of processes) process.stop();
    for (const process of processes) assert.equal((await process.ended).code, 0, process.stderr());
    assertErpHolds(erp.standIn, outcome);
    return outcome;
  } finally {
    for (const process of processes) process.kill();
    await Promise.all(processes.map(({ ended }) => ended));
    await erp.stop();
    await store.close();
    await database.drop();
  }
}

/** The sample network; a policy takes any adjustment, lest its size, which hangs on the pace, decide who must approve. */
async function loadSampleNetwork(url: string): Promise<void> {
  const read = await readSetupFolder(fileURLToPath(new URL('../../examples/network/setup', import.meta.url)));
  assert.ok(read.ok);
  const policies = read.setup.policies?.map((policy) => ({ ...policy, adjustments: { autoApproveUpTo: '100000.00' } }));
  const store = openStore(url);
  await importSetup(createContext({ store }), { ...read.setup, policies }, 'test');
  await store.close();
}

/** Sends all messages, several at a time, to the hubs in turn, and each until it is accepted. */
export async function feed(
  hubs: RunningHubs,
  messages: readonly Message[],
  onAccepted: () => void = () => {},
): Promise<void> {
  const left = [...messages];
  const feeder = async (_: unknown, index: number) => {
    const url = hubs.urls[index % hubs.urls.length] as string;
    for (let message = left.shift(); message !== undefined; message = left.shift()) {
      await sendUntilAccepted(url, hubs.key, message);
      onAccepted();
    }
  };
  await Promise.all(Array.from({ length: FEEDERS }, feeder));
}

async function sendUntilAccepted(url: string, key: string, { partner, fileName, body }: Message): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' };
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
export async function settled(hubs: RunningHubs): Promise<Outcome> {
  let before = '';
  for (const deadline = Date.now() + HANGS_MS; Date.now() < deadline; await sleep(1_500)) {
    if ((await hubs.backlog()) > 0) continue;
    const outcome = await outcomeOf(hubs);
    const isPosted = outcome?.shipments.every(({ billing }) => billing !== 'ready');
    const now = JSON.stringify(outcome) ?? '';
    if (outcome !== undefined && isPosted && now === before) return outcome;
    before = now;
  }
  assert.fail(`the hub does not come to rest: ${before.slice(0, 2_000)}`);
}

/** What the first hub tells; `undefined` while it is just being started. */
export async function outcomeOf({ urls, key }: RunningHubs): Promise<Outcome | undefined> {
  try {
    const answer = await fetch(`${urls[0]}/v1/outcome`, { headers: { authorization: `Bearer ${key}` } });
    return answer.ok ? ((await answer.json()) as Outcome) : undefined;
  } catch {
    return undefined;
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
