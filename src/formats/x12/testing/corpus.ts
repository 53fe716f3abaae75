// Real files, read where they lie: beside the checkout, never copied into it. Absent on most machines.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../../shared/corpus/', import.meta.url));

/** Why tests over real files do not run here, or false when they do. */
export const corpusMissing: string | false = existsSync(folder) ? false : 'the folder ../shared/corpus is not there';

/** Names such as `x12-214/canadapost-19-sets.edi`, sorted. */
export function x12CorpusNames(): string[] {
  if (corpusMissing !== false) return [];
  const folders = readdirSync(folder).filter((name) => name.startsWith('x12-'));
  return folders.flatMap((name) => readdirSync(folder + name).map((file) => `${name}/${file}`)).sort();
}

export function corpusBytes(name: string): Uint8Array {
  // A plain array: the `slice` of a Buffer would share its bytes.
  return new Uint8Array(readFileSync(folder + name));
}
