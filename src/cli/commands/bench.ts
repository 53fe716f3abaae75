// lading bench [--json] [--quick] [--events N] [--odoo | --odoo-reading | --console]: the figures of docs/benchmarks.md, each beside its target.
import { join } from 'node:path';
import type { ConsoleFigures } from '../../../bench/console.ts';
import type { BenchFigures } from '../../../bench/figures.ts';
import type { OdooFigures } from '../../../bench/odoo.ts';
import type { ReadingFigures } from '../../../bench/odoo-reading.ts';
import type { Judged } from '../../../bench/targets.ts';
import { examineOdoo } from '../../connectors/odoo/index.ts';
import { startEmbedded } from '../../store/embedded.ts';
import { defineCommand } from '../command.ts';
import { odooFrom } from '../hub-environment.ts';
import { aligned } from '../text/aligned.ts';
import { UserError } from '../user-error.ts';

const USUAL_EVENTS = 100_000;
const QUICK_EVENTS = 1_000;
const MOST_EVENTS = 10_000_000;
/** As bench/pipeline.ts slices them. */
const SLICE = 50_000;

export const command = defineCommand({
  name: 'bench',
  summary: 'the benchmarks of docs/benchmarks.md, beside their targets',
  usage: '[--json] [--quick] [--events N] [--odoo | --odoo-reading | --console]',
  help: `Takes some minutes, on a database of its own; what else runs on this machine shows in the figures.
The ratios are what counts: each is against a peer that ran beside it.`,
  options: {
    json: { type: 'boolean', about: 'one object of ratios and figures' },
    quick: { type: 'boolean', about: 'small sizes: shows that it runs, not how fast' },
    odoo: {
      type: 'boolean',
      about: 'only posting invoices in the Odoo that ODOO_URL, ODOO_DB, ODOO_USER and ODOO_KEY name: never your books',
    },
    'odoo-reading': {
      type: 'boolean',
      about: 'only reading 10,000 changed orders of that Odoo, beside its own search_read; it changes nothing there',
    },
    console: { type: 'boolean', about: 'only how quickly the console is there with 100,000 shipments; needs Chromium' },
    events: {
      type: 'string',
      value: 'N',
      about: `through the whole path (${USUAL_EVENTS}; for memory and cost 1000000)`,
    },
  },
  async run({ options, env, stdout, stderr, signal }) {
    if (options.odoo) {
      const figures = await figuresOfOdoo(env, options.quick, stderr.line);
      if (options.json) stdout.line(JSON.stringify(figures, null, 2));
      else stdout.lines(reportOfOdoo(figures));
      return 0;
    }
    if (options['odoo-reading']) {
      const figures = await readingOfOdoo(env, options.quick, stderr.line);
      if (options.json) stdout.line(JSON.stringify(figures, null, 2));
      else stdout.lines(reportOfReading(figures));
      return 0;
    }
    if (options.console) {
      const figures = await figuresOfConsole(env, options.quick, stderr.line);
      if (options.json) stdout.line(JSON.stringify(figures, null, 2));
      else stdout.lines(reportOfConsole(figures));
      return 0;
    }
    const events = eventsFrom(options.events) ?? (options.quick ? QUICK_EVENTS : USUAL_EVENTS);
    needPeers();
    const { benchAll } = await import('../../../bench/figures.ts');
    const { judged } = await import('../../../bench/targets.ts');
    const server = await startEmbedded({ dataDir: join(env.LADING_DATA, 'bench'), log: stderr.line });
    try {
      const run = { serverUrl: server.url, quick: options.quick, events, signal, log: stderr.line };
      const figures = await benchAll(run);
      const table = judged(figures);
      if (options.json) stdout.line(JSON.stringify({ ...figures, targets: table }, null, 2));
      else stdout.lines(report(figures, table));
      return 0;
    } finally {
      await server.stop();
    }
  },
});

const USUAL_INVOICES = 500;
const QUICK_INVOICES = 100;

type Env = Parameters<typeof odooFrom>[0];
type Log = (line: string) => void;

async function figuresOfOdoo(env: Env, quick: boolean, log: Log) {
  const settings = await odooToMeasure(env);
  const { benchOdoo } = await import('../../../bench/odoo.ts');
  return benchOdoo({ settings, invoices: quick ? QUICK_INVOICES : USUAL_INVOICES, log });
}

const USUAL_SHIPMENTS = 100_000;
const QUICK_SHIPMENTS = 2_000;

async function figuresOfConsole(env: Env & { LADING_DATA: string }, quick: boolean, log: Log): Promise<ConsoleFigures> {
  needPeers(['playwright-core']);
  const { benchConsole, CHROMIUM } = await import('../../../bench/console.ts');
  const { withDatabase } = await import('../../../bench/figures.ts');
  const server = await startEmbedded({ dataDir: join(env.LADING_DATA, 'bench'), log });
  try {
    const shipments = quick ? QUICK_SHIPMENTS : USUAL_SHIPMENTS;
    const figures = await withDatabase(server.url, (url) => benchConsole({ url, shipments, log }));
    if (figures !== undefined) return figures;
    throw new UserError({
      what: 'no Chromium to look with',
      where: CHROMIUM,
      mend: 'install it, or name one by LADING_CHROMIUM',
    });
  } finally {
    await server.stop();
  }
}

function reportOfConsole({ shipments, listMs, firstRowsMs, unthrottledMs, scriptKilobytes }: ConsoleFigures): string[] {
  const row = (figure: string, value: number, unit: string, atMost?: number) => [
    figure,
    `${Math.round(value).toLocaleString('en-US')} ${unit}`,
    atMost === undefined ? '' : `at most ${atMost.toLocaleString('en-US')} ${unit}`,
    atMost === undefined ? '' : verdictOf(value <= atMost),
  ];
  return [
    `with ${shipments.toLocaleString('en-US')} shipments`,
    ...aligned([
      ['', 'here', 'target', ''],
      row('first rows of the list, on a processor four times as slow', firstRowsMs, 'ms', 1_500),
      row('  on this one', unthrottledMs, 'ms'),
      row('script of the first load, compressed', scriptKilobytes, 'KB', 350),
      ...Object.entries(listMs).map(([what, ms]) => row(`from the API: ${what}`, ms, 'ms', 300)),
    ]),
  ];
}

const USUAL_RECORDS = 10_000;
const QUICK_RECORDS = 2_000;

async function readingOfOdoo(env: Env, quick: boolean, log: Log) {
  const settings = await odooToMeasure(env);
  const { benchOdooReading } = await import('../../../bench/odoo-reading.ts');
  return benchOdooReading({ settings, watch: 'orders', records: quick ? QUICK_RECORDS : USUAL_RECORDS, log });
}

async function odooToMeasure(env: Env) {
  const settings = odooFrom(env);
  if (settings === undefined) {
    const mend = 'set ODOO_URL, ODOO_DB, ODOO_USER and ODOO_KEY to an Odoo for trying, of which nothing need be kept';
    throw new UserError({ what: 'no Odoo to measure is named', where: 'environment', mend });
  }
  const { ok, says } = await examineOdoo(settings, { now: Date.now });
  if (!ok) throw new UserError({ what: 'this Odoo cannot be measured', where: settings.url, mend: says });
  return settings;
}

function reportOfReading({ records, ...figures }: ReadingFigures): string[] {
  const { plainPerSecond, wholePerSecond, ladingPerSecond, ratios } = figures;
  const speed = (perSecond: number) => `${perSecond.toFixed(0)}/s`;
  return aligned([
    [`${records} changed orders`, 'here', 'target', ''],
    ['search_read of the orders alone', speed(plainPerSecond), '', ''],
    ['search_read of the orders and their lines', speed(wholePerSecond), '', ''],
    ['Lading, orders with lines, products and addresses', speed(ladingPerSecond), '', ''],
    ['  to the orders alone', `${ratios.toPlain.toFixed(2)}×`, 'at least 1×', verdictOf(ratios.toPlain >= 1)],
    ['  to orders and lines', `${ratios.toWhole.toFixed(2)}×`, 'at least 1×', verdictOf(ratios.toWhole >= 1)],
  ]);
}

function reportOfOdoo({ odooMajor, invoices, ...figures }: OdooFigures): string[] {
  const { oneByOnePerSecond, rawPerSecond, ladingPerSecond, ratios } = figures;
  const speed = (perSecond: number) => `${perSecond.toFixed(1)}/s`;
  const isMet = (value: number, atLeast: number) => verdictOf(value >= atLeast);
  return aligned([
    [`Odoo ${odooMajor}, ${invoices} invoices of 4 lines`, 'here', 'target', ''],
    ['create and post, one call sequence an invoice', speed(oneByOnePerSecond), '', ''],
    ['create and post in batches, two writers', speed(rawPerSecond), '', ''],
    ['Lading, two writers', speed(ladingPerSecond), '', ''],
    ['  to one by one', `${ratios.toOneByOne.toFixed(2)}×`, 'at least 7×', isMet(ratios.toOneByOne, 7)],
    ['  to raw batches', `${(ratios.toRaw * 100).toFixed(0)} %`, 'at least 90 %', isMet(ratios.toRaw, 0.9)],
  ]);
}

function eventsFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const events = Number(text);
  if (Number.isInteger(events) && events >= 1 && events <= MOST_EVENTS) return events;
  throw new UserError({ what: 'not a number of events', where: `--events ${text}`, mend: `give 1 to ${MOST_EVENTS}` });
}

const PEERS = ['node-x12', 'graphile-worker'];

/** What we are measured against comes with the tools of development only. */
function needPeers(peers: readonly string[] = PEERS): void {
  const missing = peers.filter((name) => !isThere(name));
  if (missing.length === 0) return;
  throw new UserError({
    what: 'the packages to measure against are not installed',
    where: missing.join(', '),
    mend: 'start it by "./lading bench", which installs them, or run "npm ci"',
  });
}

function isThere(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

function report({ quick, machine, path }: BenchFigures, table: readonly Judged[]): string[] {
  const rows = table.map(({ figure, value, target, met }) => [figure, value, target ?? '', verdictOf(met)]);
  const curve = path.residentMegabytes.map((megabytes, index) => [
    `  ${Math.min(path.events, (index + 1) * SLICE).toLocaleString('en-US')}`,
    `${Math.round(path.slices[index] ?? 0).toLocaleString('en-US')} events/s`,
    `${megabytes} MB`,
  ]);
  return [
    `${machine.processor}, ${machine.cores} cores, Node ${machine.node}`,
    ...(quick ? ['quick: the sizes are too small to judge by'] : []),
    '',
    ...aligned([['', 'here', 'target', ''], ...rows]),
    ...(curve.length < 2 ? [] : ['', 'whole path up to this many events', ...aligned(curve)]),
  ];
}

function verdictOf(met: boolean | undefined): string {
  if (met === undefined) return '';
  return met ? 'met' : 'missed';
}
