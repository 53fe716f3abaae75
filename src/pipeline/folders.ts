// Watched folders: what a partner puts there is taken in, and moved away when it is durable and understood.
//
// A file stays where it is until its verdict is known, then goes to `done/` or `quarantined/`. A process that dies in
// between finds it there again and takes it once more, which intake tells as a double; so nothing is lost or done
// twice, and no list of our own is kept. Polling, because notifications do not cross network shares.

import { mkdir, open, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messagesByHash } from '../store/read/knowledge.ts';
import { findMessage, type MessageDetail } from '../store/read/messages.ts';
import type { PipelineContext } from './context.ts';
import { receive } from './intake.ts';

export type WatchedFolder = { readonly partner: string; readonly path: string };

export type FolderOptions = {
  readonly pollMs?: number;
  /** A file must have kept its size and time for so long. */
  readonly stableMs?: number;
  readonly maxBytes?: number;
  /** Something came in: the stations look now. */
  readonly nudge?: () => void;
};

export type FolderWatch = { readonly stop: () => Promise<void> };

type FoldersFault = { readonly what: string; readonly where: string; readonly mend: string };

/** `rdwy=/srv/in/rdwy,swift=/srv/in/swift`: LADING_FOLDERS. A fault is one thing for a person to mend. */
export function parseFolders(text: string): { folders: WatchedFolder[] } | { fault: FoldersFault } {
  const folders: WatchedFolder[] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const [, partner, path] = /^([^=]+)=(.+)$/.exec(part) ?? [];
    if (partner === undefined || path === undefined) {
      const mend = 'give partner=folder, several parted by commas';
      return { fault: { what: 'LADING_FOLDERS is not as it should be', where: part, mend } };
    }
    if (folders.some((folder) => folder.path === path.trim())) {
      const mend = 'each partner needs a folder of its own';
      return { fault: { what: 'LADING_FOLDERS names a folder twice', where: path, mend } };
    }
    folders.push({ partner: partner.trim(), path: path.trim() });
  }
  return { folders };
}

const DONE = 'done';
const QUARANTINED = 'quarantined';
const UNFINISHED = /^\.|~$|\.(part|partial|tmp|temp|filepart|crdownload|swp)$/i;
const FILES_AT_ONCE = 100;

/** Watches until it is stopped. Makes the folders that are missing; rejects when that cannot be. */
export async function watchFolders(
  context: PipelineContext,
  folders: readonly WatchedFolder[],
  options: FolderOptions = {},
): Promise<FolderWatch> {
  const { pollMs = 1_000 } = options;
  for (const { path } of folders) {
    await makeFolder(join(path, DONE));
    await makeFolder(join(path, QUARANTINED));
  }
  const stopping = new AbortController();
  const watching = folders.map((folder) => watch(newVisit(context, folder, options), pollMs, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(watching);
    },
  };
}

// With these three fields it is told to a person as one line.
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const fault: FoldersFault = {
      what: 'a watched folder cannot be used',
      where: path,
      mend: `make it writable for this user, or correct LADING_FOLDERS (${(error as NodeJS.ErrnoException).code})`,
    };
    throw Object.assign(new Error(`${fault.what}: ${path}`), fault);
  }
}

type Seen = { size: number; changedMs: number; sinceMs: number };
type Visit = WatchedFolder & {
  readonly context: PipelineContext;
  readonly stableMs: number;
  readonly maxBytes: number;
  readonly nudge: () => void;
  /** Not taken yet: how the file looked, and since when. */
  readonly seen: Map<string, Seen>;
  /** Taken, verdict not known yet: file name → message id. */
  readonly taken: Map<string, string>;
};

function newVisit(context: PipelineContext, folder: WatchedFolder, options: FolderOptions): Visit {
  const { stableMs = 2_000, maxBytes = 256 * 1024 * 1024, nudge = () => {} } = options;
  return { ...folder, context, stableMs, maxBytes, nudge, seen: new Map(), taken: new Map() };
}

async function watch(visit: Visit, pollMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await visitOnce(visit);
    } catch (error) {
      visit.context.log.warn({ folder: visit.path, error: String(error) }, 'a watched folder could not be read');
    }
    await sleep(pollMs, undefined, { signal }).catch(() => {});
  }
}

/** One look: takes what is complete, and moves what has its verdict. */
async function visitOnce(visit: Visit): Promise<void> {
  const entries = await readdir(visit.path, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !UNFINISHED.test(entry.name)).map(({ name }) => name);
  for (const name of visit.seen.keys()) if (!names.includes(name)) visit.seen.delete(name);
  for (const name of names.sort().slice(0, FILES_AT_ONCE + visit.taken.size)) {
    if (!visit.taken.has(name) && (await isComplete(visit, name))) await take(visit, name);
  }
  for (const [name, id] of visit.taken) await moveWhenSettled(visit, name, id);
}

async function isComplete({ path, seen, stableMs }: Visit, name: string): Promise<boolean> {
  const { size, mtimeMs } = await stat(join(path, name)).catch(() => ({ size: -1, mtimeMs: 0 }));
  if (size < 0) return false; // gone meanwhile
  const before = seen.get(name);
  if (before === undefined || before.size !== size || before.changedMs !== mtimeMs) {
    seen.set(name, { size, changedMs: mtimeMs, sinceMs: performance.now() });
    return false;
  }
  return size > 0 && performance.now() - before.sinceMs >= stableMs;
}

async function take(visit: Visit, name: string): Promise<void> {
  const { context, path, partner, seen, taken, maxBytes } = visit;
  if ((seen.get(name)?.size ?? 0) > maxBytes) {
    return setAside(visit, name, name, `It has more than ${maxBytes} bytes: send it in parts.`);
  }
  const bytes = await readWhole(join(path, name)).catch((error: NodeJS.ErrnoException) => {
    context.log.warn({ folder: path, file: name, error: error.code }, 'a file cannot be read; make it readable');
    return undefined;
  });
  // Looked at anew: one that cannot be read is tried again after a while, and not at every turn.
  seen.delete(name);
  if (bytes === undefined) return;
  const [receipt] = await receive(context, [{ bytes, partner, channel: 'folder', fileName: name }]);
  if (receipt === undefined) return;
  taken.set(name, receipt.id);
  context.log.info({ correlation: receipt.correlation, message: receipt.id, partner, file: name }, 'file received');
  if (!receipt.duplicate) visit.nudge();
}

async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function moveWhenSettled(visit: Visit, name: string, id: string): Promise<void> {
  const message = await judged(visit, id);
  if (message === undefined) return;
  visit.taken.delete(name);
  const { problems = [] } = message;
  if (message.verdict !== 'quarantined') return move(visit, name, DONE, id);
  const reasons = problems.map(({ kind, subject, detail }) => `${kind} ${subject}: ${detail}`);
  await setAside(visit, name, id, [...reasons, `lading explain message:${message.id}`].join('\n'));
}

// A double shares the verdict of its original: it may have been taken by us, before we died.
async function judged({ context: { store } }: Visit, id: string): Promise<MessageDetail | undefined> {
  const message = await findMessage(store, store.tenant, id);
  if (message === undefined || message.verdict === 'received') return undefined;
  if (message.verdict !== 'duplicate') return message;
  const [original] = await messagesByHash(store, store.tenant, message.sha256, message.partner);
  const first = original === undefined ? undefined : await findMessage(store, store.tenant, original);
  if (first === undefined) return message;
  return first.verdict === 'received' ? undefined : first;
}

async function setAside(visit: Visit, name: string, id: string, reason: string): Promise<void> {
  await move(visit, name, QUARANTINED, id);
  await writeFile(join(visit.path, QUARANTINED, `${name}.reason.txt`), `${reason}\n`);
}

// What lies there under that name is kept: the newcomer gets its message's number.
async function move({ path, context }: Visit, name: string, folder: string, id: string): Promise<void> {
  const wanted = join(path, folder, name);
  const isFree = await stat(wanted).then(
    () => false,
    () => true,
  );
  try {
    await rename(join(path, name), isFree ? wanted : `${wanted}.${id}`);
  } catch (error) {
    // Another process that watches the same folder was quicker, or somebody took it away.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    context.log.debug({ folder: path, file: name }, 'the file is gone');
  }
}
