// What orders came to.

import { Type } from 'typebox';
import { landedCosts } from '../../insight/landed-cost.ts';
import { LandedCostReport } from '../../model/landed-cost.ts';
import { Identifier } from '../../model/text.ts';
import { type ApiApp, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { Query } from '../schemas.ts';

export function orderRoutes(app: ApiApp, { context }: ApiHub): void {
  app.get('/v1/orders/:order/landed-cost', {
    config: { allows: 'costs:read', problems: ['not-found'] },
    schema: {
      tags: ['Orders'],
      operationId: 'getLandedCost',
      summary: 'What an order’s goods came to: price, freight, duty and customs, by line',
      description: 'An order is its customer’s: one item for each customer that uses the number.',
      params: Type.Object({ order: Identifier }),
      querystring: Query({ customer: Type.Optional(Identifier) }),
      response: { 200: Type.Object({ items: Type.Array(LandedCostReport) }) },
    },
    async handler(request) {
      const { order } = request.params;
      const items = await landedCosts(context, order, request.query.customer);
      return { items: foundOr404(items.length > 0 ? items : undefined, `nobody placed an order ${order}`) };
    },
  });
}
