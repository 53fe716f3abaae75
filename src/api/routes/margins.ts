// Margins: revenue less cost, by shipment, lane, customer or carrier.

import { Type } from 'typebox';
import { firstDayOf, marginsOf } from '../../insight/margins.ts';
import { DecimalText, Identifier } from '../../model/text.ts';
import { MARGIN_CUTS } from '../../store/read/margins.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { cursorOf, PageOf, PageQuery, pageRequest } from '../paging.ts';
import { Query } from '../schemas.ts';
import { PeriodText } from './periods.ts';

const optional = Type.Optional;
const MarginLineView = Type.Object(
  {
    by: Type.Enum(MARGIN_CUTS),
    of: Type.String({ description: 'Empty where it is not known' }),
    legalEntity: Type.String(),
    currency: Type.String(),
    revenue: DecimalText,
    cost: DecimalText,
    margin: DecimalText,
    marginPercent: optional(DecimalText),
    earned: Type.Object(
      { revenue: DecimalText, cost: DecimalText, margin: DecimalText },
      { description: 'Of that, what is delivered' },
    ),
    converted: Type.Array(Type.String(), {
      description: 'Pairs that were converted, by the rates kept with each shipment',
    }),
    isPart: Type.Boolean({ description: 'There are lines of it in other currencies: no rate was known' }),
  },
  { title: 'Margin' },
);

export function marginRoutes(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/margin', {
    config: { allows: 'ledger:read', problems: ['invalid-cursor'] },
    schema: {
      tags: ['Ledger'],
      operationId: 'listMargins',
      summary: 'Margins from the tender on, by shipment, lane, customer or carrier',
      description:
        'From the ledger: expected, accrued and invoiced together, before tax. A line for each legal entity and currency; ' +
        'currencies are brought together only by the rates kept with a shipment.',
      querystring: Query({
        ...PageQuery,
        by: optional(Type.Enum(MARGIN_CUTS, { default: 'shipment' })),
        of: optional(Identifier),
        from: optional(PeriodText),
        to: optional(PeriodText),
        legalEntity: optional(Identifier),
      }),
      response: { 200: PageOf(MarginLineView) },
    },
    async handler(request) {
      const { by = 'shipment', of, from, to, legalEntity } = request.query;
      const { limit, after } = pageRequest('margin', request.query, 1);
      const filter = { by, from: firstDayOf(from), to: firstDayOf(to), legalEntity, only: of };
      const lines = await marginsOf(store, store.tenant, filter, { limit, after: after?.[0] });
      const last = lines.at(-1)?.of;
      const isMore = new Set(lines.map((line) => line.of)).size === limit;
      return { items: lines, ...(isMore && last !== undefined ? { next: cursorOf('margin', [last]) } : {}) };
    },
  });
}
