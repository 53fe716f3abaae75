// The console's built pages at `/`. Every address that is not the API's is a page of it; it finds its own way from there.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { ApiApp } from '../app.ts';

const BUILT = fileURLToPath(new URL('../../../console/dist/', import.meta.url));
const YEAR_SECONDS = 31_536_000;

// Mantine writes its sizes as style attributes; scripts come from our own files and from nowhere else.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Lading</title>
<h1>The console is not built</h1>
<p>Run <code>./lading up</code> or <code>./lading demo</code>, which build it, and load this page again.
The API does not need it: <a href="/v1/reference">/v1/reference</a> describes it.</p></html>
`;

export async function consoleRoutes(app: ApiApp, folder: string = BUILT): Promise<void> {
  const open = { config: { allows: 'everybody' as const }, schema: { hide: true } };
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
  const page = (reply: FastifyReply) => {
    reply.header('content-security-policy', POLICY).header('referrer-policy', 'same-origin');
    reply.header('x-robots-tag', 'noindex');
    if (!existsSync(join(folder, 'index.html')))
      return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
    return reply.sendFile('index.html', { cacheControl: false });
  };
  // Named by their content: what has the name is the file, for ever.
  app.get('/assets/*', open, async (request, reply) => {
    reply.header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`);
    return reply.sendFile(`assets/${(request.params as { '*': string })['*']}`, { cacheControl: false });
  });
  app.get('/icon.svg', open, async (_request, reply) => reply.sendFile('icon.svg', { cacheControl: false }));
  app.get('/', open, async (_request, reply) => page(reply));
  for (const area of PAGES) app.get(`/${area}`, open, async (_request, reply) => page(reply));
  for (const area of PAGES) app.get(`/${area}/*`, open, async (_request, reply) => page(reply));
}

/** First parts of the console's addresses; anything else is not found. */
const PAGES = [
  'overview',
  'orders',
  'shipments',
  'exceptions',
  'billing',
  'invoices',
  'carrier-invoices',
  'messages',
  'connections',
  'rules',
  'disputes',
  'portal',
  'track',
  'audit',
  'people',
] as const;
