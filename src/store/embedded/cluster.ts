// One PostgreSQL cluster on disk: made, started, found running, stopped. Runs in the keeper, under its lock.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './place.ts';
import { DatabaseProblem, problemFromLog } from './problem.ts';
import { serverSettings } from './settings.ts';

/** The server's role and database. */
export const NAME = 'lading';

const MAJOR_VERSION = '18';
const START_SECONDS = 120; // reading the log again after a crash may take its time
const STOP_SECONDS = 60;
const LOG_BYTES = 10 * 1024 * 1024;

/** A running server. `gone` settles when it has ended, for whatever reason. */
export type Server = { pid: number; port: number; gone: Promise<void>; watcher: Watcher };

const dataOf = (place: Place) => join(place.homeDir, 'data');
const logOf = (place: Place) => join(place.homeDir, 'server.log');

/** Makes the cluster unless it is there. A half-made one of an interrupted start is thrown away. */
export function ensureCluster(place: Place, password: string): void {
  const dataDir = dataOf(place);
  if (existsSync(dataDir)) {
    checkVersion(dataDir);
    return;
  }
  const half = join(place.homeDir, 'data.half');
  const passwordFile = join(place.homeDir, `initdb-${randomBytes(4).toString('hex')}`);
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(place, half, passwordFile);
  try {
    runProgram(place, 'initdb', [
      ...['-D', half, '-U', NAME, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'],
      ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    ]);
    runProgram(place, 'postgres', ['--single', '-D', half, 'postgres'], `create database ${NAME}\n`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const ownSettings = join(half, 'local.conf');
  appendFileSync(
    join(half, 'postgresql.conf'),
    "\ninclude_if_exists = 'lading.conf'\ninclude_if_exists = 'local.conf'\n",
  );
  writeFileSync(ownSettings, '# Settings of your own for PostgreSQL; they go before those of Lading.\n', {
    mode: 0o600,
  });
  giveTo(place, ownSettings);
  renameSync(half, dataDir);
}

function checkVersion(dataDir: string): void {
  const versionFile = join(dataDir, 'PG_VERSION');
  if (!existsSync(versionFile)) throw problemFromLog(`"${dataDir}" is not a database cluster`, dataDir);
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== MAJOR_VERSION) throw problemFromLog('database files are incompatible with server', dataDir);
}

function giveTo(place: Place, ...paths: string[]): void {
  const { identity } = place;
  if (identity) for (const path of paths) chownSync(path, identity.uid, identity.gid);
}

function runProgram(place: Place, program: string, args: string[], input = ''): void {
  const result = spawnSync(join(place.nativeDir, 'bin', program), args, {
    ...place.identity,
    cwd: place.homeDir,
    env: serverEnvironment(),
    input,
    encoding: 'utf8',
    timeout: START_SECONDS * 1000,
  });
  if (result.status === 0) return;
  throw problemFromLog(`${result.error?.message ?? ''}\n${result.stderr ?? ''}`, place.homeDir);
}

// Nothing of the caller's environment: PGDATA, PGPORT and LC_ALL would change what we ask for.
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/** The server of this data folder that an earlier keeper left running, once it is ready. */
export async function findRunning(place: Place): Promise<Server | undefined> {
  const deadline = Date.now() + STOP_SECONDS * 1000;
  while (Date.now() < deadline) {
    const found = readPidFile(place);
    if (!found) return undefined;
    if (!isAlive(found.pid, place)) {
      // The number may belong to somebody else by now, which PostgreSQL would take for a running server.
      rmSync(join(dataOf(place), 'postmaster.pid'), { force: true });
      return undefined;
    }
    const { pid, port, status } = found;
    if (status === 'ready') return { pid, port, gone: untilDead(pid, place), watcher: watchOver(pid, place) };
    await sleep(50);
  }
  return undefined;
}

async function untilDead(pid: number, place: Place): Promise<void> {
  while (isAlive(pid, place)) await sleep(250);
}

type PidFile = { pid: number; port: number; status: string };

// Lines of postmaster.pid: pid, data folder, start time, port, socket folder, address, shared memory, status.
function readPidFile(place: Place): PidFile | undefined {
  try {
    const lines = readFileSync(join(dataOf(place), 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
  } catch {
    return undefined;
  }
}

// A number alone proves little: it may be reused, a zombie, or come along with a copied folder.
function isAlive(pid: number, place: Place): boolean {
  if (!(pid > 0)) return false;
  return commandOf(pid).includes(realpathSync(dataOf(place)));
}

function commandOf(pid: number): string {
  if (process.platform !== 'linux') return spawnSync('ps', ['-ww', '-o', 'command=', '-p', `${pid}`]).stdout.toString();
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Starts the server on this port and waits until it takes connections; nothing when the port is taken. */
export async function startServer(place: Place, port: number): Promise<Server | undefined> {
  const dataDir = realpathSync(dataOf(place));
  const settings = join(dataDir, 'lading.conf');
  writeFileSync(settings, serverSettings(totalmem()));
  giveTo(place, settings);
  const log = openLog(place);
  const child = spawn(join(place.nativeDir, 'bin', 'postgres'), ['-D', dataDir, '-p', `${port}`], {
    ...place.identity,
    cwd: dataDir,
    env: serverEnvironment(),
    stdio: ['ignore', log.file, log.file],
    detached: true,
  });
  closeSync(log.file);
  const end = endOf(child);
  const watcher = watchOver(child.pid, place);
  const ready = await untilReady(place, child, end);
  if (ready) return { pid: child.pid as number, port, gone: end.gone, watcher };
  watcher.dismiss();
  const lastWords = `${end.reason ?? ''}\n${readFrom(logOf(place), log.offset)}`;
  if (/could not bind|Address already in use|could not create any TCP/.test(lastWords)) return undefined;
  throw problemFromLog(lastWords, place.homeDir);
}

type End = { gone: Promise<void>; ended: boolean; reason: string | undefined };

function endOf(child: ChildProcess): End {
  const end: End = { gone: Promise.resolve(), ended: false, reason: undefined };
  end.gone = new Promise((resolve) => {
    child.once('error', (error) => {
      end.reason = error.message;
      end.ended = true;
      resolve();
    });
    child.once('exit', () => {
      end.ended = true;
      resolve();
    });
  });
  return end;
}

async function untilReady(place: Place, child: ChildProcess, end: End): Promise<boolean> {
  const deadline = Date.now() + START_SECONDS * 1000;
  while (!end.ended && Date.now() < deadline) {
    const found = readPidFile(place);
    if (found?.pid === child.pid && found?.status === 'ready') return true;
    await sleep(20);
  }
  if (!end.ended) child.kill('SIGQUIT');
  return false;
}

function openLog(place: Place): { file: number; offset: number } {
  const path = logOf(place);
  if (existsSync(path) && statSync(path).size > LOG_BYTES) renameSync(path, `${path}.old`);
  const file = openSync(path, 'a', 0o600);
  chmodSync(path, 0o600);
  return { file, offset: statSync(path).size };
}

function readFrom(path: string, offset: number): string {
  const file = openSync(path, 'r');
  const buffer = Buffer.alloc(16 * 1024);
  const length = readSync(file, buffer, 0, buffer.length, offset);
  closeSync(file);
  return buffer.toString('utf8', 0, length);
}

type Watcher = { dismiss(): void };

// A shell that waits for its input to end, which the kernel brings about when the keeper dies in whatever way, and then
// stops the server. It is dismissed when the server has ended by other means.
function watchOver(pid: number | undefined, place: Place): Watcher {
  if (pid === undefined) return { dismiss: () => {} };
  const script = 'while read -r _; do :; done; kill -INT "$1"';
  const watcher = spawn('/bin/sh', ['-c', script, 'lading-watch', `${pid}`], {
    ...place.identity,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.on('error', () => {});
  return { dismiss: () => void watcher.kill('SIGKILL') };
}

/** Stops the server in order: sessions are ended, everything is written. Harsher only when it does not listen. */
export async function stopServer(server: Server): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', STOP_SECONDS],
    ['SIGQUIT', 10],
    ['SIGKILL', 5],
  ] as const) {
    try {
      process.kill(server.pid, signal);
    } catch {
      return server.watcher.dismiss(); // gone already
    }
    const ended = await Promise.race([server.gone.then(() => true), sleep(seconds * 1000, false, { ref: false })]);
    if (ended) return server.watcher.dismiss();
  }
  throw new DatabaseProblem({
    kind: 'start-failed',
    what: 'PostgreSQL does not stop',
    where: `process ${server.pid}`,
    mend: `end it with "kill -9 ${server.pid}"`,
  });
}
