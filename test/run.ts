// The test run of `lading test`: node:test over the files named, in the order given, which its command line would sort by name.
// Files joined by commas share a process. What is said goes to stdout, what was skipped as lines of JSON to a file.
//
//   node test/run.ts CONCURRENCY TIMEOUT_MS SKIPS_FILE FILE[,FILE…]…     (TIMEOUT_MS 0: none, for one process)
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import skips from './skips-reporter.ts';

const [concurrency, timeoutMs, skipsFile = '', ...units] = process.argv.slice(2);
const entries = `${resolve(skipsFile)}.together`;
process.once('exit', () => rmSync(entries, { recursive: true, force: true }));
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

/** The file to run for some that share a process: one that brings them together. */
function entryFor(unit: string, index: number): string {
  const files = unit.split(',');
  if (files.length === 1) return unit;
  const entry = join(entries, `${index}.test.mjs`);
  const paths = JSON.stringify(files.map((file) => resolve(file)));
  const { href } = new URL('./together.ts', import.meta.url);
  mkdirSync(entries, { recursive: true });
  writeFileSync(entry, `import { together } from ${JSON.stringify(href)};\ntogether(${paths});\n`);
  return entry;
}

const events = run({
  files: units.map(entryFor),
  concurrency: Number(concurrency),
  timeout: Number(timeoutMs) || Number.POSITIVE_INFINITY,
  signal: stopping.signal,
});
events.on('test:fail', ({ todo }) => {
  if (todo === undefined || todo === false) process.exitCode = 1;
});
events.compose(spec).pipe(process.stdout);
events.compose(skips).pipe(createWriteStream(skipsFile));
