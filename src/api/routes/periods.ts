// The ledger's periods: what is locked, and what waits because of it.

import { Type } from 'typebox';
import { Identifier, InstantText } from '../../model/text.ts';
import { formatInstant } from '../../model/time.ts';
import {
  approveLatePostings,
  listPeriods,
  lockPeriod,
  type PeriodAct,
  unlockPeriod,
} from '../../pipeline/ledger/periods.ts';
import { type ApiApp, actorOf } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';

const tags = ['Ledger'];
export const PeriodText = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])$',
  description: 'A month, such as `2026-05`',
});
const params = Type.Object({ period: PeriodText });
const body = Type.Object({ legalEntity: Type.Optional(Identifier) }, { additionalProperties: false });
const Entity = Type.String({ description: '`*` is every entity, empty where none is known' });
const Periods = Type.Object(
  {
    locks: Type.Array(
      Type.Object({ legalEntity: Entity, period: PeriodText, lockedAt: InstantText, lockedBy: Type.String() }),
    ),
    waiting: Type.Array(
      Type.Object({
        legalEntity: Entity,
        period: PeriodText,
        shipments: Type.Integer({ description: 'How many' }),
        some: Type.Array(Identifier),
      }),
    ),
  },
  { title: 'Periods', description: 'The latest thousand of each' },
);

export function periodRoutes(app: ApiApp, { context, nudge }: ApiHub): void {
  app.get('/v1/periods', {
    config: { allows: 'ledger:read' },
    schema: {
      tags,
      operationId: 'listPeriods',
      summary: 'Locked periods, and late postings that wait for approval',
      response: { 200: Periods },
    },
    async handler() {
      const { locks, waiting } = await listPeriods(context);
      return {
        locks: locks.map((lock) => ({ ...lock, period: monthOf(lock.period), lockedAt: formatInstant(lock.lockedAt) })),
        waiting: waiting.map((each) => ({ ...each, period: monthOf(each.period), some: [...each.some] })),
      };
    },
  });

  app.post('/v1/periods/:period/lock', {
    config: { allows: 'ledger:write' },
    schema: {
      tags,
      operationId: 'lockPeriod',
      summary: 'Lock a period: nothing is booked in it any more',
      description: 'Held by the database itself. `changed` is false where it was locked already.',
      params,
      body,
      response: { 200: Type.Object({ changed: Type.Boolean() }) },
    },
    async handler(request) {
      return { changed: await lockPeriod(context, actIn(request)) };
    },
  });

  app.post('/v1/periods/:period/unlock', {
    config: { allows: 'ledger:write' },
    schema: {
      tags,
      operationId: 'unlockPeriod',
      summary: 'Unlock a period: what waited for it is booked in it',
      description:
        'Takes away the lock of that entity, or without one the lock of every entity. `changed` is false where there was none.',
      params,
      body,
      response: { 200: Type.Object({ changed: Type.Boolean() }) },
    },
    async handler(request) {
      const changed = await unlockPeriod(context, actIn(request));
      nudge();
      return { changed };
    },
  });

  app.post('/v1/periods/:period/approve', {
    config: { allows: 'ledger:write', problems: ['not-waiting'] },
    schema: {
      tags,
      operationId: 'approveLatePostings',
      summary: 'Approve what came late for a locked period',
      description: 'What waits at this moment is booked in the next open period, with who approved it.',
      params,
      body,
      response: { 200: Type.Object({ shipments: Type.Array(Identifier) }) },
    },
    async handler(request) {
      const shipments = await approveLatePostings(context, actIn(request));
      if (shipments.length === 0) {
        throw new ApiProblem(
          'not-waiting',
          `nothing waits for ${request.params.period}: GET /v1/periods lists what does`,
        );
      }
      nudge();
      return { shipments };
    },
  });
}

type Acting = Parameters<typeof actorOf>[0] & { params: { period: string }; body: { legalEntity?: string } };

function actIn(request: Acting): PeriodAct {
  const { period } = request.params;
  return { period: `${period}-01`, legalEntity: request.body.legalEntity ?? '*', by: actorOf(request) };
}

function monthOf(period: string): string {
  return period.slice(0, 7);
}
