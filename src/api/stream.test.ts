// The stream of changes, over a real connection.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestHub, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
let address: string;
before(async () => {
  hub = await openTestHub();
  address = await hub.app.listen({ port: 0, host: '127.0.0.1' });
});
after(() => hub.close());

async function openStream(headers: Record<string, string>) {
  const ends = new AbortController();
  const answer = await fetch(`${address}/v1/stream`, { headers, signal: ends.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const heard = async (pattern: RegExp) => {
    const until = performance.now() + 15_000;
    while (!pattern.test(text)) {
      assert.ok(performance.now() < until, `not heard within 15 s: ${pattern}, only ${text}`);
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
      assert.ok(!done, `the stream ended before ${pattern}: ${text}`);
      text += value;
    }
  };
  return { answer, heard, close: () => ends.abort() };
}

test('who listens hears of what came, by topic, and no more than that', async () => {
  const stream = await openStream(hub.as('operations'));
  assert.equal(stream.answer.headers.get('content-type'), 'text/event-stream');
  await stream.heard(/retry: 3000/);
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // the first look is what later ones differ from
  await hub.send('tms', wholeJourney('S-7'));
  await stream.heard(/event: changed\ndata: \{"topics":\[[^\]]*"messages"/);
  await stream.heard(/"shipments"/);
  stream.close();
});

test('nobody listens who is not known', async () => {
  const answer = await fetch(`${address}/v1/stream`);
  assert.equal(answer.status, 401);
  await answer.body?.cancel();
});

test('a server that closes ends its streams', async () => {
  const own = await openTestHub();
  const at = await own.app.listen({ port: 0, host: '127.0.0.1' });
  const answer = await fetch(`${at}/v1/stream`, { headers: own.as('finance') });
  const reading = answer.text();
  await own.close();
  assert.match(await reading, /retry/);
});
