// The console's built pages at `/`. Every address that is not the API's is a page of it; it finds its own way from there.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
  const page = async ({ url }: FastifyRequest, reply: FastifyReply) => {
    if (!existsSync(join(folder, 'index.html'))) return notBuilt(asPage(reply));
    const links = await linksFor(url, folder);
    if (links) reply.header('link', links);
    return asPage(reply).sendFile('index.html', { cacheControl: false });
  };
  // Named by their content: what has the name is the file, for ever.
  app.get('/assets/*', open, async (request, reply) => {
    reply.header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`);
    return reply.sendFile(`assets/${(request.params as { '*': string })['*']}`, { cacheControl: false });
  });
  // A browser asks for favicon.ico by itself, beside whatever is no page of ours.
  for (const icon of ['/icon.svg', '/favicon.ico']) {
    app.get(icon, open, async (_request, reply) => reply.sendFile('icon.svg', { cacheControl: false }));
  }
  app.get('/', open, async (request, reply) => page(request, reply));
  for (const area of PAGES) app.get(`/${area}`, open, async (request, reply) => page(request, reply));
  for (const area of PAGES) app.get(`/${area}/*`, open, async (request, reply) => page(request, reply));
}

// The build says which files the page at each address needs (console/build/what-pages-need.ts). Named beside the page, they
// are fetched with it, not one after another as each is read. Read each time, as the page is: it may be built anew meanwhile.
async function linksFor(url: string, folder: string): Promise<string | undefined> {
  const written = await readFile(join(folder, 'needs.json'), 'utf8').catch(() => '{}');
  const needs = Object.entries(JSON.parse(written) as Record<string, readonly string[]>);
  return needs
    .find(([path]) => isAt(url, path))?.[1]
    .map(linkTo)
    .join(', ');
}

function linkTo(file: string): string {
  const how = file.endsWith('.css') ? 'rel=preload; as=style' : 'rel=modulepreload';
  return `</${file}>; ${how}; crossorigin`;
}

/** `/shipments/S-1?tab=facts` is at `/shipments/$id`. */
function isAt(url: string, path: string): boolean {
  const wanted = path.split('/');
  const parts = (url.split('?')[0] as string).split('/');
  return parts.length === wanted.length && wanted.every((each, at) => each.startsWith('$') || each === parts[at]);
}

/** Somebody who came by a wrong address is told so by a page; programs get an answer they can read. */
export function wantsPage({ method, url, headers }: Pick<FastifyRequest, 'method' | 'url' | 'headers'>): boolean {
  return method === 'GET' && !/^\/(v1|assets)\//.test(url) && (headers.accept ?? '').includes('text/html');
}

/** The console's own page for an address that it does not have. */
export async function noSuchPage(reply: FastifyReply, folder: string = BUILT) {
  const file = await readFile(join(folder, 'index.html')).catch(() => undefined);
  return file === undefined ? notBuilt(asPage(reply)) : asPage(reply).code(404).type(HTML).send(file);
}

const HTML = 'text/html; charset=utf-8';

function asPage(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-security-policy', POLICY)
    .header('referrer-policy', 'same-origin')
    .header('x-robots-tag', 'noindex');
}

function notBuilt(reply: FastifyReply) {
  return reply.code(503).type(HTML).send(NOT_BUILT);
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
