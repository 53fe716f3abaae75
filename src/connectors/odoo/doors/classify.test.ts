// Every recorded error of real Odoos, through the door it came from, and the errors that no recording can hold.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Verdict } from '../../contract.ts';
import { loadRecords } from '../load.ts';
import { classify, classifyRead } from './classify.ts';
import type { Door } from './door.ts';
import { OdooError, type OdooFailure } from './failure.ts';
import { openJson2 } from './json-2.ts';
import { openJsonRpc } from './json-rpc.ts';
import { openWire, type Wire } from './wire.ts';

type Recording = {
  request: { path: string };
  response: { status: number; headers: Record<string, string>; body: unknown };
};

const recordingOf = (name: string): Recording =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));

const KEY = 'secret-key';
let server: Server;
let wire: Wire;
let answer: { status: number; headers?: Record<string, string>; body: string };

before(async () => {
  server = createServer((_, response) => {
    response.writeHead(answer.status, answer.headers ?? {});
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  wire = openWire(
    { url, database: 'mydb', key: KEY, answerSeconds: 0.2 },
    { now: () => Date.parse('2026-11-20T12:00:00Z') },
  );
});

after(async () => {
  await wire.close();
  server.close();
});

const settings = { url: '', database: 'mydb', user: 'api', key: KEY };

function play({ response: { status, headers, body } }: Recording): void {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  answer = { status, headers: { 'content-type': type }, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

async function rpcDoor(): Promise<Door> {
  answer = { status: 200, body: '{"jsonrpc":"2.0","id":1,"result":6}' };
  return openJsonRpc(wire, settings);
}

async function thrownBy(act: () => Promise<unknown>): Promise<unknown> {
  return act().then(
    () => assert.fail('nothing was thrown'),
    (error) => error,
  );
}

const summary = (verdict: Verdict) =>
  [verdict.verdict, verdict.verdict === 'refuse' ? verdict.kind : undefined, verdict.scope].filter(Boolean).join(' ');

const recorded = {
  '17-error-access-denied': 'refuse not-permitted document',
  '17-error-lock-date-reset-to-draft': 'refuse rejected document',
  '17-error-missing-required': 'refuse rejected document',
  '17-error-post-already-posted': 'refuse rejected document',
  '17-error-postgres-down': 'retry system',
  '17-error-redirect-warning': 'refuse rejected document',
  '17-error-serialization-failure': 'retry document',
  '17-error-unknown-id': 'refuse rejected document',
  '17-load-concurrent-loser': 'retry document',
  '17-load-error-bad-partner': 'refuse customer-unknown document',
  '17-rpc-execute-bad-password': 'refuse access-denied system',
  '17-rpc-unknown-model': 'refuse rejected document',
  '19-error-lock-date-reset-to-draft': 'refuse rejected document',
  '19-error-post-already-posted': 'refuse rejected document',
  '19-error-postgres-down': 'retry system',
  '19-error-serialization-failure': 'retry document',
  '19-error-unknown-id': 'refuse rejected document',
  '19-json2-401-badkey': 'refuse access-denied system',
  '19-json2-403-access-error': 'refuse not-permitted document',
  '19-json2-404-model': 'refuse not-understood document',
  '19-json2-422-missing-arg': 'refuse not-understood document',
  '19-json2-422-validation-missing-name': 'refuse rejected document',
  '19-json2-unknown-field': 'refuse not-understood document',
  '19-json2-wrong-db': 'retry system',
  '19-load-concurrent-loser': 'retry document',
  '19-load-error-bad-partner': 'refuse customer-unknown document',
  '19-rpc-validation-error': 'refuse rejected document',
};

for (const [name, expected] of Object.entries(recorded)) {
  test(`classify: ${name} is ${expected}`, async () => {
    const recording = recordingOf(name);
    const door = recording.request.path === '/jsonrpc' ? await rpcDoor() : openJson2(wire, settings);
    play(recording);
    const isLoad = name.includes('-load-');
    const error = await thrownBy(() =>
      isLoad
        ? loadRecords(door, 'account.move', { fields: [], data: [] })
        : door({ model: 'account.move', method: 'action_post', ids: [1] }),
    );
    assert.equal(summary(classify(error)), expected);
  });
}

test('classify: of a warning with a way out only the warning is told', async () => {
  const door = await rpcDoor();
  play(recordingOf('17-error-redirect-warning'));
  const verdict = classify(await thrownBy(() => door({ model: 'res.company', method: 'write', ids: [1] })));
  assert.match('sentence' in verdict ? verdict.sentence : '', /unposted entries[^{}]*You should [^{}]*$/);
});

test('classify: a recorded login that was refused is the key', async () => {
  play(recordingOf('17-rpc-authenticate-bad-password'));
  const error = await thrownBy(() => openJsonRpc(wire, settings));
  assert.equal(summary(classify(error)), 'refuse access-denied system');
});

const unrecorded: { name: string; failure: OdooFailure; expected: string }[] = [
  { name: 'no connection', failure: { kind: 'not-reached', code: 'ECONNREFUSED' }, expected: 'retry system' },
  { name: 'dropped connection', failure: { kind: 'answer-lost', code: 'ECONNRESET' }, expected: 'unknown system' },
  { name: 'unreadable answer', failure: { kind: 'garbage', status: 200 }, expected: 'unknown system' },
  { name: 'proxy 502', failure: { kind: 'http', status: 502 }, expected: 'unknown system' },
  { name: 'proxy 504', failure: { kind: 'http', status: 504 }, expected: 'unknown system' },
  { name: 'throttled', failure: { kind: 'http', status: 429, afterMs: 1000 }, expected: 'retry system' },
  { name: 'too large', failure: { kind: 'http', status: 413 }, expected: 'refuse rejected document' },
  { name: 'another address', failure: { kind: 'http', status: 303 }, expected: 'refuse not-understood system' },
  { name: 'too old', failure: { kind: 'unfamiliar', message: 'Odoo 12' }, expected: 'refuse not-understood system' },
  {
    name: 'unknown method on JSON-RPC',
    failure: { kind: 'fault', name: 'builtins.AttributeError', message: 'x' },
    expected: 'refuse not-understood document',
  },
  {
    name: 'an exception we never met',
    failure: { kind: 'fault', name: 'odoo.addons.custom.Odd', message: 'x' },
    expected: 'refuse rejected document',
  },
  {
    name: 'a wrong database on JSON-RPC',
    failure: { kind: 'fault', name: 'psycopg2.OperationalError', message: 'database "x" does not exist' },
    expected: 'retry system',
  },
];

for (const { name, failure, expected } of unrecorded) {
  test(`classify: ${name} is ${expected}`, () => assert.equal(summary(classify(new OdooError(failure))), expected));
}

test('classify: of a mere question nothing is ever unknown', () => {
  const lost = new OdooError({ kind: 'answer-lost', code: 'ECONNRESET' });
  assert.equal(summary(classifyRead(lost)), 'retry system');
});

test('wire: Retry-After is read as seconds and as a date', async () => {
  for (const [value, afterMs] of [
    ['7', 7000],
    ['Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
  ] as const) {
    answer = { status: 429, headers: { 'retry-after': value }, body: '' };
    const verdict = classify(await thrownBy(() => wire.get('/')));
    assert.equal('afterMs' in verdict && verdict.afterMs, afterMs);
  }
});

test('wire: an answer larger than allowed is not read to its end', async () => {
  const small = openWire(
    {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      database: 'mydb',
      key: KEY,
      maxAnswerBytes: 1024,
    },
    { now: Date.now },
  );
  answer = { status: 200, body: 'x'.repeat(5000) };
  const error = await thrownBy(() => small.get('/'));
  await small.close();
  assert.deepEqual((error as OdooError).failure, { kind: 'answer-lost', code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
});

test("the key is in no error, even where Odoo's own words repeat it", async () => {
  const door = await rpcDoor();
  const data = { name: 'odoo.exceptions.UserError', message: `bad call with ${KEY}`, debug: `Traceback ${KEY}` };
  answer = { status: 200, body: JSON.stringify({ jsonrpc: '2.0', error: { data } }) };
  const error = (await thrownBy(() => door({ model: 'm', method: 'x' }))) as OdooError;
  const everything = [JSON.stringify(error), error.message, error.stack, JSON.stringify(classify(error))].join();
  assert.ok(!everything.includes(KEY));
});
