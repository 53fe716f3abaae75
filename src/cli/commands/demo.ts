// lading demo [--once] [--json] [--fresh]: the sample network's week, played against a hub on the embedded database.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { at } from '../../../examples/network/calendar.ts';
import { endOf, startOf, weekOfTraffic } from '../../../examples/network/traffic.ts';
import type { Step } from '../../../examples/network/week.ts';
import { booksOf } from '../../insight/books.ts';
import { outcomeOf } from '../../insight/outcome.ts';
import type { LocalDate } from '../../model/time.ts';
import { importSetup } from '../../pipeline/setup.ts';
import { listCustomerDisputes } from '../../store/read/customer-disputes.ts';
import { listExceptions } from '../../store/read/exceptions.ts';
import { listPayments } from '../../store/read/payments.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { ensureConsole } from '../console-build.ts';
import { accountLines, ensureDemoAccounts } from '../demo/accounts.ts';
import { documentsInErp } from '../demo/erp.ts';
import { play } from '../demo/play.ts';
import { deskTime, lastWholeWeek, type Progress, progressFile } from '../demo/progress.ts';
import { stageOf } from '../demo/stage.ts';
import { demoSummary } from '../demo/summary.ts';
import { type DemoWorld, dropDemoDatabase, openDemoWorld } from '../demo/world.ts';
import { odooFrom, portFrom } from '../hub-environment.ts';
import { passTimeUntil } from '../scenario/pass-time.ts';
import { readSetupFolder } from '../setup-folder.ts';
import { booksVerdict, deviationLines } from '../text/books.ts';
import { UserError } from '../user-error.ts';

// The sample week with what its loads bring after it.
const MOST_DAYS = 8;

export const command = defineCommand({
  name: 'demo',
  summary: 'plays a week of a sample network and says what came of it',
  usage: '[--once] [--json] [--fresh] [--days N]',
  help: `Sets up everything it needs, plays the last whole week of a mid-market distributor, and stays up with its API until Ctrl-C.
What was interrupted goes on where it was. ODOO_URL, ODOO_DB, ODOO_USER and ODOO_KEY name a real Odoo; without them a stand-in is used.`,
  options: {
    once: { type: 'boolean', about: 'ends when the week is played' },
    json: { type: 'boolean', about: 'the outcome as one JSON value, and nothing else on stdout; ends then' },
    fresh: { type: 'boolean', about: 'begins anew, whatever was played before' },
    days: { type: 'string', value: 'N', about: `only the first days of the week, 1 to ${MOST_DAYS}` },
  },
  async run(context) {
    const days = daysFrom(context.options.days);
    const demoDir = join(context.env.LADING_DATA, 'demo');
    if (context.options.fresh) await begin(context, demoDir);
    const file = progressFile(demoDir);
    const progress = file.read() ?? { firstDay: lastWholeWeek(Date.now()), taken: 0 };
    const steps = stepsOf(progress.firstDay, days);
    if (!context.options.json && !context.options.once) {
      await ensureConsole({ rootDir: context.rootDir, tell: (line) => context.stderr.line(line) });
    }
    const world = await openWorld(context, demoDir, { ...progress, steps });
    try {
      await documentsInErp(world.hub, world.erpUrl, context.signal);
      await importSampleSetup(world, context.rootDir);
      const isWhole = await playWeek(world, context, { ...progress, steps }, (taken) =>
        file.write({ ...progress, taken }),
      );
      if (!isWhole) return 130;
      await tell(world, context, progress);
      if (context.options.json) return 0;
      if (context.options.once)
        context.stdout.line(
          '\nTo ask it why: ./lading demo (it stays up), and in another terminal ./lading explain LK-1012',
        );
      else await stayUp(world, context, demoDir);
      return 0;
    } finally {
      await world.end();
    }
  },
});

type DemoContext = CommandContext<{ once: boolean; json: boolean; fresh: boolean; days: string | undefined }>;
/** What is to be played, and how much of it was. */
type Playing = Progress & { readonly steps: readonly Step[] };

function daysFrom(text: string | undefined): number {
  const days = Number(text ?? MOST_DAYS);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new UserError({ what: 'not a number of days', where: `--days ${text}`, mend: `give 1 to ${MOST_DAYS}` });
}

function stepsOf(firstDay: LocalDate, days: number): Step[] {
  const until = at(firstDay, days, 0, 0, 'UTC');
  return weekOfTraffic(firstDay).filter((step) => step.at < until);
}

async function begin({ env, stderr }: DemoContext, demoDir: string): Promise<void> {
  stderr.line('Beginning the demo anew.');
  await dropDemoDatabase(env.LADING_DATA);
  rmSync(demoDir, { recursive: true, force: true });
}

function openWorld(
  { env, stderr }: DemoContext,
  demoDir: string,
  { firstDay, taken, steps }: Playing,
): Promise<DemoWorld> {
  const startsAt = taken === 0 ? startOf(firstDay) : (steps[taken - 1]?.at ?? endOf(firstDay));
  return openDemoWorld({
    env,
    demoDir,
    port: portFrom(env),
    startsAt,
    erp: odooFrom(env),
    // What goes wrong on purpose is told in the summary; the log would only bury it.
    log: pino({ level: env.LADING_LOG || 'fatal' }, pino.destination({ dest: 2, sync: true })),
    tell: (line) => stderr.line(line),
  });
}

async function importSampleSetup({ hub }: DemoWorld, rootDir: string): Promise<void> {
  const read = await readSetupFolder(join(rootDir, 'examples', 'network', 'setup'));
  if (!read.ok) throw new Error(`the sample setup is broken: ${JSON.stringify(read.problems)}`);
  await importSetup(hub.context, read.setup, 'demo');
}

async function playWeek(
  world: DemoWorld,
  { stderr, signal }: DemoContext,
  { firstDay, taken, steps }: Playing,
  onTaken: (taken: number) => void,
): Promise<boolean> {
  const stage = stageOf(world, signal);
  if (taken === 0)
    stderr.line(
      `Playing the week of ${deskTime(steps[0]?.at ?? 0)} at Lakeland Supply: ${steps.length} messages and changes.`,
    );
  else if (taken < steps.length) stderr.line(`Going on with the week at ${taken} of ${steps.length}.`);
  if (taken < steps.length && !(await play(stage, { steps, taken, onTaken, signal, stderr }))) return false;
  await world.standIn?.setFault({ mode: 'up' });
  await documentsInErp(world.hub, world.erpUrl, signal);
  await passTimeUntil(endOf(firstDay), { clock: world.clock, hub: () => world.hub }, signal);
  return true;
}

async function tell(world: DemoWorld, { options, stdout, signal }: DemoContext, { firstDay }: Progress): Promise<void> {
  const { store } = world;
  const held = await documentsInErp(world.hub, world.erpUrl, signal);
  const outcome = await outcomeOf(store, held);
  const books = await booksOf(store, { at: world.clock.now(), erpDocuments: held });
  if (options.json) return stdout.line(JSON.stringify(outcome, null, 2));
  const exceptions = await listExceptions(store, store.tenant, { state: 'open' }, { limit: 500 });
  const payments = await listPayments(store, store.tenant, {}, { limit: 500 });
  const title = `Lakeland Supply, the week of ${firstDay}`;
  const disputes = await listCustomerDisputes(store, store.tenant, { state: 'open' }, { limit: 500 });
  stdout.line(
    demoSummary({
      outcome,
      exceptions,
      payments,
      disputes,
      title,
      books: [booksVerdict(books), ...deviationLines(books)],
    }),
  );
}

async function stayUp(world: DemoWorld, { stdout, signal }: DemoContext, demoDir: string): Promise<void> {
  world.goLive();
  const accounts = await ensureDemoAccounts(world.store, demoDir, Date.now());
  stdout.line('');
  stdout.line(`The console is at ${world.url} (API reference: ${world.url}/v1/reference). Stop it with Ctrl-C.`);
  stdout.lines(accountLines(accounts));
  stdout.line('In another terminal: ./lading explain LK-1012, ./lading send FILE --partner prairie');
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
