// What would it cost? Nothing is kept.

import { quoteFor } from '../../domain/quoting/quote.ts';
import { Quote, QuoteRequest } from '../../model/quote.ts';
import { type ApiApp, boundTo } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';

export function quoteRoutes(app: ApiApp, { context, store }: ApiHub): void {
  app.post('/v1/quotes', {
    config: { allows: 'quotes:read', problems: ['forbidden'] },
    schema: {
      tags: ['Quotes'],
      operationId: 'quote',
      summary: 'What a shipment would cost, with the arithmetic, before there is an order',
      description:
        'Rated under the rules in force, as an invoice would be. Tax is an estimate and says so; where it cannot be ' +
        'determined the amounts stand without it. Nothing is kept.',
      body: QuoteRequest,
      response: { 200: Quote },
    },
    async handler(request) {
      const customer = boundTo(request);
      if (customer !== undefined && customer !== request.body.customer) {
        throw new ApiProblem('forbidden', `this key asks for ${customer} alone`);
      }
      return quoteFor(request.body, await context.rules.current(store), context.clock.now());
    },
  });
}
