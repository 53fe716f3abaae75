// Stands before a real Odoo and misbehaves like the stand-in: what a lost answer does is only known when it was a real
// server that did the work. Nothing is changed on the way.
import { request } from 'undici';
import type { HttpAnswer } from './doors.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';
import { type HttpQuestion, methodAsked } from './server.ts';

/** `url`: where the real Odoo answers; `onCall` is told of each call before it is passed on. */
export function startFaultProxy(
  url: string,
  { onCall }: { readonly onCall?: () => Promise<void> | void } = {},
): Promise<FaultyServer> {
  const base = url.replace(/\/+$/, '');
  const prepare = (question: HttpQuestion) => ({ ...methodAsked(question), perform: () => passedOn(base, question) });
  return startFaultyServer(prepare, { onCall });
}

// What belongs to a connection ends here.
const OF_THE_CONNECTION = /^(connection|host|content-length|transfer-encoding|keep-alive)$/;

async function passedOn(base: string, { method, path, headers, body }: HttpQuestion): Promise<HttpAnswer> {
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.test(name));
  const answer = await request(base + path, {
    method: method as 'GET' | 'POST',
    headers: Object.fromEntries(kept),
    body: method === 'POST' ? body : undefined,
  });
  const type = String(answer.headers['content-type'] ?? '');
  return { status: answer.statusCode, headers: { 'content-type': type }, body: await answer.body.text() };
}
