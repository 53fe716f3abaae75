// Raw bodies of any kind, held in memory only within a budget.
//
// One body may have up to its limit; all that are being received at one moment share a budget, so that many large ones
// at once are told to come back and the process stays alive.

import type { FastifyRequest } from 'fastify';
import type { ApiApp } from './app.ts';
import { ApiProblem } from './problems.ts';

export type BodyLimits = { readonly bodyBytes: number; readonly allBodiesBytes: number };
export const DEFAULT_BODY_LIMITS: BodyLimits = { bodyBytes: 64 * 1024 * 1024, allBodiesBytes: 512 * 1024 * 1024 };

/** Within this part of the app every body is bytes, whatever its media type says. */
export function readRawBodies(app: ApiApp, { bodyBytes, allBodiesBytes }: BodyLimits): void {
  let heldBytes = 0;
  const held = new WeakMap<FastifyRequest, number>();
  const release = (request: FastifyRequest) => {
    heldBytes -= held.get(request) ?? 0;
    held.delete(request);
  };

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of payload) {
      bytes += chunk.length;
      heldBytes += chunk.length;
      held.set(request, bytes);
      if (bytes > bodyBytes) throw tooLarge(bodyBytes);
      if (heldBytes > allBodiesBytes) {
        throw new ApiProblem('unavailable', 'too much is being received at this moment: send it again shortly', {
          retryAfterSeconds: 5,
        });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, bytes);
  });
  app.addHook('onRequest', async (request) => {
    if (Number(request.headers['content-length'] ?? 0) > bodyBytes) throw tooLarge(bodyBytes);
  });
  app.addHook('onResponse', async (request) => release(request));
  app.addHook('onRequestAbort', async (request) => release(request));
}

function tooLarge(bodyBytes: number): ApiProblem {
  return new ApiProblem('body-too-large', `the body has more than ${bodyBytes} bytes: send it in parts`);
}
