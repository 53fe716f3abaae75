// Disputes with carriers: how far each is, what came back, and moving one on.

import { Type } from 'typebox';
import { withCarrierName } from '../../insight/partner-names.ts';
import { DISPUTE_MOVES, DISPUTE_STATES } from '../../model/carrier-dispute.ts';
import { DecimalText, Identifier, InstantText } from '../../model/text.ts';
import { moveDispute } from '../../pipeline/audit/disputes.ts';
import { disputeTotals, findDispute, listDisputes } from '../../store/read/carrier-disputes.ts';
import { type ApiApp, actorOf, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { Query, RowId } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Disputes'];
const Money = Type.String({ description: 'Major units of the currency' });

const Dispute = Type.Object(
  {
    id: RowId,
    carrier: Identifier,
    carrierName: optional(Type.String()),
    invoice: Identifier,
    currency: Type.String(),
    state: Type.Enum(DISPUTE_STATES),
    billed: Money,
    disputed: Type.String({ description: 'Billed above what is expected, out of tolerance' }),
    recovered: Type.String({ description: 'Given up by the carrier, or paid short' }),
    openedAt: InstantText,
    changedAt: InstantText,
    packet: Type.String({ description: 'Where its signed proof is made' }),
    steps: Type.Array(
      Type.Object({ state: Type.Enum(DISPUTE_STATES), at: InstantText, by: Type.String(), reason: Type.String() }),
    ),
  },
  { title: 'CarrierDispute' },
);

const Totals = Type.Object(
  {
    carrier: Identifier,
    carrierName: optional(Type.String()),
    currency: Type.String(),
    disputes: Type.Integer(),
    disputed: Type.String({ description: 'Of those that did not resolve by themselves' }),
    open: Type.String({ description: 'Not settled yet' }),
    recovered: Money,
    writtenOff: Money,
  },
  { title: 'CarrierDisputeTotals' },
);

export function carrierDisputeRoutes(app: ApiApp, { context, store, nudge }: ApiHub): void {
  app.get('/v1/carrier-disputes', {
    config: { allows: 'disputes:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listCarrierDisputes',
      summary: 'Disputes with carriers, the newest first',
      querystring: Query({
        ...PageQuery,
        carrier: optional(Identifier),
        invoice: optional(Identifier),
        state: optional(Type.Enum(DISPUTE_STATES)),
      }),
      response: { 200: PageOf(Dispute) },
    },
    async handler(request) {
      const page = pageRequest('carrier-disputes', request.query, 1);
      const rows = await listDisputes(store, store.tenant, request.query, page);
      const rules = await context.rules.current(store);
      return pageFrom(
        'carrier-disputes',
        page.limit,
        rows,
        (row) => withCarrierName(rules, row),
        ({ id }) => [id],
      );
    },
  });

  app.get('/v1/carrier-disputes/totals', {
    config: { allows: 'disputes:read' },
    schema: {
      tags,
      operationId: 'sumCarrierDisputes',
      summary: 'What was disputed and what came back, by carrier and currency',
      querystring: Query({ carrier: optional(Identifier) }),
      response: { 200: Type.Object({ totals: Type.Array(Totals) }) },
    },
    async handler(request) {
      const totals = await disputeTotals(store, store.tenant, request.query.carrier);
      const rules = await context.rules.current(store);
      return { totals: totals.map((each) => withCarrierName(rules, each)) };
    },
  });

  app.post('/v1/carrier-disputes/:id/move', {
    config: { allows: 'disputes:write', problems: ['not-found', 'dispute-settled'] },
    schema: {
      tags,
      operationId: 'moveCarrierDispute',
      summary: 'Move a dispute on',
      description:
        '`sent`: the carrier has it. `accepted`: the carrier gives up what is disputed, or `recovered` of it. `short-paid`: what is ' +
        'expected is paid, whatever the carrier says. `written-off`: it is paid as billed. The last three settle it: its bill goes to the ERP.',
      params: Type.Object({ id: RowId }),
      body: Type.Object(
        {
          to: Type.Enum(DISPUTE_MOVES),
          reason: Type.String({ minLength: 1, maxLength: 1_000 }),
          recovered: optional(DecimalText),
        },
        { additionalProperties: false },
      ),
      response: { 200: Dispute },
    },
    async handler(request) {
      const { id } = request.params;
      const moved = await moveDispute(context, { id, by: actorOf(request), ...request.body });
      if (moved.kind === 'refused') throw new ApiProblem('dispute-settled', moved.detail);
      if (moved.kind === 'moved') nudge();
      const found = foundOr404(await findDispute(store, store.tenant, id), `there is no dispute ${id}`);
      return withCarrierName(await context.rules.current(store), found);
    },
  });
}
