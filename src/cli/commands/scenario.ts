// lading scenario DIR [--json] [--bench]: runs a scenario folder and prints the outcome (contract sections 4 and 5).
import { resolve } from 'node:path';
import { startEmbedded } from '../../store/embedded.ts';
import { booksVerdict, deviationLines } from '../books-text.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { describeDifferences, differences } from '../scenario/compare.ts';
import { readScenario } from '../scenario/folder.ts';
import { type Figures, runScenario } from '../scenario/run.ts';
import { summaryOf } from '../scenario/summary.ts';

export const command = defineCommand({
  name: 'scenario',
  summary: 'runs a scenario folder under a simulated clock and prints the outcome',
  usage: 'DIR [--json] [--bench]',
  help: `A scenario folder has scenario.json, setup files, traffic.jsonl, inbound/ and, when the outcome is to be compared,
expected.json. It runs in a database of its own, against an ERP stand-in of its own, and leaves nothing behind.
Exit code 1: the outcome differs from expected.json, or the books do not hold; what differs is on stderr.`,
  positionals: { name: 'DIR', min: 1, max: 1 },
  options: {
    json: { type: 'boolean', about: 'the outcome as one JSON value, and nothing else on stdout' },
    bench: { type: 'boolean', about: 'how long it took, on stderr' },
  },
  async run({ args: [dir = '.'], options, cwd, env, stdout, stderr, signal }) {
    const scenario = await readScenario(resolve(cwd, dir));
    const tell = (line: string) => stderr.line(line);
    const { outcome, books, figures } = await runScenario(scenario, {
      server: await startEmbedded({ dataDir: env.LADING_DATA, log: tell }),
      signal,
    });
    stdout.line(options.json ? JSON.stringify(outcome, null, 2) : summaryOf(scenario.name, outcome));
    if (options.bench) tell(benchLine(figures));
    if (!books.holds) for (const line of [booksVerdict(books), ...deviationLines(books)]) tell(line);
    const asExpected =
      scenario.expected === undefined ? 0 : verdict(differences(scenario.expected, outcome), scenario.name, stderr);
    return books.holds ? asExpected : 1;
  },
});

function benchLine({ steps, events, jumps, seconds }: Figures): string {
  const perSecond = (events / seconds).toFixed(1);
  return `${steps} steps, ${events} events, ${jumps} due instants in ${seconds.toFixed(2)} s: ${perSecond} events/s`;
}

function verdict(list: ReturnType<typeof differences>, name: string, stderr: CommandContext['stderr']): number {
  if (list.length === 0) {
    stderr.line(`${name}: as expected`);
    return 0;
  }
  stderr.line(`${name}: ${list.length} ${list.length === 1 ? 'difference' : 'differences'} from expected.json`);
  for (const line of describeDifferences(list)) stderr.line(line);
  return 1;
}
