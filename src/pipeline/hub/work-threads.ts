// Messages are worked on in threads beside the one that answers requests: a full inbox makes nobody wait for a page, and
// what one processor cannot do two can. Threads share nothing but the database, as processes on several machines do.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** Passes under way at once in a thread: while one waits for the database, the other decides. */
export const PASSES_AT_ONCE = 2;

export type ThreadData = { readonly url: string; readonly tenant: string; readonly logLevel: string };
export type ToThread = 'nudge' | { readonly stopWithinMs: number };

export type WorkThreadOptions = ThreadData & {
  readonly threads: number;
  /** Hears how many messages a pass has done. */
  readonly onWorked: (messages: number) => void;
};

export type WorkThreads = {
  readonly nudge: () => void;
  /** Lets passes under way end, but waits no longer than this. */
  readonly stop: (deadlineMs: number) => Promise<void>;
};

const MOST_THREADS_UNASKED = 2;

/** As many as leave half of the machine to the database, but no more than two: memory is what each costs. */
export function usualThreads(processors = availableParallelism()): number {
  return Math.max(1, Math.min(MOST_THREADS_UNASKED, Math.floor(processors / 2)));
}

/** What a thread does not catch ends the process, as it would in the process itself. */
export function startWorkThreads({ threads, onWorked, ...data }: WorkThreadOptions): WorkThreads {
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('./work-thread.ts', import.meta.url), { workerData: data satisfies ThreadData });
    worker.on('message', onWorked);
    return worker;
  });
  const tell = (told: ToThread) => {
    for (const worker of workers) worker.postMessage(told);
  };
  return {
    nudge: () => tell('nudge'),
    stop: async (deadlineMs) => {
      const gone = Promise.all(workers.map((worker) => once(worker, 'exit')));
      tell({ stopWithinMs: deadlineMs });
      const cancel = new AbortController();
      const late = sleep(deadlineMs + 1_000, undefined, { signal: cancel.signal }).catch(() => {});
      await Promise.race([gone, late]);
      cancel.abort();
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
