// An HTTP server that misbehaves as it is told, whoever does the work behind it: the stand-in, or a real Odoo.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type HttpAnswer, htmlAnswer } from './doors.ts';
import { DEFAULT_DELAY_MS, type Fault, openFaults } from './faults.ts';
import { listen, listenSomewhere, shut } from './port.ts';
import type { HttpQuestion, Prepared } from './server.ts';

export type FaultyServer = {
  readonly url: string;
  readonly setFault: (fault: Fault) => Promise<void>;
  /** How many calls came in so far, also those that a fault hit. */
  readonly callCount: () => number;
  /** How many calls the fault in force has hit. */
  readonly hitCount: () => number;
  readonly stop: () => Promise<void>;
};

export async function startFaultyServer(
  prepare: (question: HttpQuestion) => Prepared,
  { port: wantedPort, onCall }: { readonly port?: number; readonly onCall?: () => Promise<void> | void } = {},
): Promise<FaultyServer> {
  const faults = openFaults();
  let callCount = 0;

  const http = createServer((request, response) => {
    void serve(request, response).catch(() => request.socket.destroy());
  });
  const port = await listenSomewhere(http, wantedPort);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const question = await questionFrom(request);
    callCount += 1;
    await onCall?.();
    const prepared = prepare(question);
    const { mode, delayMs = DEFAULT_DELAY_MS } = faults.next(prepared);
    if (mode === 'down') return void request.socket.destroy();
    if (mode === 'throttled') return send(response, THROTTLED);
    const work = prepared.perform();
    if (mode === 'cut-off') request.socket.destroy();
    const answer = await work;
    if (mode === 'timeout-after-commit' || mode === 'cut-off') return void request.socket.destroy();
    if (mode === 'slow') await pause(delayMs);
    send(response, mode === 'garbage' ? GARBAGE : answer);
  }

  async function setFault(fault: Fault): Promise<void> {
    faults.set(fault);
    if (faults.isShut()) await shut(http);
    else if (!http.listening) await listen(http, port);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    setFault,
    callCount: () => callCount,
    hitCount: faults.hitCount,
    stop: () => shut(http),
  };
}

const THROTTLED: HttpAnswer = {
  ...htmlAnswer(429, 'Too Many Requests', 'Slow down.'),
  headers: { 'retry-after': '1' },
};
const GARBAGE: HttpAnswer = { status: 200, headers: { 'content-type': 'text/plain' }, body: '\u0000<%~ {"jsonrpc": ' };

const MOST_BYTES = 64 * 1024 * 1024;

async function questionFrom(request: IncomingMessage): Promise<HttpQuestion> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new RangeError('request too large');
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [value].flat()[0]]));
  const path = new URL(request.url ?? '/', 'http://stand-in').pathname;
  return { method: request.method ?? 'GET', path, headers, body: Buffer.concat(chunks).toString('utf8') };
}

function send(response: ServerResponse, { status, headers = {}, body }: HttpAnswer): void {
  response.writeHead(status, { server: 'Werkzeug', ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
