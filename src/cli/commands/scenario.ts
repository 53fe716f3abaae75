// lading scenario DIR [--chaos [SEED]] [--erp odoo] [--json] [--bench]: runs a scenario folder and prints the outcome (contract sections 4 and 5).
import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { startEmbedded } from '../../store/embedded.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { odooInForce } from '../odoo-setup.ts';
import { beyondChaos, withChaos } from '../scenario/chaos.ts';
import { describeDifferences, differences } from '../scenario/compare.ts';
import type { OpenErp } from '../scenario/erp.ts';
import { readScenario, type Scenario } from '../scenario/folder.ts';
import { liveOdoo } from '../scenario/live/odoo.ts';
import { type Figures, runScenario } from '../scenario/run.ts';
import { summaryOf } from '../scenario/summary.ts';
import { booksVerdict, deviationLines } from '../text/books.ts';
import { UserError } from '../user-error.ts';

export const command = defineCommand({
  name: 'scenario',
  summary: 'runs a scenario folder under a simulated clock and prints the outcome',
  usage: 'DIR [--chaos [SEED]] [--json] [--bench]',
  help: `A scenario folder has scenario.json, setup files, traffic.jsonl, inbound/ and, when the outcome is to be compared,
expected.json. It runs in a database of its own, against an ERP stand-in of its own, and leaves nothing behind.
Exit code 1: the outcome differs from expected.json, or the books do not hold; what differs is on stderr.

With --chaos, Lading is killed between steps and in the midst of its work, and the ERP stand-in fails for some calls
(down, slow, answers lost, broken off or unreadable, throttled), at points drawn from SEED, a whole number. The outcome
must be the same but for when documents are posted. Without SEED one is drawn, and told on stderr to run it again.

With --erp odoo, the documents go to the Odoo that ODOO_URL, ODOO_DB, ODOO_USER and ODOO_KEY name, in companies made for
this run, which stay there: a database for trying, and a user who may make companies.`,
  positionals: { name: 'DIR [SEED]', min: 1, max: 2 },
  options: {
    chaos: { type: 'boolean', about: 'with crashes and faults of the ERP; SEED after it says which' },
    erp: { type: 'string', value: 'odoo', about: 'a real Odoo in place of the stand-in' },
    json: { type: 'boolean', about: 'the outcome as one JSON value, and nothing else on stdout' },
    bench: { type: 'boolean', about: 'how long it took, on stderr' },
  },
  async run({ args: [dir = '.', seedText], options, cwd, env, stdout, stderr, signal }) {
    const scenario = await readScenario(resolve(cwd, dir));
    const tell = (line: string) => stderr.line(line);
    const seed = chosenSeed(options.chaos, seedText);
    if (seed !== undefined) tell(`${scenario.name}: with chaos of seed ${seed}`);
    const { outcome, books, figures, remarks } = await runScenario(
      seed === undefined ? scenario : withChaos(scenario, seed),
      {
        ...(options.erp === undefined ? {} : { openErp: chosenErp(options.erp, scenario, env, tell) }),
        server: await startEmbedded({ dataDir: env.LADING_DATA, log: tell }),
        signal,
      },
    );
    stdout.line(options.json ? JSON.stringify(outcome, null, 2) : summaryOf(scenario.name, outcome));
    for (const remark of remarks) tell(remark);
    if (options.bench) tell(benchLine(figures));
    if (!books.holds) for (const line of [booksVerdict(books), ...deviationLines(books)]) tell(line);
    if (scenario.expected === undefined) return books.holds ? 0 : 1;
    const differing = differences(scenario.expected, outcome);
    const asExpected = verdict(seed === undefined ? differing : beyondChaos(differing), scenario.name, stderr);
    return books.holds ? asExpected : 1;
  },
});

function chosenErp(
  name: string,
  scenario: Scenario,
  env: CommandContext['env'],
  tell: (line: string) => void,
): OpenErp {
  if (name !== 'odoo') throw new UserError({ what: 'unknown ERP', where: `--erp ${name}`, mend: 'use --erp odoo' });
  const odoo = odooInForce(env);
  if (odoo === undefined) {
    const mend = 'set ODOO_URL, ODOO_DB, ODOO_USER and ODOO_KEY; or leave --erp out to use the stand-in';
    throw new UserError({ what: 'no Odoo is named', where: 'environment', mend });
  }
  const { url, database, user, key } = odoo;
  return liveOdoo({ url, database, user, key }, scenario, tell);
}

const SEEDS = 2 ** 32;

/** `undefined`: no chaos is wanted. */
function chosenSeed(isChaosWanted: boolean, text: string | undefined): number | undefined {
  const where = text ?? '';
  if (!isChaosWanted && text !== undefined) {
    throw new UserError({ what: 'unexpected argument', where, mend: 'give one folder; a seed goes with --chaos' });
  }
  if (!isChaosWanted) return undefined;
  if (text === undefined) return randomInt(SEEDS);
  if (/^\d{1,10}$/.test(text) && Number(text) < SEEDS) return Number(text);
  throw new UserError({ what: 'not a seed', where, mend: `use DIR --chaos SEED, SEED a whole number below ${SEEDS}` });
}

function benchLine({ steps, events, jumps, crashes, seconds }: Figures): string {
  const perSecond = (events / seconds).toFixed(1);
  return `${steps} steps, ${events} events, ${jumps} due instants, ${crashes} crashes in ${seconds.toFixed(2)} s: ${perSecond} events/s`;
}

function verdict(list: ReturnType<typeof differences>, name: string, stderr: CommandContext['stderr']): number {
  if (list.length === 0) {
    stderr.line(`${name}: as expected`);
    return 0;
  }
  stderr.line(`${name}: ${list.length} ${list.length === 1 ? 'difference' : 'differences'} from expected.json`);
  stderr.lines(describeDifferences(list));
  return 1;
}
