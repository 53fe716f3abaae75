// Plays the sample week against the running hub: the clock goes from step to step, and everything between them that is due is done
// on the way. Messages take the way that a partner's would: over HTTP with a key, or as files laid into a watched folder.
import type { Step } from '../../../examples/network/week.ts';
import type { Writer } from '../writer.ts';
import { deskTime } from './progress.ts';

export type Stage = {
  /** Lets time pass up to this instant, with all that becomes due. */
  readonly passTimeUntil: (at: number) => Promise<void>;
  /** Does all that is due at the present instant. */
  readonly settle: () => Promise<void>;
  readonly post: (message: Step & { kind: 'message' }) => Promise<void>;
  readonly layIntoFolder: (message: Step & { kind: 'message' }) => Promise<void>;
  /** Told twice, it is one dispute. */
  readonly dispute: (step: Step & { kind: 'dispute' }) => Promise<void>;
  /** Undefined when the ERP is a real one, whose moods are its own. */
  readonly setErpMode: ((mode: (Step & { kind: 'erp' })['mode']) => Promise<void>) | undefined;
};

export type PlayOptions = {
  readonly steps: readonly Step[];
  /** How many of them were taken before. */
  readonly taken: number;
  readonly onTaken: (taken: number) => void;
  readonly signal: AbortSignal;
  readonly stderr: Writer;
};

/** Plays what is left of the week. `false`: it was interrupted. */
export async function play(stage: Stage, { steps, taken, onTaken, signal, stderr }: PlayOptions): Promise<boolean> {
  const progress = progressLine(stderr, steps.length);
  // What the ERP was in when the play was interrupted, it is in again.
  const mood = steps.slice(0, taken).findLast((step) => step.kind === 'erp');
  if (mood?.kind === 'erp') await stage.setErpMode?.(mood.mode);
  for (const [index, step] of steps.entries()) {
    if (index < taken) continue;
    if (signal.aborted) break;
    await stage.passTimeUntil(step.at);
    await take(step, stage, progress);
    await stage.settle();
    onTaken(index + 1);
    progress.show(index + 1, step.at);
  }
  progress.end();
  return !signal.aborted;
}

async function take(step: Step, stage: Stage, progress: ProgressLine): Promise<void> {
  if (step.kind === 'erp') {
    if (stage.setErpMode === undefined) return;
    progress.say(`${deskTime(step.at)}  ${step.say}`);
    return stage.setErpMode(step.mode);
  }
  if (step.kind === 'dispute') {
    progress.say(`${deskTime(step.at)}  ${step.say}`);
    return stage.dispute(step);
  }
  return step.via === 'folder' ? stage.layIntoFolder(step) : stage.post(step);
}

type ProgressLine = {
  readonly show: (taken: number, at: number) => void;
  readonly say: (line: string) => void;
  readonly end: () => void;
};

const WIDTH = 24;

/** A bar on a terminal; elsewhere a line a day. */
function progressLine(stderr: Writer, total: number): ProgressLine {
  let shownDay = '';
  const clear = stderr.isTerminal ? '\r\u001b[K' : '';
  return {
    show: (taken, at) => {
      const time = deskTime(at);
      if (stderr.isTerminal) {
        const filled = Math.round((taken / total) * WIDTH);
        stderr.write(`${clear}${time.padEnd(18)}[${'#'.repeat(filled).padEnd(WIDTH, '.')}] ${taken} of ${total}`);
        return;
      }
      const day = time.slice(0, -6);
      if (day !== shownDay) stderr.line(`${day}: ${taken} of ${total} messages and changes played`);
      shownDay = day;
    },
    say: (line) => stderr.line(`${clear}${line}`),
    end: () => stderr.write(clear),
  };
}
