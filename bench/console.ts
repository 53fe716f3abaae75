// How quickly the console is there with many shipments stored and as many invoices: the API's lists, and the first rows in
// a browser whose processor is four times as slow as this one.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { addUser } from '../src/access/accounts.ts';
import { addKey } from '../src/access/keyring.ts';
import { apiHubOf } from '../src/api/hub.ts';
import { openServer } from '../src/api/server.ts';
import { ensureConsole } from '../src/cli/console-build.ts';
import { createContext, type PipelineContext } from '../src/pipeline/context.ts';
import { receive } from '../src/pipeline/intake.ts';
import { scheduleOnce } from '../src/pipeline/schedule.ts';
import { importSetup } from '../src/pipeline/setup.ts';
import { workOnce } from '../src/pipeline/work.ts';
import { openStore } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { deliveriesOf, idOf, interchangeOf, planOf, SETUP, STATUSES_A_SHIPMENT } from './pipeline/traffic.ts';

export type ConsoleBenchOptions = {
  /** An empty database. */
  readonly url: string;
  readonly shipments: number;
  readonly log: (line: string) => void;
};

export type ConsoleFigures = {
  readonly shipments: number;
  /** First rows from the API, the median of several, by what is asked. */
  readonly listMs: Readonly<Record<string, number>>;
  /** From opening the address until the first rows of the list stand there, signed in, nothing kept from before. */
  readonly firstRowsMs: number;
  readonly unthrottledMs: number;
  /** Scripts of that first load, as sent. */
  readonly scriptKilobytes: number;
};

export const CHROMIUM = process.env.LADING_CHROMIUM ?? '/usr/bin/chromium';
const THROTTLE = 4;
const ROUNDS = 7;
const PASSWORD = 'a password of the bench';

/** Undefined where there is no Chromium to look with. */
export async function benchConsole({ url, shipments, log }: ConsoleBenchOptions): Promise<ConsoleFigures | undefined> {
  if (!existsSync(CHROMIUM)) return undefined;
  await ensureConsole({ rootDir: fileURLToPath(new URL('..', import.meta.url)), tell: log });
  await migrate(url);
  const store = openStore(url);
  const context = createContext({ store });
  const app = await openServer(apiHubOf({ context }), { requestsPerMinute: 100_000 });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    await importSetup(context, SETUP, 'bench');
    await fill(context, shipments, log);
    await analyze(url);
    const { key } = await addKey(store, { name: 'bench', role: 'auditor' }, 'bench', Date.now());
    const user = { name: 'bench', displayName: 'Bench', role: 'operations' as const };
    await addUser(store, user, PASSWORD, 'bench', Date.now());
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    log('asking the lists');
    const listMs = await timeLists(address, key, shipments);
    log('opening the page');
    const slow = await firstRows(browser, address, THROTTLE);
    const quick = await firstRows(browser, address, 1);
    return { shipments, listMs, firstRowsMs: slow.ms, unthrottledMs: quick.ms, scriptKilobytes: slow.scriptKilobytes };
  } finally {
    await browser.close();
    await app.close();
    await store.close();
  }
}

const PLANS_A_CALL = 500;
const STATUSES_A_MESSAGE = 20;

// As a server that has run for a while knows its tables; of the tables' owner, who alone may.
async function analyze(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query('vacuum analyze').finally(() => owner.end());
}

// All planned, delivered and billed; of a tenth of them every status on the way is told.
async function fill(context: PipelineContext, shipments: number, log: (line: string) => void): Promise<void> {
  for (let first = 0; first < shipments; first += PLANS_A_CALL) {
    const count = Math.min(PLANS_A_CALL, shipments - first);
    const plans = Array.from({ length: count }, (_, index) => planOf(first + index));
    await receive(
      context,
      plans.map((bytes) => ({ bytes, partner: 'tms', channel: 'http' as const })),
    );
    if (first % 10_000 === 0) log(`${first} of ${shipments} shipments`);
    while ((await workOnce(context)) > 0);
  }
  const statuses = Math.floor((shipments * STATUSES_A_SHIPMENT) / 10);
  for (let first = 0; first < statuses; first += STATUSES_A_MESSAGE * 50) {
    const messages = Array.from({ length: 50 }, (_, index) =>
      interchangeOf(first + index * STATUSES_A_MESSAGE, STATUSES_A_MESSAGE),
    );
    await receive(
      context,
      messages.map((bytes) => ({ bytes, partner: 'swft', channel: 'http' as const })),
    );
    while ((await workOnce(context)) > 0);
  }
  for (let first = Math.floor(shipments / 10); first < shipments; first += STATUSES_A_MESSAGE * 50) {
    const messages: Uint8Array[] = [];
    for (let at = first; at < Math.min(first + STATUSES_A_MESSAGE * 50, shipments); at += STATUSES_A_MESSAGE)
      messages.push(deliveriesOf(at, Math.min(STATUSES_A_MESSAGE, shipments - at)));
    await receive(
      context,
      messages.map((bytes) => ({ bytes, partner: 'swft', channel: 'http' as const })),
    );
    while ((await workOnce(context)) > 0);
  }
  while ((await scheduleOnce(context)) > 0);
}

async function timeLists(address: string, key: string, shipments: number): Promise<Record<string, number>> {
  const asked: Record<string, string> = {
    'shipments, as they are opened': '/v1/shipments?sort=-pickup',
    'shipments, one search': `/v1/shipments?search=${idOf(shipments - 7)}`,
    'shipments, a word that nothing has': '/v1/shipments?search=nowhere-to-be-found',
    'shipments, delivered and not billed': '/v1/shipments?unbilled=true',
    exceptions: '/v1/exceptions?state=open',
    'exceptions, by what is at stake': '/v1/exceptions?state=open&sort=-stake',
    invoices: '/v1/invoices',
    'invoices, the largest': '/v1/invoices?sort=-total',
    'open items': '/v1/open-items',
    receivables: '/v1/receivables',
    'where billing stands': '/v1/billing',
    orders: '/v1/orders',
    messages: '/v1/messages',
    'messages set aside': '/v1/messages?verdict=quarantined',
    overview: '/v1/overview',
  };
  const times: Record<string, number> = {};
  for (const [what, path] of Object.entries(asked)) {
    const taken: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const begin = performance.now();
      const answer = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${key}` } });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      taken.push(performance.now() - begin);
    }
    times[what] = median(taken);
  }
  return times;
}

type Opened = { readonly ms: number; readonly scriptKilobytes: number };

async function firstRows(browser: Browser, address: string, throttle: number): Promise<Opened> {
  const opened: Opened[] = [];
  for (let round = 0; round < ROUNDS; round++) opened.push(await openOnce(browser, address, throttle));
  return {
    ms: median(opened.map(({ ms }) => ms)),
    scriptKilobytes: median(opened.map(({ scriptKilobytes }) => scriptKilobytes)),
  };
}

// A browser that was never here, but for who is signed in.
async function openOnce(browser: Browser, address: string, throttle: number): Promise<Opened> {
  const fresh = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const signedIn = await fresh.request.post(`${address}/v1/session`, { data: { name: 'bench', password: PASSWORD } });
    if (!signedIn.ok()) throw new Error(`signing in was answered ${signedIn.status()}`);
    const page = await fresh.newPage();
    const debuggerOfIt = await fresh.newCDPSession(page);
    await debuggerOfIt.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await debuggerOfIt.send('Network.enable');
    const scripts = new Set<string>();
    let bytes = 0;
    debuggerOfIt.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
    debuggerOfIt.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    const firstRowsMs = await firstRowsNoted(page, debuggerOfIt);
    await page.goto(`${address}/shipments`, { waitUntil: 'commit' });
    return { ms: await firstRowsMs(), scriptKilobytes: bytes / 1_024 };
  } finally {
    await fresh.close();
  }
}

// The page notes it itself, in the frame after rows are in it, by its own clock since it was gone to. Asked from outside
// (`waitForSelector`), the asking alone takes a slow processor some 200 ms.
const NOTE_FIRST_ROWS = `{
  const watch = new MutationObserver(() => {
    if (document.querySelector('tbody tr[data-index]') === null) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => firstRowsAt(String(performance.now()))));
  });
  watch.observe(document, { childList: true, subtree: true });
}`;
const LONGEST_MS = 60_000;

async function firstRowsNoted(page: Page, debuggerOfIt: CDPSession): Promise<() => Promise<number>> {
  await debuggerOfIt.send('Runtime.enable');
  await debuggerOfIt.send('Runtime.addBinding', { name: 'firstRowsAt' });
  const noted = new Promise<number>((resolve) => {
    debuggerOfIt.on('Runtime.bindingCalled', ({ name, payload }) => name === 'firstRowsAt' && resolve(Number(payload)));
  });
  await page.addInitScript(NOTE_FIRST_ROWS);
  return async () => {
    const ms = await Promise.race([noted, sleep(LONGEST_MS, undefined, { ref: false })]);
    if (ms === undefined) throw new Error('the list shows no rows');
    return ms;
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
