// Transport demand: what carriers and TMSs were asked to carry, and what they answered.

import { Type } from 'typebox';
import { Identifier, InstantText } from '../../model/text.ts';
import { resendDemand } from '../../pipeline/demand/resend.ts';
import { DEMAND_STATES, listDemands } from '../../store/read/demands.ts';
import { type ApiApp, actorOf, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';

const optional = Type.Optional;
export const TransportDemand = Type.Object(
  {
    order: Type.String(),
    customer: Type.String(),
    recipient: Type.String({ description: 'The partner that is asked' }),
    state: Type.Enum(DEMAND_STATES, {
      description:
        '`asking`: the last message is under way. `asked`: posted. `acknowledged`: by 997 or a 2xx. `rejected`: by 997. `refused`: not taken, and waits for a person',
    }),
    revision: Type.Integer({ description: 'Messages so far' }),
    purpose: Type.Enum(['original', 'change', 'cancel'], { description: 'Of the last message' }),
    control: Type.Integer({ description: 'Number of the last X12 interchange' }),
    effect: Type.String({ description: 'Key of the effect that brings the last message about' }),
    effectState: Type.String({ description: 'How far that is' }),
    reason: optional(Type.String()),
    madeAt: InstantText,
    takenAt: optional(InstantText),
    acknowledgedAt: optional(InstantText),
    answeredAt: optional(InstantText),
    answerDueAt: optional(InstantText),
  },
  { title: 'TransportDemand' },
);

export function demandRoutes(app: ApiApp, { context, store, nudge }: ApiHub): void {
  app.get('/v1/transport-demands', {
    config: { allows: 'effects:read', problems: ['invalid-cursor'] },
    schema: {
      tags: ['Orders'],
      operationId: 'listTransportDemands',
      summary: 'Who was asked to carry which order, and the answers',
      querystring: Query({
        ...PageQuery,
        order: optional(Identifier),
        customer: optional(Identifier),
        recipient: optional(Identifier),
        state: optional(Type.Enum(DEMAND_STATES)),
      }),
      response: { 200: PageOf(TransportDemand) },
    },
    async handler(request) {
      const page = pageRequest('transport-demands', request.query, 2);
      const rows = await listDemands(store, store.tenant, request.query, page);
      return pageFrom(
        'transport-demands',
        page.limit,
        rows,
        (row) => row,
        ({ order, customer }) => [order, customer],
      );
    },
  });

  app.post('/v1/transport-demands/:order/resend', {
    config: { allows: 'demands:write', problems: ['not-found', 'not-possible'] },
    schema: {
      tags: ['Orders'],
      operationId: 'resendTransportDemand',
      summary: 'Ask again, where the last message is dead',
      description:
        'A new message under a new id, only where the last one was rejected by 997, declined, or refused when it was posted. ' +
        'Whatever may still be taken is not asked again: `POST /v1/replay/deliveries` sends the same message.',
      params: Type.Object({ order: Identifier }),
      body: Type.Object(
        {
          customer: optional(Type.String({ description: 'Whose, where several use the number' })),
          reason: optional(Type.String({ minLength: 1, maxLength: 1_000 })),
        },
        { additionalProperties: false },
      ),
      response: { 200: TransportDemand },
    },
    async handler(request) {
      const { order } = request.params;
      const result = await resendDemand(context, { order, by: actorOf(request), ...request.body });
      if (result.kind === 'refused') throw new ApiProblem('not-possible', result.detail);
      if (result.kind === 'asked') nudge();
      return foundOr404(
        result.kind === 'asked' ? result.demand : undefined,
        `nobody was asked to carry order ${order}`,
      );
    },
  });
}
