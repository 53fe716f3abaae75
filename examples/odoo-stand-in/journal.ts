// What the stand-in did, one committed transaction a line, so that it knows its documents after a restart.
//
// A line is written before the answer goes out. A process killed in the middle of writing leaves a torn last line:
// that transaction was never answered, so it is dropped.
import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Change } from './row.ts';

export type Journal = {
  readonly past: readonly (readonly Change[])[];
  readonly append: (changes: readonly Change[]) => void;
  readonly close: () => void;
};

export function openJournal(file: string | undefined): Journal {
  if (file === undefined) return { past: [], append: () => {}, close: () => {} };
  mkdirSync(dirname(file), { recursive: true });
  const text = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const whole = text.lastIndexOf('\n') + 1;
  const descriptor = openSync(file, 'a');
  ftruncateSync(descriptor, whole);
  const lines = text.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
  return {
    past: lines.map((line) => JSON.parse(line) as Change[]),
    append: (changes) => {
      const line = Buffer.from(`${JSON.stringify(changes)}\n`);
      for (let written = 0; written < line.length; ) written += writeSync(descriptor, line, written);
    },
    close: () => closeSync(descriptor),
  };
}
