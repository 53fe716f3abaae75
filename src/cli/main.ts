// lading COMMAND [ARGUMENTS]: finds the command, checks its arguments, runs it, turns its end into an exit code.
//
// Exit codes: 0 done · 1 the command's own "no" (a test failed, an outcome differs) · 2 something for the user to mend
// · 70 a bug · 130, 143 interrupted. What a command is and how to add one: command.ts.
import { appendFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { parseArguments } from './arguments.ts';
import type { Command, CommandContext } from './command.ts';
import { commandHelp, overallHelp } from './help.ts';
import { nearest } from './suggest.ts';
import { UserError, userErrorLine } from './user-error.ts';
import { type Writer, writerTo } from './writer.ts';

// A batch makes garbage quickly. Left alone, the heap grows to several times what lives in it before it is cleaned; it
// may grow to not quite twice, which keeps a busy hub within 350 MB. No limit: a large document still finds its room.
setFlagsFromString('--heap-growing-percent=90');

const EXIT_USER = 2;
const EXIT_BUG = 70;
const EXIT_BY_SIGNAL = { SIGINT: 130, SIGTERM: 143 } as const;

const rootDir = fileURLToPath(new URL('../..', import.meta.url));
const dataDir = resolve(process.env.LADING_DATA || join(rootDir, '.lading'));
const stdout = writerOf(process.stdout);
const stderr = writerOf(process.stderr);

// The order of the help; commands not named here follow by name.
const FIRST_TO_LAST = [
  'demo',
  'up',
  'import',
  'send',
  'translate',
  'quote',
  'explain',
  'packet',
  'verify',
  'approve',
  'refuse',
  'release',
  'link',
  'waive',
  'charge',
  'receivables',
  'payments',
  'collections',
  'allocate',
  'dispute',
  'carrier-dispute',
  'carrier-disputes',
  'lists',
  'books',
  'compare',
  'period',
  'ledger',
  'demand',
  'margin',
  'replay',
  'connect',
  'scenario',
  'doctor',
  'bench',
  'test',
];

function commandNames(): string[] {
  const names = readdirSync(new URL('./commands', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => entry.name.slice(0, -'.ts'.length));
  const rank = (name: string) => (FIRST_TO_LAST.indexOf(name) + FIRST_TO_LAST.length + 1) % (FIRST_TO_LAST.length + 1);
  return names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

async function loadCommand(name: string): Promise<Command> {
  const { command } = (await import(`./commands/${name}.ts`)) as { command: Command };
  return command;
}

async function run(words: readonly string[], signal: AbortSignal): Promise<number> {
  const [name = '--help', ...rest] = words;
  const names = commandNames();
  if (name === '--help' || name === '-h' || name === 'help') {
    const asked = words.length > 0;
    (asked ? stdout : stderr).write(overallHelp(await Promise.all(names.map(loadCommand))));
    return asked ? 0 : EXIT_USER;
  }
  if (!names.includes(name)) {
    const meant = nearest(name, names);
    const mend = meant ? `did you mean "${meant}"?` : `"./lading --help" lists those there are`;
    throw new UserError({ what: 'unknown command', where: name, mend });
  }
  const command = await loadCommand(name);
  const { args, options, wantsHelp } = parseArguments(command, rest);
  if (wantsHelp) {
    stdout.write(commandHelp(command));
    return 0;
  }
  const env = { ...process.env, LADING_DATA: dataDir };
  return command.run({
    args,
    options,
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
    rootDir,
    signal,
  } satisfies CommandContext);
}

function writerOf(stream: NodeJS.WriteStream): Writer {
  // A reader that left early, as `head` does, wants no more and is no fault.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return writerTo((text) => void stream.write(text), stream.isTTY === true);
}

type Ending = { code: number; line?: string };

function endingOf(error: unknown, stoppedBy: keyof typeof EXIT_BY_SIGNAL | undefined): Ending {
  const line = userErrorLine(error);
  if (line !== undefined) return { code: EXIT_USER, line };
  if (stoppedBy && error instanceof Error && error.name === 'AbortError') return { code: EXIT_BY_SIGNAL[stoppedBy] };
  return { code: EXIT_BUG, line: bugLine(error) };
}

function bugLine(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (process.env.LADING_LOG === 'debug') return trace;
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return `unexpected error, a fault of ours: ${message}: ${keepTrace(trace)}`;
}

function keepTrace(trace: string): string {
  const file = join(dataDir, 'crash.log');
  try {
    mkdirSync(dataDir, { recursive: true });
    appendFileSync(file, `${new Date().toISOString()} ${trace}\n`, { mode: 0o600 });
    return `the trace is in ${file}`;
  } catch {
    return 'run it again with LADING_LOG=debug to see where';
  }
}

async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || stream.writableLength === 0) return;
  await new Promise<void>((done) => {
    stream.once('close', done);
    stream.write('', () => done());
  });
}

async function end({ code, line }: Ending): Promise<never> {
  if (line !== undefined) stderr.line(line);
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(code);
}

async function main(): Promise<void> {
  const stopping = new AbortController();
  let stoppedBy: keyof typeof EXIT_BY_SIGNAL | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stoppedBy) process.exit(EXIT_BY_SIGNAL[signal]);
      stoppedBy = signal;
      stopping.abort();
    });
  }
  process.on('uncaughtException', (error) => void end(endingOf(error, stoppedBy)));
  try {
    await end({ code: await run(process.argv.slice(2), stopping.signal) });
  } catch (error) {
    await end(endingOf(error, stoppedBy));
  }
}

await main();
