// The console's pages, built when they are older than their sources. A hub without them works all the same.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const SOURCES = ['index.html', 'build', 'package.json', 'package-lock.json', 'vite.config.ts', 'public', 'src'];
const STEP_MS = 300_000;

type Build = {
  readonly rootDir: string;
  readonly tell: (line: string) => void;
  /** Packages that are to be there afterwards, whatever is built: for running, where nothing is said. */
  readonly packages?: Packages;
};
type Packages = 'run' | 'dev';

/** Builds where that is needed. What goes wrong is told, and nothing else comes of it. */
export async function ensureConsole({ rootDir, tell, packages }: Build): Promise<void> {
  const folder = join(rootDir, 'console');
  if (!existsSync(join(folder, 'package.json'))) return;
  const wanted = await stampOf(folder);
  const isBuilt = (await stampIn(folder)) === wanted;
  if (isBuilt && packages === undefined) return;
  const release = await lockIn(folder);
  if (release === undefined) {
    tell('lading: another start is building the console');
    return;
  }
  try {
    await ensurePackages(folder, packages ?? 'run', tell);
    if (isBuilt) return;
    await build(folder, tell);
    await writeFile(join(folder, 'dist', '.built-from'), wanted);
  } catch (error) {
    tell(
      `lading: the console could not be built, so it is ${existsSync(join(folder, 'dist')) ? 'an older one' : 'not there'}: ${(error as Error).message}`,
    );
  } finally {
    await release();
  }
}

async function build(folder: string, tell: (line: string) => void): Promise<void> {
  tell('lading: building the console');
  await run(
    process.execPath,
    [join(folder, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'error'],
    folder,
  );
  await compressAll(join(folder, 'dist'));
}

const COMPRESSED = /\.(js|css|html|svg|json)$/;

// Once, when built, and as small as can be: the hub then only chooses the file that a browser takes.
async function compressAll(folder: string): Promise<void> {
  for (const path of await filesUnder(folder)) {
    if (!COMPRESSED.test(path)) continue;
    const bytes = await readFile(path);
    await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
    await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }
}

/** An installation with the tools of development serves for building, too. */
async function ensurePackages(folder: string, wanted: Packages, tell: (line: string) => void): Promise<void> {
  const lock = await readFile(join(folder, 'package-lock.json'), 'utf8');
  const markOf = (kind: string) => join(folder, 'node_modules', `.installed-${kind}`);
  for (const kind of wanted === 'run' ? ['dev', 'run'] : ['dev']) {
    if ((await readFile(markOf(kind), 'utf8').catch(() => undefined)) === lock) return;
  }
  tell("lading: installing the console's packages");
  const only = wanted === 'run' ? ['--omit=dev'] : [];
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...only], folder);
  await writeFile(markOf(wanted), lock);
}

function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: STEP_MS });
    let said = '';
    child.stderr.on('data', (bytes) => {
      said = `${said}${bytes}`.slice(-2_000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(lastLineOf(said) ?? `${program} ended with ${code}`));
    });
  });
}

function lastLineOf(text: string): string | undefined {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('npm error A complete log'))
    .at(-1);
}

async function stampOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const path of await filesUnder(join(folder, source))) {
      // Types are made for the editor and leave no trace in what is built.
      if (path.endsWith(join('api', 'types.ts'))) continue;
      hash
        .update(path.slice(folder.length))
        .update('\0')
        .update(await readFile(path));
    }
  }
  return hash.digest('hex');
}

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined);
  if (entries === undefined) return existsSync(path) ? [path] : [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function stampIn(folder: string): Promise<string | undefined> {
  return readFile(join(folder, 'dist', '.built-from'), 'utf8').catch(() => undefined);
}

/** `undefined` where another process builds. A lock that was left over counts for as long as a build may take. */
async function lockIn(folder: string): Promise<(() => Promise<void>) | undefined> {
  const file = join(folder, '.building');
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  if (holder > 0 && !isAlive(holder)) await rm(file, { force: true });
  await mkdir(folder, { recursive: true });
  const handle = await open(file, 'wx').catch(() => undefined);
  if (handle === undefined) return undefined;
  await handle.writeFile(String(process.pid));
  await handle.close();
  return () => rm(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
