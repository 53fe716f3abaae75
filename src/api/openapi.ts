// The OpenAPI 3.1 document, made from the routes' own schemas.
//
// Schemas with a title become components, so that generated clients have names for what they read.

import swagger from '@fastify/swagger';
import type { FastifyContextConfig, FastifySchema, RouteOptions } from 'fastify';
import { ROUTE_CLASSES } from '../access/roles.ts';
import type { ApiApp } from './app.ts';
import { PROBLEM_MEDIA_TYPE, PROBLEMS, ProblemDetails, type ProblemKind } from './problems.ts';

const TAGS: Readonly<Record<string, string>> = {
  Intake: 'Sending messages and events',
  Messages: 'What came in, and what became of it',
  Events: 'The feed of canonical events',
  Shipments: 'Shipments and their charges',
  Invoices: 'Invoices, supplementary invoices, credit notes',
  'Carrier invoices': 'What carriers bill, and what it was found to be',
  Explain: 'Why things are as they are',
  Quotes: 'What a shipment would cost',
  Orders: 'What orders came to',
  Exceptions: 'Problems with an owner',
  Effects: 'What should happen outside',
  Connections: 'Outside systems and partners, and how each does',
  Replay: 'Doing it again, without doubling what succeeded',
  Setup: 'Partners, agreements, policies and tables, in versions',
  Outcome: 'What all of it led to',
  Access: 'Keys and the audit trail',
  Health: 'For those who watch over the process',
  Reference: 'This description',
};

const ABOUT =
  'Lading takes freight messages in and brings exact invoices into the ERP. Every route but `/healthz`, `/readyz` and ' +
  '`/v1/tracking/{token}` needs an API key: `Authorization: Bearer lad_…`. For reading, `Basic` with the key as password serves as well. ' +
  'Problems are answered as problem details (RFC 9457). Writes honour `Idempotency-Key`. `traceparent` or ' +
  '`X-Request-Id` is taken as the correlation id and answered as `X-Request-Id`. Money is a decimal string, times are ' +
  'RFC 3339.';

const EVERY_ROUTE: readonly ProblemKind[] = ['invalid-request', 'rate-limited', 'internal', 'unavailable'];
const EVERY_GUARDED: readonly ProblemKind[] = ['unauthenticated', 'forbidden'];
const EVERY_WRITE: readonly ProblemKind[] = ['idempotency-conflict', 'idempotency-mismatch'];

/** Register before the routes. */
export async function describeApi(app: ApiApp, version: string): Promise<void> {
  app.addHook('onRoute', addProblems);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Lading', version, description: ABOUT, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: '`lading key add` makes a key' },
          keyAsPassword: { type: 'http', scheme: 'basic', description: 'For reading; any name, the key as password' },
        },
      },
    },
    transform: ({ schema, url, route }) => ({ schema: withBytes(schema, route.config), url }),
    transformObject: (document) => ('openapiObject' in document ? named(document.openapiObject) : {}),
  });
}

// For the description alone: at run time such a body is bytes, and no schema is held against it.
function withBytes(schema: FastifySchema, config: FastifyContextConfig | undefined): FastifySchema {
  if (config?.bytes === undefined) return schema;
  const content = Object.fromEntries(Object.entries(config.bytes).map(([type, inner]) => [type, { schema: inner }]));
  return { ...schema, body: { content } };
}

type Answers = Record<string, unknown>;

// What every route may answer is said once, here, and not in every route.
function addProblems(route: RouteOptions): void {
  const { schema, config } = route;
  if (schema === undefined || schema.hide === true) return;
  const isOpen = config?.allows === 'everybody';
  const isRead = route.method === 'GET' || route.method === 'HEAD';
  const kinds = [
    ...EVERY_ROUTE,
    ...(isOpen ? [] : EVERY_GUARDED),
    ...(isRead ? [] : EVERY_WRITE),
    ...(config?.problems ?? []),
  ];
  const answers = (schema.response ?? {}) as Answers;
  for (const [status, ofStatus] of Map.groupBy(new Set(kinds), (kind) => String(PROBLEMS[kind].status))) {
    answers[status] ??= {
      description: ofStatus.map((kind) => `\`${kind}\`: ${PROBLEMS[kind].title}`).join('. '),
      content: { [PROBLEM_MEDIA_TYPE]: { schema: ProblemDetails } },
    };
  }
  for (const [status, answer] of Object.entries(answers)) answers[status] = described(status, answer);
  schema.response = answers;
  if (isOpen || config?.allows === undefined || config.allows === 'everybody') return;
  schema.security = isRead ? [{ key: [] }, { keyAsPassword: [] }] : [{ key: [] }];
  (schema as Json)['x-right'] = config.allows;
  const who = `Needs the right to ${ROUTE_CLASSES[config.allows]}.`;
  schema.description = schema.description === undefined ? who : `${schema.description}\n\n${who}`;
}

const STATUS_WORDS: Readonly<Record<string, string>> = { '200': 'Done', '201': 'Made', '202': 'Taken: it is durable' };

function described(status: string, answer: unknown): unknown {
  const schema = answer as { description?: string };
  return schema.description === undefined ? { ...schema, description: STATUS_WORDS[status] ?? 'Answer' } : schema;
}

type Json = { [key: string]: unknown };

function named<T extends Json>(document: T): T {
  const schemas: Json = {};
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (node === null || typeof node !== 'object') return node;
    const { title } = node as { title?: unknown };
    const isSchema = typeof title === 'string' && ('type' in node || 'anyOf' in node);
    const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
    if (!isSchema) return inner;
    schemas[title] = inner;
    return { $ref: `#/components/schemas/${title}` };
  };
  const paths = walk(document.paths);
  const components = (document.components ?? {}) as Json;
  return {
    ...document,
    paths,
    components: { ...components, schemas: { ...(components.schemas as Json), ...schemas } },
  };
}
