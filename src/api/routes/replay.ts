// Doing it again over HTTP.

import { Type } from 'typebox';
import { Identifier, InstantText } from '../../model/text.ts';
import { formatInstant, instantOf } from '../../model/time.ts';
import { replayDeliveries, replayMessages } from '../../pipeline/by-hand/replay.ts';
import { type ApiApp, actorOf } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { MessageProblem, Query, RowId } from '../schemas.ts';

const optional = Type.Optional;

const ReplayAnswer = Type.Object(
  {
    dryRun: Type.Boolean(),
    messages: Type.Array(
      Type.Object({
        id: RowId,
        partner: Type.String(),
        fileName: optional(Type.String()),
        receivedAt: InstantText,
        wasQuarantined: Type.Boolean(),
        quarantined: Type.Boolean(),
        newEvents: Type.Integer(),
        problems: Type.Array(MessageProblem),
      }),
    ),
    deliveries: Type.Array(
      Type.Object({
        key: Type.String(),
        system: Type.String(),
        state: Type.String(),
        reason: Type.String(),
        attempts: Type.Integer(),
        changedAt: InstantText,
      }),
    ),
  },
  { title: 'Replay' },
);

export function replayRoutes(app: ApiApp, { context, nudge }: ApiHub): void {
  app.post('/v1/replay', {
    config: { allows: 'replay:write' },
    schema: {
      tags: ['Replay'],
      operationId: 'replay',
      summary: 'Translate messages again, or send stopped deliveries again',
      description:
        'Without `messages`, those that are quarantined. What a message gave before stays; only what is new is added. ' +
        'A delivery is looked up before anything is sent. `dryRun` shows what would change. At most 10,000 at a time.',
      body: Query({
        what: Type.Enum(['messages', 'deliveries']),
        dryRun: optional(Type.Boolean()),
        messages: optional(Type.Array(RowId, { maxItems: 10_000 })),
        deliveries: optional(Type.Array(Type.String(), { maxItems: 10_000 })),
        partner: optional(Identifier),
        kind: optional(Identifier),
        since: optional(InstantText),
        until: optional(InstantText),
        all: optional(Type.Boolean({ description: 'Also messages in which nothing was wrong' })),
      }),
      response: { 200: ReplayAnswer },
    },
    async handler(request) {
      const { what, dryRun = false, messages: ids, deliveries: keys, partner, kind, since, until, all } = request.body;
      const options = { dryRun, by: actorOf(request) };
      const from = since === undefined ? undefined : instantOf(since);
      const to = until === undefined ? undefined : instantOf(until);
      if (what === 'deliveries') {
        const selection = { keys, partner, kind, changedFrom: from, changedTo: to };
        const stopped = await replayDeliveries(context, selection, options);
        nudge();
        const deliveries = stopped.map((row) => ({ ...row, changedAt: formatInstant(row.changedAt) }));
        return { dryRun, messages: [], deliveries };
      }
      const selection = { ids, partner, kind, receivedFrom: from, receivedTo: to, all };
      const replayed = await replayMessages(context, selection, options);
      const messages = replayed.map((row) => ({ ...row, receivedAt: formatInstant(row.receivedAt) }));
      return { dryRun, messages, deliveries: [] };
    },
  });
}
