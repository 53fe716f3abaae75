// The worker that is measured: the hub's own threads, with somebody who counts what they have done.
import { startWorkThreads } from '../../src/pipeline/hub/work-threads.ts';

export type CountingWorker = {
  /** Resolves when this many more messages have been worked on. */
  readonly after: (messages: number) => Promise<void>;
  readonly nudge: () => void;
  readonly stop: () => Promise<void>;
};

const STOPS_WITHIN_MS = 10_000;

export function startWorker(url: string, threads: number): CountingWorker {
  let ahead = 0;
  let reached = () => {};
  const work = startWorkThreads({
    url,
    tenant: 'main',
    logLevel: 'error',
    threads,
    onWorked: (messages) => {
      ahead -= messages;
      if (ahead <= 0) reached();
    },
  });
  return {
    after: (messages) =>
      new Promise<void>((resolve) => {
        reached = resolve;
        ahead += messages;
        if (ahead <= 0) resolve();
      }),
    nudge: work.nudge,
    stop: () => work.stop(STOPS_WITHIN_MS),
  };
}
