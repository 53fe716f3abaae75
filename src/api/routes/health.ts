// For those who watch over the process: is it alive, can it serve, what does it measure.

import { Type } from 'typebox';
import type { Metrics } from '../../insight/metrics.ts';
import { backlogOf, missingSteps } from '../../store/read/backlog.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';

/** Older than this the oldest message that is not translated yet means that the workers do not keep up. */
const BACKLOG_AGE_SECONDS = 300;
const DATABASE_MS = 3_000;

const Check = Type.Object({ ok: Type.Boolean(), says: Type.String() });
const Readiness = Type.Object(
  {
    ready: Type.Boolean(),
    checks: Type.Object({ database: Check, migrations: Check, backlog: Check }),
  },
  { title: 'Readiness' },
);
type Check = { ok: boolean; says: string };

export function healthRoutes(app: ApiApp, hub: ApiHub, metrics: Metrics): void {
  app.get('/healthz', {
    config: { allows: 'everybody' },
    schema: {
      tags: ['Health'],
      operationId: 'isAlive',
      summary: 'The process lives',
      response: { 200: Type.Object({ alive: Type.Boolean() }) },
    },
    handler: async () => ({ alive: true }),
  });

  app.get('/readyz', {
    config: { allows: 'everybody' },
    schema: {
      tags: ['Health'],
      operationId: 'isReady',
      summary: 'The process can serve: database, migrations, age of the backlog',
      response: { 200: Readiness, 503: Readiness },
    },
    async handler(_request, reply) {
      const readiness = await readinessOf(hub);
      return reply.code(readiness.ready ? 200 : 503).send(readiness);
    },
  });

  app.get('/metrics', {
    config: { allows: 'metrics:read' },
    schema: {
      tags: ['Health'],
      operationId: 'metrics',
      summary: 'Metrics for Prometheus',
      produces: ['text/plain'],
      response: { 200: Type.String() },
    },
    handler: async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  });
}

const WORKS: Check = { ok: true, says: 'works' };

// What is wrong is said in our words: the answer is open to everybody, and a driver's message may name hosts and users.
async function readinessOf({ store, now }: ApiHub) {
  try {
    const missing = await inTime(missingSteps(store), DATABASE_MS);
    if (missing.length > 0) return { ready: false, checks: { database: WORKS, ...unmigrated(missing) } };
    const { oldestReceivedAt } = await inTime(backlogOf(store, store.tenant), DATABASE_MS);
    const ageSeconds = oldestReceivedAt === undefined ? 0 : Math.max(0, Math.round((now() - oldestReceivedAt) / 1000));
    const checks = {
      database: WORKS,
      migrations: { ok: true, says: 'applied' },
      backlog: { ok: ageSeconds <= BACKLOG_AGE_SECONDS, says: `oldest message waits ${ageSeconds} s` },
    };
    return { ready: Object.values(checks).every(({ ok }) => ok), checks };
  } catch {
    const unknown = { ok: false, says: 'not known without the database' };
    const database = { ok: false, says: 'does not answer' };
    return { ready: false, checks: { database, migrations: unknown, backlog: unknown } };
  }
}

function unmigrated(missing: readonly string[]) {
  const says = `${missing.join(', ')} not applied: "lading up" applies it`;
  return { migrations: { ok: false, says }, backlog: { ok: false, says: 'not known before that' } };
}

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
