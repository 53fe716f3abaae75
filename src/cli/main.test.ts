// The program as a user starts it: exit codes, and what goes to which stream.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

function lading(args: string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [main, ...args], { env: { ...process.env, ...env }, encoding: 'utf8' });
}

const mistakes = [
  { args: ['doctr'], says: 'unknown command: doctr: did you mean "doctor"?\n' },
  { args: ['frobnicate'], says: 'unknown command: frobnicate: "./lading --help" lists those there are\n' },
  { args: ['doctor', '--jsn'], says: 'unknown option: --jsn: did you mean --json?\n' },
  { args: ['doctor', 'now'], says: 'unexpected argument: now: usage: lading doctor [--json]\n' },
];
for (const { args, says } of mistakes) {
  test(`main: ${args.join(' ')} gets one line and exit 2`, () => {
    const { status, stdout, stderr } = lading(args);
    assert.deepEqual({ status, stdout, stderr }, { status: 2, stdout: '', stderr: says });
  });
}

test('main: --help names the commands on stdout; nothing at all shows it on stderr', () => {
  const asked = lading(['--help']);
  assert.equal(asked.status, 0);
  assert.match(asked.stdout, /^ {2}doctor {2,}checks configuration/m);
  const unasked = lading([]);
  assert.deepEqual([unasked.status, unasked.stdout, unasked.stderr], [2, '', asked.stdout]);
});

test('main: a command has its own help', () => {
  const { status, stdout } = lading(['doctor', '--help']);
  assert.equal(status, 0);
  assert.match(stdout, /^usage: \.\/lading doctor \[--json\]\n/);
});

test('main: an unreachable database is one line, and JSON stays JSON', () => {
  const { status, stdout } = lading(['doctor', '--json'], { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x' });
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: { check: string; says: string }[] };
  assert.deepEqual([status, ok], [1, false]);
  const says = findings.find(({ check }) => check === 'PostgreSQL')?.says ?? '';
  assert.match(says, /^the database of DATABASE_URL cannot be reached: postgres:\/\/me@127\.0\.0\.1:1\/x/);
  assert(!stdout.includes('secret'));
});

test('main: a bug is one line and exit 70, its trace is in a file', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lading main '));
  // A command that breaks: the dispatcher's own standing folder is gone.
  const program = `process.cwd = () => { throw new Error('broken\\nin two'); }; process.argv = ['node', 'main', 'doctor']; await import(${JSON.stringify(main)});`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, LADING_DATA: dataDir, LADING_LOG: 'info' },
    encoding: 'utf8',
  });
  assert.equal(status, 70);
  assert.equal(stderr, `unexpected error, a fault of ours: broken: the trace is in ${join(dataDir, 'crash.log')}\n`);
  assert.match(readFileSync(join(dataDir, 'crash.log'), 'utf8'), /Error: broken[\s\S]* at /);
  rmSync(dataDir, { recursive: true });
});
