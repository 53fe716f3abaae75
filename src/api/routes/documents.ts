// Documents of shipments, such as the proof of delivery: their bytes, for a viewer.

import { Type } from 'typebox';
import { shipmentDocument } from '../../insight/shipment-document.ts';
import { Identifier } from '../../model/text.ts';
import { type ApiApp, boundTo, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { RowId } from '../schemas.ts';

// What a browser shows without running any of it; whatever else came from outside is saved, never shown.
const SHOWN: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'text/plain',
]);

export function documentRoutes(app: ApiApp, { context }: ApiHub): void {
  app.get('/v1/shipments/:id/documents/:event', {
    config: { allows: 'explain:read', problems: ['not-found'] },
    schema: {
      tags: ['Shipments'],
      operationId: 'getDocument',
      summary: 'The bytes of a document, by the event that brought it',
      description: 'PDF, images and plain text to be shown; anything else to be saved, as bytes.',
      params: Type.Object({ id: Identifier, event: RowId }),
      produces: ['application/pdf', 'image/png', 'image/jpeg', 'text/plain', 'application/octet-stream'],
      response: { 200: Type.String() },
    },
    async handler(request, reply) {
      const { id, event } = request.params;
      const customer = boundTo(request);
      const found = await shipmentDocument(context, id, event, customer === undefined ? {} : { customer });
      const { kind, mediaType = '', content } = foundOr404(found, `shipment ${id} has no document ${event} to be seen`);
      const plainType = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
      const isShown = SHOWN.has(plainType);
      const type = isShown ? plainType : 'application/octet-stream';
      return reply
        .header('content-disposition', `${isShown ? 'inline' : 'attachment'}; filename="${kind}-${event}"`)
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
        .header('cache-control', 'private, max-age=3600')
        .type(type === 'text/plain' ? 'text/plain; charset=utf-8' : type)
        .send(Buffer.from(content));
    },
  });
}
