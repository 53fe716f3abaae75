// The floors of the house hold: every import points down, nothing turns in a circle, the pure rooms are pure.
// The plan is in ARCHITECTURE.md; this table is its binding form.
import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('..', import.meta.url));

/** What a room may import besides itself. Rooms are folders of `src/`, and those at the root that hold programs. */
const MAY_USE: Record<string, readonly string[]> = {
  model: [],
  formats: [],
  domain: ['model'],
  partners: ['model', 'formats'],
  store: ['model'],
  connectors: ['model', 'formats'],
  pipeline: ['model', 'formats', 'domain', 'partners', 'store', 'connectors'],
  insight: ['model', 'formats', 'domain', 'partners', 'store'],
  access: ['model', 'formats', 'domain', 'partners', 'store', 'connectors', 'pipeline', 'insight'],
  api: ['model', 'formats', 'domain', 'partners', 'store', 'connectors', 'pipeline', 'insight', 'access'],
  cli: [
    ...['model', 'formats', 'domain', 'partners', 'store', 'connectors', 'pipeline', 'insight', 'access', 'api'],
    ...['examples', 'bench'], // the demo's sample network and stand-ins; `lading bench`
  ],
};

/** The same for rooms of `console/src/`; what lies beside them is a room by its name, and what begins the page uses all. */
const CONSOLE_MAY_USE: Record<string, readonly string[]> = {
  early: [],
  'colour-scheme': [],
  plain: [],
  api: ['early'],
  mantine: ['colour-scheme'],
  session: ['api'],
  live: ['session'],
  shared: ['api', 'live', 'mantine', 'plain', 'session'],
  pages: ['api', 'live', 'mantine', 'plain', 'session', 'shared'],
  layout: ['api', 'colour-scheme', 'live', 'mantine', 'pages', 'plain', 'session', 'shared'],
};
const CONSOLE_BEGINS = ['main', 'router', 'before-first-drawn'];
const ROOT_FOLDERS = ['src', 'connectors', 'console', 'test', 'bench', 'examples', 'docs', 'schemas'];

// No I/O, no clock, no randomness in there: data in, data out.
const PURE_ROOMS = ['model', 'formats', 'domain', 'partners'];
const PURE_NODE_MODULES = ['node:assert', 'node:assert/strict', 'node:buffer', 'node:crypto', 'node:util'];
const IMPURE_CALLS =
  /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b|\bMath\.random\(|\brandom(UUID|Bytes|Int)\b|\bperformance\.now\(|\bfetch\(|\bprocess\.(env|stdout|stderr|hrtime)/;

const LONG_FILE_LINES = 300;

type SourceFile = { path: string; code: string; imports: string[] };

const files = globSync('{src,test,bench,examples,console}/**/*.{ts,tsx}', { cwd: rootDir })
  .filter((path) => !/node_modules|\.d\.ts$|^console\/(dist\/|src\/api\/types\.ts$)/.test(path))
  .map(readSource);

function readSource(path: string): SourceFile {
  const code = withoutComments(readFileSync(join(rootDir, path), 'utf8'));
  const specifiers = code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\bimport\.meta\.resolve\(\s*)(['"])([^'"\n]+)\1/g);
  return { path, code, imports: [...specifiers].map((match) => match[2] as string) };
}

// Examples in header comments are no imports. Lines are enough: comments behind code hold none.
function withoutComments(text: string): string {
  return text
    .replace(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '')
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\*)/.test(line))
    .join('\n');
}

const isTest = ({ path }: SourceFile) => /\.test\.ts$/.test(path) || path.split('/').includes('testing');

/** The files of the project that this one imports, as paths from the root. */
function neighbours(file: SourceFile): string[] {
  return file.imports
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative(rootDir, resolve(rootDir, dirname(file.path), specifier)));
}

function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'src' ? second : top;
}

test('house: every folder is one of the plan', (context) => {
  for (const line of longFiles()) context.diagnostic(line);
  const folders = (path: string) =>
    readdirSync(join(rootDir, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .map((entry) => entry.name);
  assert.deepEqual(
    folders('.').filter((name) => !ROOT_FOLDERS.includes(name)),
    [],
  );
  assert.deepEqual(
    folders('src').filter((name) => !(name in MAY_USE)),
    [],
  );
});

// Long files are named, not forbidden.
function longFiles(): string[] {
  return files
    .map(({ path }) => ({ path, lines: readFileSync(join(rootDir, path), 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > LONG_FILE_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

test('house: a room uses only what its floor allows', () => {
  const wrong = files
    .filter((file) => file.path.startsWith('src/') && !isTest(file))
    .flatMap((file) =>
      neighbours(file)
        .filter((target) => !allowed(roomOf(file.path), roomOf(target)))
        .map((target) => `${file.path} imports ${target}`),
    );
  assert.deepEqual(wrong, []);
});

test('house: a room of the console uses only what its floor allows, and a page nothing of another page', () => {
  const wrong = files
    .filter(({ path }) => path.startsWith(CONSOLE) && !CONSOLE_BEGINS.includes(consoleRoomOf(path)))
    .flatMap((file) =>
      neighbours(file)
        .filter((target) => !allowedInConsole(file.path, target))
        .map((target) => `${file.path} imports ${target}`),
    );
  assert.deepEqual(wrong, []);
});

const CONSOLE = 'console/src/';

function consoleRoomOf(path: string): string {
  return (path.slice(CONSOLE.length).split('/')[0] as string).replace(/\.tsx?$/, '');
}

function allowedInConsole(from: string, to: string): boolean {
  if (!to.startsWith(CONSOLE)) return false;
  const [room, other] = [consoleRoomOf(from), consoleRoomOf(to)];
  if (room === 'pages' && other === 'pages') return [undefined, pageOf(from)].includes(pageOf(to));
  return room === other || (CONSOLE_MAY_USE[room] ?? []).includes(other);
}

/** The page that a file is part of; none where it is of all pages. */
function pageOf(path: string): string | undefined {
  return path.slice(CONSOLE.length).split('/').slice(1, -1)[0];
}

function allowed(from: string, to: string): boolean {
  return from === to || (MAY_USE[from] ?? []).includes(to);
}

test('house: tests use their own room, what that may use, and test/ alone', () => {
  const wrong = files
    .filter((file) => file.path.startsWith('src/') && isTest(file) && PURE_ROOMS.includes(roomOf(file.path)))
    .flatMap((file) =>
      neighbours(file)
        .filter((target) => !allowed(roomOf(file.path), roomOf(target)) && roomOf(target) !== 'test')
        .map((target) => `${file.path} imports ${target}`),
    );
  assert.deepEqual(wrong, []);
});

test('house: no file imports itself through others', () => {
  const graph = new Map(files.map((file) => [file.path, neighbours(file)]));
  assert.deepEqual(circlesIn(graph), []);
});

function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) circles.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return circles;
}

test('house: the pure rooms reach for no file, net, clock or dice', () => {
  const pure = files.filter((file) => PURE_ROOMS.includes(roomOf(file.path)) && !isTest(file));
  const modules = pure.flatMap((file) =>
    file.imports
      .filter((specifier) => specifier.startsWith('node:') && !PURE_NODE_MODULES.includes(specifier))
      .map((specifier) => `${file.path} imports ${specifier}`),
  );
  const calls = pure.flatMap((file) => {
    const call = IMPURE_CALLS.exec(file.code);
    return call ? [`${file.path} calls ${call[0]}`] : [];
  });
  assert.deepEqual([...modules, ...calls], []);
});

test('house: the check itself sees circles and imports', () => {
  const circle = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  assert.deepEqual(circlesIn(circle), ['b → c → b']);
  assert(files.find(({ path }) => path === 'test/house.test.ts')?.imports.includes('node:assert/strict'));
});
