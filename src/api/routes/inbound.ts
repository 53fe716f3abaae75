// The front door: bytes of any kind, and canonical events. Answered when they are durable.

import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { isBound } from '../../access/roles.ts';
import { CloudEvent } from '../../model/event.ts';
import { Identifier } from '../../model/text.ts';
import { receive } from '../../pipeline/intake.ts';
import { findMessage, type MessageDetail } from '../../store/read/messages.ts';
import { type ApiApp, boundTo, callerOf } from '../app.ts';
import { type BodyLimits, readRawBodies } from '../body.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';
import { Query, Receipt } from '../schemas.ts';

const WAIT_MS = 30_000;
const InboundQuery = Query({
  wait: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: WAIT_MS,
      description: 'Milliseconds to wait for the translation, to be told in `message` what became of it',
    }),
  ),
});
const CloudEvents = Type.Union([CloudEvent, Type.Array(CloudEvent)]);
const problems = ['body-too-large', 'unavailable'] as const;
const tags = ['Intake'];

export function inboundRoutes(app: ApiApp, hub: ApiHub, limits: BodyLimits): void {
  readRawBodies(app, limits);

  app.post('/v1/inbound/:partner', {
    config: { allows: 'inbound:write', problems, bytes: { '*/*': Type.String({ format: 'binary' }) } },
    bodyLimit: limits.bodyBytes,
    schema: {
      tags,
      operationId: 'sendMessage',
      summary: 'Send a message of any known kind, as raw bytes',
      description:
        'X12 and canonical JSON are recognised from the content, whatever the media type says. The answer is given when ' +
        'the bytes are durable. `X-File-Name` or `Content-Disposition` names the file. The same bytes again are a ' +
        'double: answered as such, and nothing is done.',
      params: Type.Object({ partner: Identifier }),
      querystring: InboundQuery,
      response: { 202: Receipt },
    },
    async handler(request, reply) {
      const { partner } = request.params;
      const own = boundTo(request);
      if (own !== undefined && own !== partner) {
        throw new ApiProblem('forbidden', `this key stands for ${own}: send to /v1/inbound/${own}`);
      }
      return reply.code(202).send(await take(hub, request, partner, request.query.wait));
    },
  });

  app.post('/v1/events', {
    config: {
      allows: 'inbound:write',
      problems,
      bytes: { 'application/cloudevents+json': CloudEvent, 'application/json': CloudEvents },
    },
    bodyLimit: limits.bodyBytes,
    schema: {
      tags,
      operationId: 'sendEvents',
      summary: 'Send canonical events: one CloudEvents 1.0 object, or an array of them',
      description:
        '`source` and `id` together are the idempotency key of an event. Each is judged by itself: of an array with a ' +
        'faulty event the others go on. A key that stands for no partner names the one it speaks for in `partner`.',
      querystring: Query({ ...InboundQuery.properties, partner: Type.Optional(Identifier) }),
      response: { 202: Receipt },
    },
    async handler(request, reply) {
      const partner = boundTo(request) ?? request.query.partner;
      if (partner === undefined) {
        throw new ApiProblem(
          'invalid-request',
          'query partner is missing: this key stands for no partner, so name one',
        );
      }
      if (request.query.partner !== undefined && request.query.partner !== partner) {
        throw new ApiProblem('forbidden', `this key stands for ${partner}: leave the partner out`);
      }
      return reply.code(202).send(await take(hub, request, partner, request.query.wait));
    },
  });
}

async function take(hub: ApiHub, request: FastifyRequest, partner: string, waitMs = 0) {
  const bytes = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
    throw new ApiProblem('invalid-request', 'the body is empty: send the bytes of the message');
  }
  const { principal, headers, id: correlation } = request;
  const [receipt] = await receive(hub.context, [
    {
      bytes,
      partner,
      channel: 'http',
      bound: isBound(callerOf({ principal }).role),
      fileName: fileNameFrom(request),
      mediaType: headers['content-type'],
      correlation,
    },
  ]);
  if (receipt === undefined) throw new Error('intake gave no receipt');
  if (!receipt.duplicate) hub.nudge();
  hub.context.log.info({ correlation, message: receipt.id, partner, bytes: bytes.length }, 'message received');
  const { id, sha256, duplicate } = receipt;
  const message = waitMs > 0 ? await settled(hub, id, waitMs) : undefined;
  return { id, sha256, duplicate, correlation, ...(message === undefined ? {} : { message }) };
}

// Looks seldom at first: a batch takes some milliseconds, and a waiting caller must not slow it down.
async function settled({ store }: ApiHub, id: string, waitMs: number): Promise<MessageDetail | undefined> {
  const until = Date.now() + waitMs;
  for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 1.5, 250)) {
    const message = await findMessage(store, store.tenant, id);
    const left = until - Date.now();
    if (message === undefined || message.verdict !== 'received' || left <= 0) return message;
    await sleep(Math.min(pauseMs, left));
  }
}

function fileNameFrom({ headers }: FastifyRequest): string | undefined {
  const named = headers['x-file-name'];
  const given = typeof named === 'string' ? decoded(named) : fromDisposition(headers['content-disposition']);
  const base = given?.split(/[/\\]/).at(-1)?.trim();
  return base === undefined || base === '' ? undefined : base.slice(0, 255);
}

// RFC 6266: `filename*` has its own encoding and goes before `filename`.
function fromDisposition(header: string | undefined): string | undefined {
  const extended = /filename\*\s*=\s*UTF-8''([^;]+)/i.exec(header ?? '')?.[1];
  if (extended !== undefined) return decoded(extended.trim());
  const [, quoted, plain] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(header ?? '') ?? [];
  return quoted?.replace(/\\(.)/g, '$1') ?? plain?.trim();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
