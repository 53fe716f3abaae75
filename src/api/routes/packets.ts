// The proof of an invoice, a charge or a carrier's invoice, signed: as JSON, or as a page for a browser.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { may } from '../../access/roles.ts';
import { makePacket } from '../../insight/packet/make-packet.ts';
import { SignedPacket } from '../../insight/packet/packet.ts';
import { PAGE_POLICY, packetPage } from '../../insight/packet/page.ts';
import type { Reader } from '../../insight/packet/reader.ts';
import { sealPage } from '../../insight/packet/seal.ts';
import { type ApiApp, boundTo, callerOf, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';

export function packetRoutes(app: ApiApp, { context, signer }: ApiHub): void {
  const answer = async (ref: string, request: FastifyRequest, reply: FastifyReply) => {
    const signs = await signer();
    const found = await makePacket(context, ref, readerOf(request), signs);
    const packet = foundOr404(found, `nothing that this key may see and that can be disputed is named ${ref}`);
    reply.header('vary', 'accept');
    if (!wantsPage(request.headers.accept)) return packet;
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', PAGE_POLICY)
      .send(sealPage(packetPage(packet), signs));
  };

  app.get('/v1/packets/:ref', {
    config: { allows: 'explain:read', problems: ['not-found'] },
    schema: {
      tags: ['Explain'],
      operationId: 'getPacket',
      summary: 'The dispute packet of an invoice, a charge or a carrier invoice',
      description:
        "An invoice number (ours or the ERP's), a charge as `S-1/LFT`, a carrier's invoice as `rdwy/R-77`. Facts, clauses, " +
        'arithmetic, proofs, history and hashes, signed; `Accept: text/html` gets a page that needs nothing else. ' +
        '`lading verify` checks either offline.',
      params: Type.Object({ ref: Type.String({ minLength: 1, maxLength: 400 }) }),
      response: { 200: SignedPacket },
    },
    handler: async (request, reply) => answer(request.params.ref, request, reply),
  });

  // A charge's slash, sent as it is.
  app.get('/v1/packets/*', {
    config: { allows: 'explain:read' },
    schema: { hide: true, params: Type.Object({ '*': Type.String({ minLength: 1, maxLength: 400 }) }) },
    handler: async (request, reply) => answer(request.params['*'], request, reply),
  });
}

function readerOf(request: FastifyRequest): Reader {
  const customer = boundTo(request);
  if (customer !== undefined) return { customer, messages: { partner: customer } };
  return { messages: may(callerOf(request).role, 'messages:read') ? 'all' : 'none' };
}

function wantsPage(accept = ''): boolean {
  const html = accept.indexOf('text/html');
  const json = accept.indexOf('application/json');
  return html >= 0 && (json < 0 || html < json);
}
