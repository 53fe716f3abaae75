// A lock that the kernel lets go when its holder dies, however it dies.
//
// Node has no flock. SQLite, which is built in, takes a real file lock for an exclusive transaction; the file stays empty.
import { DatabaseSync } from 'node:sqlite';

export type FileLock = { release(): void };

/** The lock on this file, or nothing when another process holds it. Waits for nobody. */
export function tryLockFile(path: string): FileLock | undefined {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  return { release: () => file.close() };
}

const SQLITE_BUSY = 5;
