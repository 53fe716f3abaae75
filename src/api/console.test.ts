// What the hub serves of the console: compressed where the browser takes that, with its policy, and a word where it is not built.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import Fastify from 'fastify';
import type { ApiApp } from './app.ts';
import { consoleRoutes, wantsPage } from './routes/console.ts';

async function serving(folder: string) {
  const app = Fastify();
  await consoleRoutes(app as unknown as ApiApp, folder);
  return app;
}

test('pages are sent compressed to who takes that, and plainly to others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'console-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'index.html.br'), brotliCompressSync('<!doctype html>'));
  const app = await serving(folder);
  const compressed = await app.inject({ url: '/shipments/S-1', headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(compressed.headers['content-encoding'], 'br');
  assert.match(String(compressed.headers['content-type']), /text\/html/);
  assert.match(String(compressed.headers['content-security-policy']), /script-src 'self';/);
  const plain = await app.inject({ url: '/' });
  assert.deepEqual([plain.headers['content-encoding'], plain.body], [undefined, '<!doctype html>']);
  await app.close();
  await rm(folder, { recursive: true });
});

test('pages that are not built say how to build them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'console-'));
  const app = await serving(folder);
  const answer = await app.inject({ url: '/' });
  assert.equal(answer.statusCode, 503);
  assert.match(answer.body, /Run <code>\.\/lading up<\/code>/);
  await app.close();
  await rm(folder, { recursive: true });
});

test('a page names the files that its address needs, as the build says', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'console-'));
  const needs = { '/shipments': ['assets/list.js', 'assets/list.css'], '/shipments/$id': ['assets/shipment.js'] };
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'needs.json'), JSON.stringify(needs));
  const app = await serving(folder);
  const linksAt = async (url: string) => (await app.inject({ url })).headers.link;
  const list =
    '</assets/list.js>; rel=modulepreload; crossorigin, </assets/list.css>; rel=preload; as=style; crossorigin';
  assert.equal(await linksAt('/shipments?unbilled=true'), list);
  assert.equal(await linksAt('/shipments/S-1'), '</assets/shipment.js>; rel=modulepreload; crossorigin');
  assert.equal(await linksAt('/shipments/S-1/facts'), undefined);
  assert.equal(await linksAt('/'), undefined);
  await app.close();
  await rm(folder, { recursive: true });
});

test('the icon is there also where a browser looks for it by itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'console-'));
  await writeFile(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const app = await serving(folder);
  const icon = await app.inject({ url: '/favicon.ico' });
  assert.deepEqual([icon.statusCode, icon.headers['content-type']], [200, 'image/svg+xml']);
  await app.close();
  await rm(folder, { recursive: true });
});

test('an address that nobody has: a page for people, an answer for programs, never a page of the API', () => {
  const asked = (url: string, accept: string, method = 'GET') => wantsPage({ method, url, headers: { accept } });
  assert.equal(asked('/nowhere', 'text/html,*/*'), true);
  assert.equal(asked('/nowhere', 'application/json'), false);
  assert.equal(asked('/v1/nowhere', 'text/html'), false);
  assert.equal(asked('/nowhere', 'text/html', 'POST'), false);
});
