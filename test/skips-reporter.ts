// A reporter for node:test that lists only what was skipped, as lines of JSON. `lading test` reads them out at the end.
import type { TestEvent } from 'node:test/reporters';

export type SkippedTest = { name: string; file: string; why: string };

export default async function* skips(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, file, skip } = event.data;
    if (skip === undefined || skip === false) continue;
    const why = typeof skip === 'string' && skip !== '' ? skip : 'no reason given';
    yield `${JSON.stringify({ name, file: file ?? '', why } satisfies SkippedTest)}\n`;
  }
}
