// The keeper: a small process of its own that runs the server for all processes of one data folder.
//
// Each user holds a connection to it. The kernel closes that connection when the user dies, in whatever way, so the
// count of users is never wrong: the last one gone, the server is stopped and the keeper ends. Should the keeper itself
// be killed, its watcher (cluster.ts) stops the server, and the users start another keeper.
//
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { ensureCluster, findRunning, NAME, type Server, startServer, stopServer } from './cluster.ts';
import { tryLockFile } from './file-lock.ts';
import { freePort } from './free-port.ts';
import { KEEPER_EXIT, type KeeperMessage } from './keeper-message.ts';
import { ensurePassword, publishKeeper, rememberedPort, rememberPort, withdrawKeeper } from './lodging.ts';
import { findPlace, type Place } from './place.ts';
import { DatabaseProblem, problemData, problemFromLog } from './problem.ts';

// A killed hub is often started again at once; it should find the server up. Who leaves in order is not waited for.
const LINGER_MS = 1_000;
// A keeper whose starter died before it connected.
const LONELY_MS = 15_000;

type State = {
  lodgingDir: string;
  door: NetServer;
  users: Set<Socket>;
  leaving: Set<Socket>;
  server: Server | undefined;
  comingUp: Promise<void>;
  outcome: KeeperMessage | undefined;
  /** Not yet told, for want of users. */
  untold: string[];
  stopTimer: NodeJS.Timeout | undefined;
  stopping: boolean;
};

async function keep(lodgingDir: string): Promise<void> {
  const lock = tryLockFile(`${lodgingDir}/keeper.lock`);
  if (!lock) process.exit(KEEPER_EXIT.anotherKeeps);
  const state: State = {
    lodgingDir,
    door: createServer(),
    users: new Set(),
    leaving: new Set(),
    server: undefined,
    comingUp: Promise.resolve(),
    outcome: undefined,
    untold: [],
    stopTimer: undefined,
    stopping: false,
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(state));
  await openDoor(state);
  stopWhenEmpty(state, LONELY_MS);
  state.comingUp = bringUp(state);
  await state.comingUp;
  stopWhenEmpty(state, LONELY_MS);
}

async function openDoor(state: State): Promise<void> {
  const word = randomBytes(16).toString('hex');
  state.door.on('connection', (socket) => receive(state, socket, word));
  state.door.listen(0, '127.0.0.1');
  await once(state.door, 'listening');
  const { port } = state.door.address() as { port: number };
  publishKeeper(state.lodgingDir, { port, word });
}

function receive(state: State, socket: Socket, word: string): void {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    if (!state.users.delete(socket)) return;
    stopWhenEmpty(state, LINGER_MS);
  });
  const lines = createInterface({ input: socket });
  lines.on('error', () => socket.destroy());
  lines.on('line', (line) => {
    if (line === word) enter(state, socket);
    else if (state.users.has(socket)) leave(state, socket);
    else socket.destroy();
  });
}

function enter(state: State, socket: Socket): void {
  if (state.stopping) return void socket.destroy();
  clearTimeout(state.stopTimer);
  state.users.add(socket);
  for (const say of state.untold.splice(0)) send(socket, { say });
  if (!state.outcome) return;
  if ('failed' in state.outcome) tellAll(state, state.outcome);
  else send(socket, state.outcome);
}

// The last one to leave waits until everything has stopped; the others are free at once.
function leave(state: State, socket: Socket): void {
  state.users.delete(socket);
  if (state.users.size > 0) return void send(socket, { left: {} });
  state.leaving.add(socket);
  void stop(state);
}

function send(socket: Socket, message: KeeperMessage): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}

function tellAll(state: State, message: KeeperMessage): void {
  for (const socket of state.users) send(socket, message);
  // A failure told, this keeper is done for: the next start is to try anew.
  if ('failed' in message && state.users.size > 0) void stop(state);
}

function stopWhenEmpty(state: State, afterMs: number): void {
  if (state.users.size > 0 || state.stopping) return;
  clearTimeout(state.stopTimer);
  state.stopTimer = setTimeout(() => void stop(state), afterMs);
}

async function bringUp(state: State): Promise<void> {
  try {
    const say = (line: string) => {
      if (state.users.size === 0) state.untold.push(line);
      else tellAll(state, { say: line });
    };
    const place = findPlace(state.lodgingDir, say);
    const password = ensurePassword(state.lodgingDir);
    ensureCluster(place, password);
    const server = (await findRunning(place)) ?? (await startOnSomePort(state.lodgingDir, place, say));
    state.server = server;
    void server.gone.then(() => lost(state));
    const url = `postgres://${NAME}:${password}@127.0.0.1:${server.port}/${NAME}`;
    state.outcome = { ready: { url, port: server.port } };
  } catch (error) {
    state.outcome = { failed: problemData(asProblem(error, state.lodgingDir)) };
  }
  tellAll(state, state.outcome);
}

function asProblem(error: unknown, where: string): DatabaseProblem {
  if (error instanceof DatabaseProblem) return error;
  console.error(error); // goes to keeper.log
  return problemFromLog(error instanceof Error ? error.message : String(error), where);
}

async function startOnSomePort(lodgingDir: string, place: Place, say: (line: string) => void): Promise<Server> {
  const known = rememberedPort(lodgingDir);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = attempt === 0 && known ? known : await freePort();
    const server = await startServer(place, port);
    if (!server) {
      say(`port ${port} is taken by another program: PostgreSQL takes another one`);
      continue;
    }
    if (port !== known) rememberPort(lodgingDir, port);
    return server;
  }
  throw new DatabaseProblem({
    kind: 'start-failed',
    what: 'no free port for PostgreSQL',
    where: '127.0.0.1',
    mend: 'close programs that listen there or set DATABASE_URL to a PostgreSQL of your own',
  });
}

// The server ended without our doing. The users notice that we are gone and start another keeper.
function lost(state: State): void {
  if (state.stopping) return;
  state.server?.watcher.dismiss();
  withdrawKeeper(state.lodgingDir);
  process.exit(1);
}

async function stop(state: State): Promise<void> {
  if (state.stopping) return;
  state.stopping = true;
  withdrawKeeper(state.lodgingDir);
  state.door.close();
  await state.comingUp;
  if (state.server) await stopServer(state.server);
  for (const socket of state.leaving) send(socket, { left: { keeperPid: process.pid } });
  for (const socket of [...state.leaving, ...state.users]) socket.end();
  setTimeout(() => process.exit(0), 50); // the lock goes with the process
}

// Nobody is there yet to be told: the exit code must do.
function giveUp(error: NodeJS.ErrnoException): never {
  console.error(error); // goes to keeper.log
  // SQLite, which holds the lock, has words of its own for it.
  const diskFull = error.code === 'ENOSPC' || /disk is full|disk I\/O error/.test(error.message);
  process.exit(diskFull ? KEEPER_EXIT.diskFull : 1);
}

await keep(process.argv[2] as string).catch(giveUp);
