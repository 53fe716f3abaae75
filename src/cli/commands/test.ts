// lading test: types, style and every test, on one database server for the whole run.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { startEmbedded } from '../../store/embedded.ts';
import { forgoDisk } from '../../store/throw-away.ts';
import { type CommandContext, defineCommand, type OptionValues } from '../command.ts';
import { ensureConsole } from '../console-build.ts';
import { UserError } from '../user-error.ts';

const options = {
  long: { type: 'boolean', about: 'the long forms too: more cases of fuzzing, more kills, more chaos' },
  live: { type: 'string', value: 'NAME', about: 'only the suite of this connector, against the real system' },
} as const;

export const command = defineCommand({
  name: 'test',
  summary: 'runs all tests',
  usage: '[FILE…] [--long] [--live NAME]',
  help: 'With FILE, a path or a part of one, only those test files are run, without the checks of types and style.',
  positionals: { name: 'FILE', min: 0, max: Number.POSITIVE_INFINITY },
  options,
  async run(context) {
    const files = chosenFiles(context);
    const everything = context.args.length === 0 && context.options.live === undefined;
    if (everything && !(await checksPass(context))) return 1;
    return runTests(context, files);
  },
});

type Context = CommandContext<OptionValues<typeof options>>;

function chosenFiles({ args, options, rootDir, cwd }: Context): string[] {
  const { live } = options;
  if (live !== undefined) checkConnector(rootDir, live);
  const all = globSync('{src,test,bench,examples}/**/*.test.ts', { cwd: rootDir }).sort();
  // What is read there is followed all the way, so a part of the suite stands beside the pipeline.
  const isOfSuite = (path: string) =>
    path.startsWith(join('src/connectors', live ?? '')) || /^[^.-]+/.exec(basename(path))?.[0] === live;
  const ofSuite = live === undefined ? all : all.filter(isOfSuite);
  if (args.length === 0) return ofSuite;
  return args.flatMap((wanted) => {
    const path = relative(rootDir, resolve(cwd, wanted));
    const matching = ofSuite.filter((each) => each === path || each.includes(wanted));
    if (matching.length > 0) return matching;
    throw new UserError({
      what: 'no test file',
      where: wanted,
      mend: 'name a file that ends in .test.ts, or a part of its path',
    });
  });
}

function checkConnector(rootDir: string, name: string): void {
  // Its suite is the test that has its name.
  const names = globSync('*/*.test.ts', { cwd: join(rootDir, 'src/connectors') })
    .filter((path) => basename(path) === `${dirname(path)}.test.ts`)
    .map(dirname);
  if (names.includes(name)) return;
  throw new UserError({ what: 'unknown connector', where: name, mend: `use one of ${names.join(', ')}` });
}

async function checksPass(context: Context): Promise<boolean> {
  const checks = [
    { name: 'types', program: 'typescript/bin/tsc', args: ['--noEmit', '--project', '.'] },
    { name: 'style', program: '@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings'] },
  ];
  const codes = checks.map(async ({ name, program, args }) => {
    const code = await ended(runNode(context, [join(context.rootDir, 'node_modules', program), ...args]), context);
    context.stderr.line(`${name}: ${code === 0 ? 'as they should be' : 'see above'}`);
    return code;
  });
  return (await Promise.all(codes)).every((code) => code === 0);
}

async function runTests(context: Context, files: string[]): Promise<number> {
  // Before any test: several of them would build at once, and those that came second would go without.
  await ensureConsole({ rootDir: context.rootDir, tell: context.stderr.line, packages: 'dev' });
  const server = await sharedServer(context);
  const skipsFile = join(context.rootDir, '.lading/test', `skips-${process.pid}`);
  mkdirSync(join(context.rootDir, '.lading/test'), { recursive: true });
  try {
    const child = runNode(
      context,
      [...runArguments(context, skipsFile), ...unitsOf(context, files)],
      testEnvironment(context, server.url),
    );
    const code = await ended(child, context);
    tellSkips(context, skipsFile);
    return code;
  } finally {
    rmSync(skipsFile, { force: true });
    await server.stop();
  }
}

async function sharedServer({ env, rootDir, stderr }: Context): Promise<{ url: string; stop(): Promise<void> }> {
  const url = env.LADING_TEST_DATABASE_URL;
  if (url) return { url, stop: async () => {} };
  const server = await startEmbedded({ dataDir: join(rootDir, '.lading/test'), log: stderr.line });
  await forgoDisk(server);
  return server;
}

// A real system takes one file at a time; a few files are soon loaded.
function unitsOf({ options, args }: Context, files: string[]): string[] {
  return options.live === undefined && args.length === 0 ? units(files) : files;
}

function runArguments({ options, rootDir }: Context, skipsFile: string): string[] {
  // A real system takes the time it takes.
  const timeoutMs = options.long || options.live !== undefined ? 0 : TIMEOUT_MS;
  // Most tests wait for the database or a child process: one more at a time than there are cores. A real system is one for
  // all: books that one file closes are closed for the others.
  const concurrency = options.live === undefined ? availableParallelism() + 1 : 1;
  return [join(rootDir, 'test/run.ts'), String(concurrency), String(timeoutMs), skipsFile];
}

/** For one process, whatever files share it. */
const TIMEOUT_MS = 300_000;

/**
 * The files as processes take them: most together with their neighbours, for loading what they import takes longer than
 * their tests. The longest come first, so that nothing waits for them in the end.
 */
function units(files: readonly string[]): string[] {
  const { alone = [], inBrowser = [], whole = [], pure = [], other = [] } = Object.groupBy(files, kindOf);
  const chunks = [
    ...inChunks(inBrowser, 3),
    ...inChunks(alone.toReversed(), 1),
    ...inChunks(whole, 6),
    ...inChunks(other, 20),
    ...inChunks(pure, 60),
  ];
  return chunks.map((chunk) => chunk.join(','));
}

// A process of their own have those that kill others, start many, or look at their own memory.
const ALONE = /^test\/(kill-|chaos|scenarios|money|launcher|console\.test)|\/(embedded|x12\/fuzz|x12\/stream)\.test/;
const PURE = /^src\/(model|domain|formats|partners)\//;

function kindOf(file: string): 'alone' | 'inBrowser' | 'whole' | 'pure' | 'other' {
  if (ALONE.test(file)) return 'alone';
  if (file.startsWith('test/console/')) return 'inBrowser';
  if (file.startsWith('test/')) return 'whole';
  return PURE.test(file) ? 'pure' : 'other';
}

function inChunks<One>(all: readonly One[], most: number): One[][] {
  const count = Math.ceil(all.length / most);
  return Array.from({ length: count }, (_, index) =>
    all.filter((_, at) => Math.floor((at * count) / all.length) === index),
  );
}

// The tests' outcome must not hang on what this shell happens to be set to.
const OF_THE_USER = /^(DATABASE_URL|NATS_URL|LADING_(DATA|PORT|LOG)|ODOO_.*)$/;

function testEnvironment({ env, options, rootDir }: Context, serverUrl: string): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => options.live !== undefined || !OF_THE_USER.test(name));
  return {
    ...Object.fromEntries(kept),
    LADING_TEST_DATABASE_URL: serverUrl,
    // Hundreds of processes read the same sources: what one has compiled, the others take.
    NODE_COMPILE_CACHE: join(rootDir, '.lading/test/compiled'),
    ...(options.long ? { LADING_TEST_LONG: '1' } : {}),
    ...(options.live === undefined ? {} : { LADING_LIVE: options.live }),
  };
}

function runNode({ env, rootDir }: Context, args: string[], childEnv: NodeJS.ProcessEnv = env): ChildProcess {
  return spawn(process.execPath, args, { cwd: rootDir, env: childEnv, stdio: ['ignore', 'inherit', 'inherit'] });
}

function ended(child: ChildProcess, { signal, stderr }: Context): Promise<number> {
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code, by) => {
      signal.removeEventListener('abort', stop);
      if (by !== null && !signal.aborted) stderr.line(`ended by ${by}`);
      done(by === null && !signal.aborted ? (code ?? 1) : 130);
    });
  });
}

function tellSkips({ rootDir, stdout }: Context, skipsFile: string): void {
  if (!existsSync(skipsFile)) return;
  const lines = readFileSync(skipsFile, 'utf8').split('\n').filter(Boolean);
  if (lines.length === 0) return;
  const skipped = lines.map((line) => JSON.parse(line) as SkippedTest);
  const groups = Map.groupBy(skipped, ({ file, why }) => `${relative(rootDir, file)}: ${why}`);
  stdout.line(`\nskipped tests: ${skipped.length}`);
  for (const [reason, tests] of groups) {
    stdout.line(`  skipped: ${reason}`);
    for (const { name } of tests) stdout.line(`    ${name}`);
  }
}

/** As written by test/skips-reporter.ts. */
type SkippedTest = { name: string; file: string; why: string };
