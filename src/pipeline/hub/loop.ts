// One station as a loop: busy while there is something to do, then asking ever less often.
//
// Asking is one indexed query that finds nothing. That is cheaper and plainer than LISTEN/NOTIFY, whose notices
// serialise commits and are lost with their connection, so that one would have to ask all the same.
import type { Logger } from '../context.ts';

export type Loop = {
  readonly nudge: () => void;
  /** Resolves when the turn under way has ended, or after `deadlineMs`. */
  readonly stop: (deadlineMs: number) => Promise<void>;
};

const SHORTEST_REST_MS = 10;
const LONGEST_REST_MS = 150;
const REST_AFTER_FAULT_MS = 500;
const LONGEST_REST_AFTER_FAULT_MS = 15_000;

/** `once` does a turn and returns how much it did; a turn that throws is told and tried again later. */
export function startLoop(name: string, once: () => Promise<number>, log: Pick<Logger, 'error'>): Loop {
  let isStopping = false;
  let isNudged = false;
  let wakeUp = () => {};

  async function rest(forMs: number): Promise<void> {
    if (isNudged || isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, forMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    let restMs = SHORTEST_REST_MS;
    let faults = 0;
    while (!isStopping) {
      isNudged = false;
      try {
        const done = await once();
        faults = 0;
        restMs = done > 0 ? SHORTEST_REST_MS : Math.min(restMs * 2, LONGEST_REST_MS);
        if (done === 0) await rest(restMs);
      } catch (error) {
        faults += 1;
        log.error({ loop: name, err: error }, 'a turn failed and will be tried again');
        await rest(Math.min(REST_AFTER_FAULT_MS * 2 ** Math.min(faults - 1, 10), LONGEST_REST_AFTER_FAULT_MS));
      }
    }
  }

  const ended = run();
  return {
    nudge: () => {
      isNudged = true;
      wakeUp();
    },
    stop: async (deadlineMs) => {
      isStopping = true;
      wakeUp();
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, deadlineMs);
      });
      await Promise.race([ended, deadline]);
      clearTimeout(timer);
    },
  };
}
