// What people of ours enter by hand about a shipment's charges.

import { Type } from 'typebox';
import { ChargeEntered } from '../../model/event.ts';
import { ChargeCode, CurrencyText, Identifier, PositiveDecimalText } from '../../model/text.ts';
import { enter } from '../../pipeline/by-hand/enter.ts';
import { type ApiApp, actorOf, callerOf } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';
import { RowId } from '../schemas.ts';

const Entry = ChargeEntered.properties.entry;

export function chargeEntryRoutes(app: ApiApp, { context, nudge }: ApiHub): void {
  app.post('/v1/shipments/:id/charges', {
    config: { allows: 'charges:write', problems: ['not-found', 'entry-refused'] },
    schema: {
      tags: ['Shipments'],
      operationId: 'enterCharge',
      summary: 'Enter a charge, a credit or a write-off by hand, with its reason',
      description:
        '`charge` adds to what the customer is billed. `credit` takes off a part, by a credit note where it is invoiced. ' +
        '`write-off` waives what is not invoiced yet, all of it where no `amount` is given. Beyond what the role may enter ' +
        'alone on one shipment (`policies.adjustments.manualLimits`) it `waits` in `adjustment-approval` for somebody else.',
      params: Type.Object({ id: Identifier }),
      body: Type.Object(
        {
          entry: Entry,
          code: ChargeCode,
          amount: Type.Optional(PositiveDecimalText),
          currency: Type.Optional(CurrencyText),
          reason: Type.String({ minLength: 1, maxLength: 1_000 }),
        },
        { additionalProperties: false },
      ),
      response: {
        201: Type.Object({
          shipment: Identifier,
          entry: Entry,
          code: ChargeCode,
          amount: Type.String(),
          currency: Type.String(),
          reason: Type.String(),
          event: RowId,
          waits: Type.Boolean({ description: 'Somebody else must approve it' }),
          documents: Type.Array(Identifier, { description: 'Decided at once' }),
        }),
      },
    },
    async handler(request, reply) {
      const { id: shipment } = request.params;
      const { entry, code, reason } = request.body;
      const author = { by: actorOf(request), role: callerOf(request).role };
      const entered = await enter(context, { ...request.body, shipment, ...author });
      if (entered.kind === 'shipment-unknown') throw new ApiProblem('not-found', entered.detail);
      if (entered.kind === 'refused') throw new ApiProblem('entry-refused', entered.detail);
      nudge();
      const { kind: _, ...answer } = entered;
      return reply.code(201).send({ shipment, entry, code, reason, ...answer, documents: [...answer.documents] });
    },
  });
}
