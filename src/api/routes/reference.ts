// This description of the API: as OpenAPI 3.1, and as a page.

import { Type } from 'typebox';
import type { ApiApp } from '../app.ts';
import { REFERENCE_POLICY, referencePage } from '../reference-page.ts';

export function referenceRoutes(app: ApiApp): void {
  app.get('/v1/openapi.json', {
    config: { allows: 'reference:read' },
    schema: {
      tags: ['Reference'],
      operationId: 'openapi',
      summary: 'This description, OpenAPI 3.1',
      response: { 200: Type.Unknown() },
    },
    handler: async () => app.swagger(),
  });

  app.get('/v1/reference', {
    config: { allows: 'reference:read' },
    schema: {
      tags: ['Reference'],
      operationId: 'reference',
      summary: 'This description, as a page',
      produces: ['text/html'],
      response: { 200: Type.String() },
    },
    handler: async (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', REFERENCE_POLICY)
        .send(referencePage(app.swagger() as unknown as Parameters<typeof referencePage>[0])),
  });
}
