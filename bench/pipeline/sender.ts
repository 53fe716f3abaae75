// Who sends the statuses: a process of its own, as intake is where a hub is more than one process. What it costs to make
// and to keep them is not the worker's.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createContext, type PipelineContext } from '../../src/pipeline/context.ts';
import { receive } from '../../src/pipeline/intake.ts';
import { openStore } from '../../src/store/database.ts';
import { interchangeOf } from './traffic.ts';

export type Statuses = { readonly first: number; readonly count: number; readonly statusesAMessage: number };

export type Sender = {
  /** Resolves when all of them are durable. */
  readonly send: (statuses: Statuses) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const MESSAGES_A_CALL = 250;
const CALLS_AHEAD = 4;
const STARTS_WITHIN_MS = 30_000;

/** Starts the process. Rejects where it does not come up. */
export async function startSender(url: string): Promise<Sender> {
  const child = fork(new URL(import.meta.url), [url], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await heard(child, AbortSignal.timeout(STARTS_WITHIN_MS));
  return {
    send: async (statuses) => {
      child.send(statuses);
      await heard(child);
    },
    stop: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function heard(child: ChildProcess, signal?: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const until = { signal: signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]) };
  const failed = once(child, 'exit', until).then(([code]) => {
    throw new Error(`the sender ended with ${code}`);
  });
  try {
    await Promise.race([once(child, 'message', until), failed]);
  } finally {
    ended.abort();
    failed.catch(() => {});
  }
}

async function sendAll(context: PipelineContext, { first, count, statusesAMessage }: Statuses): Promise<void> {
  const under: Promise<unknown>[] = [];
  const perCall = Math.max(1, Math.round(MESSAGES_A_CALL / statusesAMessage)) * statusesAMessage;
  for (let from = first; from < first + count; from += perCall) {
    const end = Math.min(from + perCall, first + count);
    const messages: Uint8Array[] = [];
    for (let n = from; n < end; n += statusesAMessage) {
      messages.push(interchangeOf(n, Math.min(statusesAMessage, end - n)));
    }
    const inbound = messages.map((bytes) => ({ bytes, partner: 'swft', channel: 'http' as const }));
    under.push(receive(context, inbound));
    if (under.length >= CALLS_AHEAD) await under.shift();
  }
  await Promise.all(under);
}

async function beSender(url: string): Promise<void> {
  const store = openStore(url, { maxConnections: CALLS_AHEAD });
  const context = createContext({ store });
  process.on('message', async (statuses: Statuses) => {
    await sendAll(context, statuses);
    process.send?.('sent');
  });
  process.on('disconnect', () => store.close());
  process.send?.('ready');
}

if (import.meta.main && process.send !== undefined) await beSender(process.argv[2] ?? '');
