// A hub with a week of demo-like data behind the built console, and a real browser in front of it.
//
// Debian's Chromium through playwright-core; where it is missing, the tests are skipped by name. Screenshots go to
// LADING_SCREENSHOTS (else a folder of the system's temporary one), which CI keeps.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { addUser } from '../../src/access/accounts.ts';
import type { Role } from '../../src/access/roles.ts';
import { openTestHub, type TestHub } from '../../src/api/testing/hub.ts';
import { ensureConsole } from '../../src/cli/console-build.ts';

const CHROMIUM = process.env.LADING_CHROMIUM ?? '/usr/bin/chromium';
const SCREENSHOTS = process.env.LADING_SCREENSHOTS ?? join(tmpdir(), 'lading-screenshots');
/** Everybody's here. */
export const PASSWORD = 'a long enough one';
const WAIT_MS = 20_000;
const CLOSES_WITHIN_MS = 10_000;
const NEXT_FILE_WITHIN_MS = 3_000;

const noBrowser = existsSync(CHROMIUM) ? false : `there is no Chromium at ${CHROMIUM}`;

/**
 * Width and darkness that every page is looked at in: the two that differ most, and in the long form (LADING_TEST_LONG=1)
 * all four.
 */
const LOOKS: readonly (readonly [width: number, dark: boolean])[] = [
  [1440, false],
  [360, true],
  ...(process.env.LADING_TEST_LONG === '1'
    ? ([
        [1440, true],
        [360, false],
      ] as const)
    : []),
];

export type Console = {
  readonly hub: TestHub;
  readonly address: string;
  readonly browser: Browser;
  /** A page signed in as this role. `done` gives it back, and fails where anything went wrong on it meanwhile. */
  readonly open: (role: Role, path: string, look?: Look) => Promise<Page & { done: () => Promise<void> }>;
  readonly close: () => Promise<void>;
};
type Drawn = { readonly width: number; readonly dark: boolean };
type Look = Partial<Drawn> & {
  /** An address in place of the hub's own. */
  readonly at?: string;
};

/** Shows as text wherever it comes from outside. */
export const ATTACK = '<img src=x onerror="document.title=\'broken\'">';

/** A test that is skipped by name where there is no browser. */
export function inBrowser(name: string, body: (t: TestContext) => Promise<void>): void {
  test(name, { skip: noBrowser }, body);
}

/** The same in each look. */
export function inEachLook(
  what: string,
  body: (look: { width: number; dark: boolean; name: (page: string) => string }) => Promise<void>,
): void {
  for (const [width, dark] of LOOKS) {
    const tone = dark ? 'dark' : 'light';
    const name = (page: string) => `${page}-${width}-${tone}`;
    inBrowser(`${what} at ${width} px, ${tone}`, () => body({ width, dark, name }));
  }
}

/** The console of the tests of one file: opened before the first with what `fill` puts in, closed after the last. */
export function consoleWith(fill: (console: Console) => Promise<void>): Console {
  let opened: Console | undefined;
  const now = () => opened ?? assert.fail('the console is open while tests run, and only then');
  before(async () => {
    if (noBrowser) return;
    opened = await openConsole();
    await fill(opened);
  });
  after(() => opened?.close());
  return {
    get hub() {
      return now().hub;
    },
    get address() {
      return now().address;
    },
    get browser() {
      return now().browser;
    },
    open: (...asked) => now().open(...asked),
    close: () => now().close(),
  };
}

async function openConsole(): Promise<Console> {
  const rootDir = fileURLToPath(new URL('../..', import.meta.url));
  await ensureConsole({ rootDir, tell: () => {} });
  const hub = await openTestHub({ failedAttemptsPerMinute: 1_000 });
  const address = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await takeBrowser().catch(async (error) => {
    await hub.close();
    throw error;
  });
  const known = new Set<Role>();
  const idle = new Map<string, Tab[]>();
  const tabFor = async (role: Role, look: Drawn) => {
    const before = idle.get(role + look.dark)?.pop();
    if (before !== undefined) return before;
    if (!known.has(role)) await add(hub, role);
    known.add(role);
    return newTab(browser, address, role, look);
  };
  const open = async (role: Role, path: string, { width = 1440, dark = false, at = address }: Look = {}) => {
    const tab = await tabFor(role, { width, dark });
    const { page } = tab;
    const faults = listenForFaults(page);
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${at}${path}`);
    const done = async () => {
      await leave(tab, address);
      const key = role + dark;
      idle.set(key, [...(idle.get(key) ?? []), tab]);
      assert.deepEqual(faults, [], `nothing goes wrong on ${path} as ${role}`);
    };
    return Object.assign(page, { done });
  };
  const close = async () => {
    // A test that failed leaves its page as it was, with a stream that never ends and perhaps a script that hangs.
    const closed = Promise.all(browser.contexts().map((context) => context.close()));
    await Promise.race([closed, sleep(CLOSES_WITHIN_MS, undefined, { ref: false })]);
    leaveBrowser();
    hub.app.server.closeAllConnections();
    await hub.close();
  };
  return { hub, address, browser, open, close };
}

// A browser takes seconds to come up: the files of one process share theirs, one after the other.
let shared: Promise<Browser> | undefined;
let closing: NodeJS.Timeout | undefined;

function takeBrowser(): Promise<Browser> {
  clearTimeout(closing);
  shared ??= chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  return shared;
}

function leaveBrowser(): void {
  closing = setTimeout(() => {
    void shared?.then((browser) => browser.close());
    shared = undefined;
  }, NEXT_FILE_WITHIN_MS);
}

/** A window of its own that is signed in; what it has loaded, it need not load again. */
type Tab = { readonly context: BrowserContext; readonly page: Page };

async function newTab(browser: Browser, address: string, role: Role, { width, dark }: Drawn): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'America/Chicago',
    locale: 'en-US',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(WAIT_MS);
  const answer = await context.request.post(`${address}/v1/session`, { data: { name: role, password: PASSWORD } });
  assert.equal(answer.status(), 200, await answer.text());
  return { context, page: await context.newPage() };
}

function listenForFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // The stream ends with the page, and a query that is not needed any more is given up.
    if (why !== 'net::ERR_ABORTED') faults.push(`${request.url()} ${why}`);
  });
  return faults;
}

/** Nothing that was chosen, changed or listened to in it is left for who uses it next. */
async function leave({ context, page }: Tab, address: string): Promise<void> {
  if (new URL(page.url()).origin === address) await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await page.goto('about:blank');
  await Promise.all(context.pages().map((other) => (other === page ? undefined : other.close())));
  await page.unrouteAll();
  await page.emulateMedia({ media: null });
  page.removeAllListeners();
}

async function add({ context }: TestHub, role: Role): Promise<void> {
  const partner = role === 'customer' ? { partner: 'acme' } : role === 'partner' ? { partner: 'rdwy' } : {};
  await addUser(context.store, { name: role, displayName: role, role, ...partner }, PASSWORD, 'test', Date.now());
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** No serious or critical violation (axe-core), no sideways scroll, and a picture for people to look at. */
export async function looksRight(page: Page, name: string): Promise<void> {
  // Past the transitions, in which colours are neither of the two; what turns for ever is not waited for.
  await page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    .map(({ finished }) => finished))`);
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  const sideways = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  assert.ok(Number(sideways) <= 0, `${name} scrolls sideways by ${sideways} px`);
  // By the debugger's own way: the page's policy lets no script in from outside.
  await page.evaluate(AXE);
  const found = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map((node) => node.html + node.failureSummary).slice(0, 3) })))",
  )) as { id: string; impact: string; where: string[] }[];
  assert.deepEqual(
    found.filter(({ impact }) => impact === 'serious' || impact === 'critical'),
    [],
    `${name} is accessible`,
  );
}
