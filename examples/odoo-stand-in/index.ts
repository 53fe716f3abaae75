// An Odoo to try things against: real HTTP, both doors, 17, 18 or 19, and every way to fail that we know of.
//
// It knows the models that invoicing needs and agrees with recordings of real servers (`recordings.test.ts`).
// It listens on this machine only and must never be mistaken for an ERP.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type HeldDocument, heldDocuments } from './documents.ts';
import { type HttpAnswer, htmlAnswer } from './doors.ts';
import type { Major } from './environment.ts';
import { DEFAULT_DELAY_MS, type Fault, openFaults } from './faults.ts';
import { openJournal } from './journal.ts';
import { listen, listenSomewhere, shut } from './port.ts';
import { type HttpQuestion, prepare } from './server.ts';
import { openWork } from './work.ts';

export type { HeldDocument } from './documents.ts';
export { FAULT_MODES, type Fault, type FaultMode } from './faults.ts';

export type StandInOptions = {
  /** Default 19. */
  readonly version?: Major;
  /** None given: one that is free, outside the range from which outgoing connections take theirs. */
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly key?: string;
  /** Epoch milliseconds; the machine's clock when not given. */
  readonly now?: () => number;
  /** Where its memory is kept; none given: it forgets when it stops. */
  readonly journalFile?: string;
  /** How long a `load` is at work, and so how far apart two of them still collide. */
  readonly loadWorkMs?: number;
};

export type StandIn = {
  readonly url: string;
  readonly database: string;
  readonly user: string;
  readonly key: string;
  readonly setFault: (fault: Fault) => Promise<void>;
  readonly documents: () => HeldDocument[];
  /** Does what a person at the ERP could do, past doors and faults: cancel, delete, close the books. */
  readonly act: (
    model: string,
    method: string,
    ids?: readonly number[],
    args?: Readonly<Record<string, unknown>>,
  ) => unknown;
  /** How many calls came in so far, also those that a fault hit. */
  readonly callCount: () => number;
  /** How many calls the fault in force has hit. */
  readonly hitCount: () => number;
  readonly stop: () => Promise<void>;
};

export async function startOdooStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { version = 19, database = 'standin', user = 'lading', key = 'stand-in-key', now = Date.now } = options;
  const journal = openJournal(options.journalFile);
  const { loadWorkMs = DEFAULT_LOAD_WORK_MS } = options;
  const work = openWork({ major: version, credentials: { database, user, key }, now, loadWorkMs }, journal);
  const faults = openFaults();
  let callCount = 0;

  const http = createServer((request, response) => {
    void serve(request, response).catch(() => request.socket.destroy());
  });
  const port = await listenSomewhere(http, options.port);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const question = await questionFrom(request);
    callCount += 1;
    const prepared = prepare(work, question);
    const { mode, delayMs = DEFAULT_DELAY_MS } = faults.next(prepared);
    if (mode === 'down') return void request.socket.destroy();
    if (mode === 'throttled') return send(response, THROTTLED);
    const answer = await prepared.perform();
    if (mode === 'timeout-after-commit') return void request.socket.destroy();
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
    database,
    user,
    key,
    setFault,
    documents: () => heldDocuments(work.runAsAdministrator),
    act: (model, method, ids = [], args = {}) => work.runAsAdministrator({ model, method, ids, args, context: {} }),
    callCount: () => callCount,
    hitCount: faults.hitCount,
    stop: async () => {
      await shut(http);
      journal.close();
    },
  };
}

const DEFAULT_LOAD_WORK_MS = 2;

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
