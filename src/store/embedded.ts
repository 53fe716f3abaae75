// The database that comes along: the real PostgreSQL 18, started when somebody needs it, gone when nobody does.
//
// All processes that use one data folder share one server. It belongs to none of them but to a keeper process
// (embedded/keeper.ts) which holds it as long as one of them lives, so that Ctrl-C and SIGKILL alike leave nothing
// behind. Begin there; embedded/place.ts says where things lie when we are root.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { KEEPER_EXIT, type KeeperMessage } from './embedded/keeper-message.ts';
import { findKeeper, openLodging } from './embedded/lodging.ts';
import { DatabaseProblem, problemFromLog } from './embedded/problem.ts';

const PATIENCE_MS = 180_000; // making the cluster on a slow disk, or recovering a large one
const LEAVE_MS = 90_000;
const REATTACH_LIMIT = 5;
const FAILURE_LIMIT = 5;

export type Embedded = {
  /** Connects as the owner of the cluster, who may create databases and roles. */
  url: string;
  port: number;
  /** Waits until the server has stopped, when nobody else uses it. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** LADING_DATA; the server's files go into `postgres/` below it. */
  dataDir: string;
  /** Told in plain words what takes its time or was decided. */
  log?: (line: string) => void;
};

/** Joins the server of this data folder, starting it where none runs. Throws `DatabaseProblem`. */
export async function startEmbedded({ dataDir, log = () => {} }: EmbeddedOptions): Promise<Embedded> {
  const lodgingDir = openLodging(dataDir);
  const membership: Membership = { lodgingDir, log, left: false, attachments: 0, seat: undefined };
  const seat = await attach(membership);
  return { url: seat.url, port: seat.port, stop: () => leave(membership) };
}

/** One process's share of the server, through however many keepers. */
type Membership = {
  lodgingDir: string;
  log: (line: string) => void;
  left: boolean;
  attachments: number;
  seat: Seat | undefined;
};

type Seat = {
  socket: Socket;
  url: string;
  port: number;
  /** Settles when the keeper lets us go; with its process number when it ends, for we were the last. */
  released: Promise<number | undefined>;
};

async function attach(membership: Membership): Promise<Seat> {
  const deadline = Date.now() + PATIENCE_MS;
  let keeper: ChildProcess | undefined;
  let failures = 0;
  while (Date.now() < deadline) {
    const seat = await knock(membership);
    if (seat) return settle(membership, seat);
    if (!keeper || keeper.exitCode !== null || keeper.signalCode !== null) {
      if (keeper?.exitCode === KEEPER_EXIT.diskFull)
        throw problemFromLog('No space left on device', membership.lodgingDir);
      if (keeper && keeper.exitCode !== KEEPER_EXIT.anotherKeeps) failures += keeper.exitCode === 0 ? 0 : 1;
      if (failures > FAILURE_LIMIT) break;
      if (keeper) await sleep(100); // another keeper is coming up or going down
      keeper = startKeeper(membership.lodgingDir);
    }
    await sleep(20);
  }
  throw problemFromLog('the keeper of PostgreSQL did not answer: see keeper.log', membership.lodgingDir);
}

function settle(membership: Membership, seat: Seat): Seat {
  membership.seat = seat;
  void seat.released.then(() => reattach(membership, seat));
  return seat;
}

// The keeper or the server was killed. Connections in use are lost and will be opened again by who holds them.
async function reattach(membership: Membership, lostSeat: Seat): Promise<void> {
  if (membership.left) return;
  membership.attachments += 1;
  if (membership.attachments > REATTACH_LIMIT) return membership.log('PostgreSQL keeps ending: giving up on it');
  membership.log('PostgreSQL has ended unexpectedly: starting it again');
  try {
    const seat = await attach(membership);
    if (seat.port !== lostSeat.port) membership.log(`PostgreSQL moved to port ${seat.port}: restart to follow it`);
    if (membership.left) await leaveSeat(seat);
  } catch (error) {
    membership.log(error instanceof Error ? error.message : String(error));
  }
}

function startKeeper(lodgingDir: string): ChildProcess {
  const log = openSync(join(lodgingDir, 'keeper.log'), 'w', 0o600);
  const program = fileURLToPath(import.meta.resolve('./embedded/keeper.ts'));
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  const keeper = spawn(process.execPath, [program, lodgingDir], {
    cwd: '/',
    env,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  keeper.on('error', () => {});
  keeper.unref();
  return keeper;
}

// A seat when the keeper lets us in, nothing when there is none or it is about to go.
async function knock(membership: Membership): Promise<Seat | undefined> {
  const address = findKeeper(membership.lodgingDir);
  if (!address) return undefined;
  const socket = connect({ host: '127.0.0.1', port: address.port });
  let keeperPid: number | undefined;
  const released = new Promise<number | undefined>((done) => socket.once('close', () => done(keeperPid)));
  socket.on('error', () => socket.destroy());
  socket.write(`${address.word}\n`);
  const answer = new Promise<Seat | undefined>((resolve, reject) => {
    const lines = createInterface({ input: socket });
    lines.on('error', () => {}); // the socket's own, which `released` tells of
    lines.on('line', (line) => {
      const message = JSON.parse(line) as KeeperMessage;
      if ('say' in message) membership.log(message.say);
      if ('ready' in message) resolve({ socket, ...message.ready, released });
      if ('failed' in message) {
        socket.destroy();
        reject(new DatabaseProblem(message.failed));
      }
      if ('left' in message) {
        keeperPid = message.left.keeperPid;
        socket.end();
      }
    });
  });
  try {
    return await Promise.race([answer, released.then(() => undefined)]);
  } finally {
    socket.unref(); // whoever forgets to stop may still end
  }
}

async function leave(membership: Membership): Promise<void> {
  if (membership.left) return;
  membership.left = true;
  if (membership.seat) await leaveSeat(membership.seat);
}

async function leaveSeat({ socket, released }: Seat): Promise<void> {
  if (socket.destroyed) return;
  socket.ref();
  socket.write(`${JSON.stringify({ leave: true })}\n`);
  const enough = sleep(LEAVE_MS, undefined, { ref: false });
  const keeperPid = await Promise.race([released, enough]);
  socket.destroy();
  if (keeperPid !== undefined) await untilEnded(keeperPid);
}

// The keeper goes a moment after the server. Whose child it is does not matter here: it is only looked at.
async function untilEnded(pid: number): Promise<void> {
  for (let look = 0; look < 200 && isThere(pid); look += 1) await sleep(10);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const DEFAULT_DATA_DIR = fileURLToPath(new URL('../../.lading', import.meta.url));

export type Database = { url: string; close(): Promise<void> };

/** The database that the environment names, else the embedded one. Throws `DatabaseProblem`. */
export async function openDatabase(
  env: { DATABASE_URL?: string; LADING_DATA?: string },
  log?: (line: string) => void,
): Promise<Database> {
  const { DATABASE_URL: url } = env;
  if (url) {
    await tryConnecting(url);
    return { url, close: async () => {} };
  }
  const embedded = await startEmbedded({ dataDir: env.LADING_DATA || DEFAULT_DATA_DIR, log });
  return { url: embedded.url, close: embedded.stop };
}

async function tryConnecting(url: string): Promise<void> {
  const client = newClient(url);
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw connectionProblem(error as Error & { code?: string }, url);
  } finally {
    await client.end().catch(() => {});
  }
}

function newClient(url: string): pg.Client {
  try {
    const { protocol } = new URL(url);
    if (protocol !== 'postgres:' && protocol !== 'postgresql:') throw new Error(`it begins with ${protocol}`);
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  } catch (error) {
    throw connectionProblem(error as Error, url);
  }
}

const SET_IT = 'set DATABASE_URL=postgres://USER:PASSWORD@HOST:5432/DATABASE, or unset it to use the embedded server';

// Classes 28 and 3D: it is there, and does not let us in.
/** Why a connection to this URL failed, in words. */
export function connectionProblem(error: Error & { code?: string }, url: string): DatabaseProblem {
  const refused = /^(28|3D)/.test(error.code ?? '');
  const reason = error.message || error.code || 'no answer';
  return new DatabaseProblem({
    kind: refused ? 'refused' : 'unreachable',
    what: refused ? 'the database of DATABASE_URL refuses us' : 'the database of DATABASE_URL cannot be reached',
    where: `${withoutPassword(url)} (${reason})`,
    mend: SET_IT,
  });
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'not a URL';
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`;
}
