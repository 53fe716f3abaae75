// The files in the data folder by which the keeper and its users find each other: LADING_DATA/postgres/.
//
//   data/          the cluster (elsewhere when `location` says so, see place.ts)
//   password       of the role, readable by us alone
//   port           the port used last, asked for first
//   keeper.json    where the keeper listens, and the word it wants to hear
//   keeper.lock    held by the one keeper while it lives
//   keeper.log     what a keeper could tell nobody
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseProblem } from './problem.ts';

export type KeeperAddress = { port: number; word: string };

/** The folder below the data folder, made when it is missing. */
export function openLodging(dataDir: string): string {
  const lodgingDir = join(resolve(dataDir), 'postgres');
  try {
    // Root's server runs as another user, who must be able to pass through.
    mkdirSync(lodgingDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    accessSync(lodgingDir, constants.W_OK | constants.X_OK);
    return lodgingDir;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DatabaseProblem({
      kind: code === 'ENOSPC' ? 'disk-full' : 'data-folder',
      what: code === 'ENOSPC' ? 'the disk is full' : 'the data folder cannot be written',
      where: lodgingDir,
      mend: 'make it writable for this user or choose another by LADING_DATA',
    });
  }
}

/** The role's password, made up on first use. Only the keeper calls this, so nobody else is making one up. */
export function ensurePassword(lodgingDir: string): string {
  const path = join(lodgingDir, 'password');
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeWhole(path, `${password}\n`);
  return password;
}

export function rememberedPort(lodgingDir: string): number | undefined {
  const path = join(lodgingDir, 'port');
  const port = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  return Number.isInteger(port) && port > 1023 && port < 65536 ? port : undefined;
}

export function rememberPort(lodgingDir: string, port: number): void {
  writeWhole(join(lodgingDir, 'port'), `${port}\n`);
}

export function publishKeeper(lodgingDir: string, address: KeeperAddress): void {
  writeWhole(join(lodgingDir, 'keeper.json'), JSON.stringify(address));
}

export function withdrawKeeper(lodgingDir: string): void {
  rmSync(join(lodgingDir, 'keeper.json'), { force: true });
}

export function findKeeper(lodgingDir: string): KeeperAddress | undefined {
  try {
    return JSON.parse(readFileSync(join(lodgingDir, 'keeper.json'), 'utf8')) as KeeperAddress;
  } catch {
    return undefined;
  }
}

// Readers see the old file or the new one, never half of it.
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
