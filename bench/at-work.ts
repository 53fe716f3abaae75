// What benchmarks that drive stations by hand have in common: messages in batches, a station until it is done, time and memory.
import type { PipelineContext } from '../src/pipeline/context.ts';
import { receive } from '../src/pipeline/intake.ts';
import { workOnce } from '../src/pipeline/work.ts';

const EVENTS_A_MESSAGE = 500;

/** Has a partner's events taken in and worked on. */
export async function say(context: PipelineContext, partner: string, events: readonly object[]): Promise<void> {
  for (let from = 0; from < events.length; from += EVENTS_A_MESSAGE) {
    const bytes = Buffer.from(JSON.stringify(events.slice(from, from + EVENTS_A_MESSAGE)));
    await receive(context, [{ bytes, partner, channel: 'http' }]);
  }
  await untilDone(() => workOnce(context));
}

export async function untilDone(once: () => Promise<number>): Promise<void> {
  while ((await once()) > 0);
}

/** Seconds. */
export async function timed(run: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await run();
  return (performance.now() - begin) / 1_000;
}
