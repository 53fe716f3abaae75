// The test run of `lading test`: node:test over the files named, in the order given, which its command line would sort by name.
// What is said goes to stdout, what was skipped as lines of JSON to a file.
//
//   node test/run.ts CONCURRENCY TIMEOUT_MS SKIPS_FILE FILE…     (TIMEOUT_MS 0: none)
import { createWriteStream } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import skips from './skips-reporter.ts';

const [concurrency, timeoutMs, skipsFile = '', ...files] = process.argv.slice(2);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const events = run({
  files,
  concurrency: Number(concurrency),
  timeout: Number(timeoutMs) || Number.POSITIVE_INFINITY,
  signal: stopping.signal,
});
events.on('test:fail', ({ todo }) => {
  if (todo === undefined || todo === false) process.exitCode = 1;
});
events.compose(spec).pipe(process.stdout);
events.compose(skips).pipe(createWriteStream(skipsFile));
