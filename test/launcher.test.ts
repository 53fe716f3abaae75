// ./lading on machines that lack this or that. Node and npm are stand-ins here, for what matters is what the launcher
// asks of them and when; that the real ones install the real thing is seen by every fresh clone in `.ci/run`.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('..', import.meta.url));
const TOOLS = 'sh cat cmp cp dirname env find grep head ln mkdir mv ps pwd readlink rm sleep touch'.split(' ');

// Prints what it was asked to run, so that a test sees who ran and with which arguments.
const NODE = (version: string) => `#!/bin/sh
[ "$1" = --version ] && echo v${version} && exit 0
while [ "\${1#--}" != "$1" ]; do shift; done
shift
echo "node ${version} ran: $*"
`;
const NPM = `#!/bin/sh
echo "$*" >>"$NPM_CALLS"
[ -n "\${NPM_SECONDS:-}" ] && sleep "$NPM_SECONDS"
[ -n "\${NPM_FAILS:-}" ] && echo "npm error code E_OFFLINE" >&2 && exit 1
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) prefix=$2; shift ;;
    ci) clean=yes ;;
    node@*) runtime=\${1#node@} ;;
    --include=dev) dev=yes ;;
  esac
  shift
done
if [ -n "\${runtime:-}" ]; then
  mkdir -p "$prefix/node_modules/node/bin"
  sed "s/VERSION/$runtime/" "$NODE_SCRIPT" >"$prefix/node_modules/node/bin/node"
  exec chmod +x "$prefix/node_modules/node/bin/node"
fi
[ -n "\${clean:-}" ] && rm -rf "$prefix/node_modules"
mkdir -p "$prefix/node_modules"
[ -n "\${dev:-}" ] && mkdir -p "$prefix/node_modules/typescript"
exit 0
`;

type Machine = { checkout: string; env: NodeJS.ProcessEnv; calls(): string[] };
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function machine(node: string | undefined, hasNpm = true): Machine {
  const folder = mkdtempSync(join(tmpdir(), 'lading launcher '));
  folders.push(folder);
  const [bin, checkout] = [join(folder, 'bin'), join(folder, 'the checkout')];
  mkdirSync(bin);
  mkdirSync(checkout);
  for (const tool of [...TOOLS, 'sed', 'chmod']) symlinkSync(pathOf(tool), join(bin, tool));
  for (const file of ['lading', 'package.json', 'package-lock.json']) {
    copyFileSync(join(rootDir, file), join(checkout, file));
  }
  if (node) script(join(bin, 'node'), NODE(node));
  if (hasNpm) script(join(bin, 'npm'), NPM);
  script(join(folder, 'node-script'), NODE('VERSION'));
  const calls = join(folder, 'npm-calls');
  const env = { PATH: bin, HOME: folder, NPM_CALLS: calls, NODE_SCRIPT: join(folder, 'node-script') };
  return { checkout, env, calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []) };
}

function pathOf(tool: string): string {
  const path = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, tool));
  return path.find((each) => existsSync(each)) ?? `/bin/${tool}`;
}

function script(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

function launch({ checkout, env }: Machine, args: string[], extra: NodeJS.ProcessEnv = {}) {
  return spawnSync(join(checkout, 'lading'), args, { env: { ...env, ...extra }, cwd: '/', encoding: 'utf8' });
}

test('launcher: an old Node is helped out, packages for running come without tools, once', () => {
  const old = machine('20.20.2');
  const first = launch(old, ['demo', '--json', 'two words']);
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stdout, /^node 26\.10\.0 ran: demo --json two words\n$/);
  assert.match(first.stderr, /this machine has v20\.20\.2/);
  assert.equal(old.calls().length, 2);
  assert.match(old.calls()[1] ?? '', /^ci --prefix .*--omit=dev/);
  const second = launch(old, ['demo']);
  assert.equal(second.stderr, '');
  assert.equal(old.calls().length, 2);
});

test('launcher: a Node that is new enough is used as it is', () => {
  const recent = machine('26.1.0');
  assert.match(launch(recent, ['up']).stdout, /^node 26\.1\.0 ran: up/);
  assert.equal(recent.calls().length, 1);
});

test('launcher: tests add the tools to what runs, and a later demo keeps them', () => {
  const recent = machine('26.1.0');
  for (const command of ['demo', 'test', 'demo']) assert.equal(launch(recent, [command]).status, 0);
  const calls = recent.calls();
  assert.equal(calls.length, 2);
  assert.match(calls[1] ?? '', /^install --no-save .*--include=dev/);
});

test('launcher: a changed lock file and a removed node_modules install again', () => {
  const recent = machine('26.1.0');
  launch(recent, ['demo']);
  appendFileSync(join(recent.checkout, 'package-lock.json'), '\n');
  launch(recent, ['demo']);
  rmSync(join(recent.checkout, 'node_modules'), { recursive: true });
  launch(recent, ['demo']);
  assert.equal(recent.calls().length, 3);
});

test('launcher: two starts at once install once', async () => {
  const recent = machine('26.1.0');
  const starts = [start(recent), start(recent)];
  const ends = await Promise.all(starts.map(endOf));
  assert.deepEqual(
    ends.map(({ code }) => code),
    [0, 0],
  );
  assert.equal(recent.calls().length, 1);
  assert.match(ends.map(({ stderr }) => stderr).join(''), /another start is installing/);
});

function start({ checkout, env }: Machine): ChildProcess {
  const child = spawn(join(checkout, 'lading'), ['demo'], { env: { ...env, NPM_SECONDS: '1' }, stdio: 'pipe' });
  return child;
}

function endOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  return new Promise((done) => child.once('close', (code) => done({ code, stderr })));
}

test('launcher: interrupted while installing, it leaves neither process nor lock', async () => {
  const recent = machine('26.1.0');
  const child = start({ ...recent, env: { ...recent.env, NPM_SECONDS: '5' } });
  const end = endOf(child);
  while (recent.calls().length === 0) await sleep(20);
  const lock = join(recent.checkout, '.lading/install.lock');
  while (!/ \d/.test(readFileSync(lock, 'utf8'))) await sleep(20);
  const npm = Number(readFileSync(lock, 'utf8').split(' ')[1]);
  child.kill('SIGINT');
  assert.equal((await end).code, 130);
  assert(!existsSync(lock));
  assert.throws(() => process.kill(npm, 0), { code: 'ESRCH' });
  assert.equal(launch(recent, ['demo']).status, 0);
});

test('launcher: a lock whose owner is gone is taken over', () => {
  const recent = machine('26.1.0');
  const { pid } = spawnSync('true');
  mkdirSync(join(recent.checkout, '.lading'));
  writeFileSync(join(recent.checkout, '.lading/install.lock'), `${pid}\n`);
  assert.equal(launch(recent, ['demo']).status, 0);
});

const LACKS = [
  { name: 'Node and npm', of: () => machine(undefined, false), says: /Node\.js is missing: install .* start again/ },
  { name: 'npm', of: () => machine('20.0.0', false), says: /npm is missing: install it/ },
] as const;

for (const { name, of, says } of LACKS) {
  test(`launcher: without ${name} it says what to do`, () => {
    const { status, stderr } = launch(of(), ['demo']);
    assert.equal(status, 2);
    assert.match(stderr, says);
  });
}

test('launcher: when npm fails, its reason and what is needed are shown, and the next start tries again', () => {
  const recent = machine('26.1.0');
  const { status, stderr } = launch(recent, ['demo'], { NPM_FAILS: 'yes' });
  assert.equal(status, 2);
  assert.match(stderr, /E_OFFLINE[\s\S]*could not be installed.*npm registry/);
  assert.equal(launch(recent, ['demo']).status, 0);
});

test('launcher: a folder that cannot be written says so', {
  skip: process.getuid?.() === 0 ? 'needs an ordinary user: root may write anywhere' : false,
}, () => {
  const recent = machine('26.1.0');
  chmodSync(recent.checkout, 0o555);
  const { status, stderr } = launch(recent, ['demo']);
  chmodSync(recent.checkout, 0o755);
  assert.equal(status, 2);
  assert.match(stderr, /cannot write .*\.lading/);
});

test('launcher: called through a link it finds its folder', () => {
  const recent = machine('26.1.0');
  const link = join(recent.checkout, '..', 'a link');
  symlinkSync(join('the checkout', 'lading'), link);
  const { stdout } = spawnSync(link, ['up'], { env: recent.env, cwd: '/', encoding: 'utf8' });
  assert.match(stdout, /ran: up/);
});
