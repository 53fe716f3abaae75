// The embedded server as its users see it: real processes, real signals.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseProblem } from './embedded/problem.ts';
import { type Embedded, openDatabase, startEmbedded } from './embedded.ts';

const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
let template: string;
before(async () => {
  template = freshFolder();
  await withServer(template, async () => {});
});
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lading embedded '));
  folders.push(folder);
  chmodSync(folder, 0o711);
  return folder;
}

// Making a cluster takes a second and more: most tests begin with a copy of one.
function folderWithCluster(): string {
  const folder = freshFolder();
  assert.equal(spawnSync('cp', ['-a', join(template, 'postgres'), folder]).status, 0);
  return folder;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function serverPid(clusterDir: string): number {
  return Number(readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function runs(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

async function untilGone(pid: number): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (runs(pid)) {
    assert(Date.now() < deadline, `process ${pid} is still there`);
    await sleep(25);
  }
}

/** Another process that joins the server and stays. */
async function spawnUser(dataDir: string): Promise<{ process: ChildProcess; url: string }> {
  const program = `
    const { startEmbedded } = await import(${JSON.stringify(import.meta.resolve('./embedded.ts'))});
    const { url } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(url);
    setInterval(() => {}, 1000);`;
  const user = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const url of createInterface({ input: user.stdout })) return { process: user, url };
  throw new Error('the process ended before it had a server');
}

async function withServer(dataDir: string, use: (server: Embedded) => Promise<void>): Promise<void> {
  const server = await startEmbedded({ dataDir });
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

test('embedded: a second start finds the data of the first, and a stop leaves no process', async () => {
  const dataDir = folderWithCluster();
  let pid = 0;
  await withServer(dataDir, async ({ url }) => {
    await query(url, 'create table kept as select 42 as answer');
    pid = serverPid(join(dataDir, 'postgres/data'));
  });
  assert(!runs(pid), 'the server has ended');
  assert(Number.isNaN(keeperPid(dataDir)), 'the keeper has ended');
  await withServer(dataDir, async ({ url }) => {
    assert.deepEqual(await query(url, 'select answer from kept'), [{ answer: 42 }]);
  });
  assert.equal(statSync(join(dataDir, 'postgres/password')).mode & 0o777, 0o600);
});

test('embedded: two processes share one server, which outlives the one that started it', async () => {
  const dataDir = folderWithCluster();
  const [first, second] = await Promise.all([spawnUser(dataDir), spawnUser(dataDir)]);
  assert.equal(first.url, second.url);
  const pid = serverPid(join(dataDir, 'postgres/data'));
  first.process.kill('SIGKILL');
  await sleep(1500);
  assert.deepEqual(await query(second.url, 'select 1 as one'), [{ one: 1 }]);
  second.process.kill('SIGKILL');
  await untilGone(pid);
});

test('embedded: SIGKILL of the only user leaves no server, and the next start finds what was committed', async () => {
  const dataDir = folderWithCluster();
  const user = await spawnUser(dataDir);
  await query(user.url, 'create table kept as select 42 as answer');
  const pid = serverPid(join(dataDir, 'postgres/data'));
  user.process.kill('SIGKILL');
  await untilGone(pid);
  await withServer(dataDir, async ({ url }) => {
    assert.deepEqual(await query(url, 'select answer from kept'), [{ answer: 42 }]);
  });
});

test('embedded: a user that is killed and started again at once finds its server up', async () => {
  const dataDir = folderWithCluster();
  const user = await spawnUser(dataDir);
  const pid = serverPid(join(dataDir, 'postgres/data'));
  user.process.kill('SIGKILL');
  await withServer(dataDir, async () => assert.equal(serverPid(join(dataDir, 'postgres/data')), pid));
});

test('embedded: SIGKILL of the keeper stops its server, and its users get another', async () => {
  const dataDir = folderWithCluster();
  const said: string[] = [];
  const server = await startEmbedded({ dataDir, log: (line) => said.push(line) });
  const pid = serverPid(join(dataDir, 'postgres/data'));
  process.kill(keeperPid(dataDir), 'SIGKILL');
  await untilGone(pid);
  const deadline = Date.now() + 15_000;
  while (!(await query(server.url, 'select 1').catch(() => undefined))) {
    assert(Date.now() < deadline, 'no new server');
    await sleep(50);
  }
  assert.match(said.join('\n'), /ended unexpectedly/);
  const next = serverPid(join(dataDir, 'postgres/data'));
  await server.stop();
  await untilGone(next);
});

function keeperPid(dataDir: string): number {
  const { stdout } = spawnSync('ps', ['-ww', '-eo', 'pid=,args='], { encoding: 'utf8' });
  const line = stdout.split('\n').find((each) => each.includes('keeper.ts') && each.includes(dataDir));
  return Number.parseInt(line ?? '', 10);
}

test('embedded: a server that lost keeper and watcher is adopted, and stopped in the end', async () => {
  const dataDir = folderWithCluster();
  const user = await spawnUser(dataDir);
  const pid = serverPid(join(dataDir, 'postgres/data'));
  // The watcher first, or it would stop the server.
  spawnSync('kill', ['-9', ...watcherPids(pid)]);
  for (const each of [user.process.pid, keeperPid(dataDir)]) process.kill(each as number, 'SIGKILL');
  await withServer(dataDir, async ({ url }) => {
    assert.equal(serverPid(join(dataDir, 'postgres/data')), pid);
    assert.deepEqual(await query(url, 'select 1 as one'), [{ one: 1 }]);
  });
  await untilGone(pid);
});

function watcherPids(pid: number): string[] {
  const { stdout } = spawnSync('ps', ['-ww', '-eo', 'pid=,args='], { encoding: 'utf8' });
  const lines = stdout.split('\n').filter((line) => line.endsWith(`lading-watch ${pid}`));
  return lines.map((line) => line.trim().split(' ')[0] as string);
}

test('embedded: below a folder that others cannot enter, root keeps the data elsewhere and finds it again', {
  skip: isRoot ? false : 'needs root: only its server runs as another user',
}, async () => {
  const locked = freshFolder();
  chmodSync(locked, 0o700);
  const dataDir = join(locked, 'below');
  const said: string[] = [];
  const server = await startEmbedded({ dataDir, log: (line) => said.push(line) });
  const home = readFileSync(join(dataDir, 'postgres/location'), 'utf8').trim();
  folders.push(home);
  await query(server.url, 'create table kept as select 42 as answer');
  await server.stop();
  assert.match(said.join('\n'), /other users cannot enter/);
  await withServer(dataDir, async ({ url }) => {
    assert.deepEqual(await query(url, 'select answer from kept'), [{ answer: 42 }]);
  });
});

test('embedded: a remembered port that is taken is given up for another', async () => {
  const dataDir = folderWithCluster();
  const squatter = createServer();
  await new Promise<void>((done) => squatter.listen(0, '127.0.0.1', done));
  const { port } = squatter.address() as { port: number };
  writeFileSync(join(dataDir, 'postgres/port'), `${port}\n`);
  await withServer(dataDir, async (server) => assert.notEqual(server.port, port));
  squatter.close();
});

async function problemOf(attempt: Promise<unknown>): Promise<DatabaseProblem> {
  const outcome = await attempt.catch((error) => error);
  assert(outcome instanceof DatabaseProblem, `a DatabaseProblem, not ${outcome}`);
  return outcome;
}

test('embedded: a stale process number and a damaged folder are told apart', async () => {
  const dataDir = folderWithCluster();
  await withServer(dataDir, async () => {});
  const cluster = join(dataDir, 'postgres/data');
  // Our own number: a living process that is no PostgreSQL.
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`);
  await withServer(dataDir, async ({ url }) => assert.deepEqual(await query(url, 'select 1 as one'), [{ one: 1 }]));
  rmSync(join(cluster, 'global'), { recursive: true });
  const damaged = await problemOf(startEmbedded({ dataDir }));
  assert.equal(damaged.kind, 'damaged');
  writeFileSync(join(cluster, 'PG_VERSION'), '17\n');
  assert.equal((await problemOf(startEmbedded({ dataDir }))).kind, 'version');
});

test('embedded: a half-made cluster is made anew', async () => {
  const dataDir = freshFolder();
  mkdirSync(join(dataDir, 'postgres/data.half/base'), { recursive: true });
  chmodSync(join(dataDir, 'postgres'), 0o711);
  await withServer(dataDir, async () => assert(!existsSync(join(dataDir, 'postgres/data.half'))));
});

test('embedded: a data folder that cannot be written says so', async () => {
  const dataDir = join(freshFolder(), 'file');
  writeFileSync(dataDir, 'in the way');
  const problem = await problemOf(startEmbedded({ dataDir }));
  assert.equal(problem.kind, 'data-folder');
  assert.match(problem.message, /LADING_DATA/);
});

test('database: DATABASE_URL that leads nowhere says where it led and how to set it', async () => {
  const problem = await problemOf(openDatabase({ DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/lading' }));
  assert.equal(problem.kind, 'unreachable');
  assert.match(problem.message, /127\.0\.0\.1:1\/lading .*ECONNREFUSED.*set DATABASE_URL=/);
  assert.doesNotMatch(problem.message, /secret/);
});

test('database: DATABASE_URL that is none of PostgreSQL says so', async () => {
  for (const url of ['nonsense', 'http://localhost/lading']) {
    assert.equal((await problemOf(openDatabase({ DATABASE_URL: url }))).kind, 'unreachable');
  }
});

test('database: a wrong password is told from a server that is away', async () => {
  await withServer(folderWithCluster(), async ({ url }) => {
    const wrong = new URL(url);
    wrong.password = 'wrong';
    const problem = await problemOf(openDatabase({ DATABASE_URL: wrong.href }));
    assert.equal(problem.kind, 'refused');
  });
});
