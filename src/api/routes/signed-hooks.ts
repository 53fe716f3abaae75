// What an outside system pushes with a signature: the companion module of an Odoo tells which records changed.
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { isSignedBy, type SignedHeaders } from '../../access/webhook-signature.ts';
import type { ApiApp } from '../app.ts';
import { readRawBodies } from '../body.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';

const MOST_CHANGES = 1_000;
const Changes = Type.Object({
  type: Type.Literal('odoo.changed'),
  changes: Type.Array(Type.Object({ model: Type.String({ maxLength: 200 }), id: Type.Integer() }), {
    maxItems: MOST_CHANGES,
  }),
});
const LIMITS = { bodyBytes: 1024 * 1024, allBodiesBytes: 16 * 1024 * 1024 };

export function signedHookRoutes(app: ApiApp, hub: ApiHub): void {
  readRawBodies(app, LIMITS);
  app.post('/v1/hooks/odoo', {
    config: { allows: 'everybody', problems: ['not-found', 'body-too-large'], bytes: { 'application/json': Changes } },
    bodyLimit: LIMITS.bodyBytes,
    schema: {
      tags: ['Reading the ERP'],
      operationId: 'changesFromOdoo',
      summary: 'The companion module of Odoo tells which records changed, signed: their models are read at once',
      description:
        'Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`) with LADING_HOOK_TOKEN as the secret. Unsigned, wrongly signed ' +
        'or more than five minutes old: 404. What changed is asked of Odoo itself, so the same message twice does nothing twice.',
      response: { 202: Type.Object({ looked: Type.Boolean({ description: 'False: none of these models is read' }) }) },
    },
    async handler(request, reply) {
      const raw = request.body as Buffer;
      const signed = request.headers as unknown as SignedHeaders;
      if (hub.hookToken === undefined || !Buffer.isBuffer(raw) || !isSignedBy(hub.hookToken, raw, signed, hub.now())) {
        throw new ApiProblem('not-found', 'there is no such hook, or the signature is not right');
      }
      const models = new Set(changesIn(raw).map(({ model }) => model));
      const looked = (await Promise.all([...models].map(hub.changedInErp))).includes(true);
      if (looked) hub.nudge();
      return reply.code(202).send({ looked });
    },
  });
}

function changesIn(raw: Buffer): readonly { readonly model: string }[] {
  try {
    return Value.Parse(Changes, JSON.parse(raw.toString('utf8'))).changes;
  } catch {
    throw new ApiProblem('invalid-request', 'not a message of the companion module: upgrade the older of the two');
  }
}
