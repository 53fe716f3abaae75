// Why is this as it is?

import { Type } from 'typebox';
import { explain } from '../../insight/explain.ts';
import { Explanation } from '../../insight/explanation.ts';
import { type ApiApp, boundTo, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';

export function explainRoutes(app: ApiApp, { context }: ApiHub): void {
  const answer = async (ref: string, request: Parameters<typeof boundTo>[0]) => {
    const customer = boundTo(request);
    const found = await explain(context, ref, customer === undefined ? {} : { customer });
    return foundOr404(found, `nothing to be seen is named ${ref.replace(/^[a-z-]+:/, '')}`);
  };

  app.get('/v1/explain/:ref', {
    config: { allows: 'explain:read', problems: ['not-found'] },
    schema: {
      tags: ['Explain'],
      operationId: 'explain',
      summary: 'Why a shipment, order, charge, invoice or message is as it is',
      description:
        "A shipment, any number it carries, an invoice number (ours or the ERP's), a charge as `S-1/LFT`, a " +
        "carrier's invoice as `rdwy/R-77`, a payment (`P-1` or `acme/P-1`), the id or " +
        'SHA-256 of a message, the id of an event, the id or subject of an exception. Where a bare number could be ' +
        'several, say `message:12`, `event:12` or `exception:12`.',
      params: Type.Object({ ref: Type.String({ minLength: 1, maxLength: 400 }) }),
      response: { 200: Explanation },
    },
    handler: async (request) => answer(request.params.ref, request),
  });

  // A charge's slash, sent as it is.
  app.get('/v1/explain/*', {
    config: { allows: 'explain:read' },
    schema: { hide: true, params: Type.Object({ '*': Type.String({ minLength: 1, maxLength: 400 }) }) },
    handler: async (request) => answer(request.params['*'], request),
  });
}
