// Server-sent events: what changed since, by topic, so that pages are never older than a second or two.
//
// One look a second at a few high-water marks serves all who listen; nobody listening, nobody looks.

import { Type } from 'typebox';
import { type Change, changeMarks } from '../../store/read/changes.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';

const LOOK_EVERY_MS = 1_000;
const KEEP_ALIVE_MS = 20_000;
const LISTENERS_AT_MOST = 500;

export function streamRoutes(app: ApiApp, hub: ApiHub): void {
  const listeners = new Set<(topics: readonly Change[]) => void>();
  const watch = watchChanges(hub, (topics) => {
    for (const tell of listeners) tell(topics);
  });
  app.addHook('preClose', async () => {
    watch.stop();
    for (const tell of listeners) tell([]);
    listeners.clear();
  });

  app.get('/v1/stream', {
    config: { allows: 'session:own' },
    schema: {
      tags: ['Events'],
      operationId: 'watchChanges',
      summary: 'Server-sent events: `changed` with the topics of which something is new',
      produces: ['text/event-stream'],
      response: { 200: Type.String() },
    },
    handler(request, reply) {
      if (listeners.size >= LISTENERS_AT_MOST) {
        throw new ApiProblem('unavailable', 'too many listen: ask again later', { retryAfterSeconds: 30 });
      }
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-request-id': request.id,
      });
      raw.write('retry: 3000\n\n');
      const tell = (topics: readonly Change[]) => {
        if (topics.length === 0) raw.end();
        else raw.write(`event: changed\ndata: ${JSON.stringify({ topics })}\n\n`);
      };
      const alive = setInterval(() => raw.write(': still here\n\n'), KEEP_ALIVE_MS);
      listeners.add(tell);
      watch.wake();
      raw.on('close', () => {
        clearInterval(alive);
        listeners.delete(tell);
        if (listeners.size === 0) watch.rest();
      });
    },
  });
}

function watchChanges({ store, context }: ApiHub, tell: (topics: readonly Change[]) => void) {
  let timer: NodeJS.Timeout | undefined;
  let marks: Awaited<ReturnType<typeof changeMarks>> | undefined;
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const now = await changeMarks(store);
      const before = marks;
      marks = now;
      const topics = (Object.keys(now) as Change[]).filter(
        (topic) => before !== undefined && before[topic] !== now[topic],
      );
      if (topics.length > 0) tell(topics);
    } catch (error) {
      context.log.warn({ err: error }, 'changes cannot be watched');
    } finally {
      isLooking = false;
    }
  };
  const rest = () => {
    clearInterval(timer);
    timer = undefined;
    marks = undefined;
  };
  return {
    wake: () => {
      if (timer !== undefined) return;
      timer = setInterval(() => void look(), LOOK_EVERY_MS);
      timer.unref();
      void look();
    },
    rest,
    stop: rest,
  };
}
