// The API key that `lading connect odoo` keeps for the hub, in a file that only its owner may read.
//
// A key in the environment cannot be changed under a running hub, a file can. So that a key in the environment which
// was replaced does not come back to life, the file remembers, as digests, which keys its own has replaced; any other key in
// the environment was set by a person since and goes before the file.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { OdooSettings } from '../settings.ts';

const KeptKey = Type.Object(
  {
    key: Type.String({ minLength: 1 }),
    /** What it is called in Odoo, among the user's keys. */
    name: Type.Optional(Type.String()),
    /** When it ends: an instant with offset; none given: it is not known to end. */
    endsAt: Type.Optional(Type.String()),
    /** SHA-256, hexadecimal, of the keys that it replaced, the latest last. */
    replaced: Type.Array(Type.String()),
  },
  { additionalProperties: false },
);
export type KeptKey = Static<typeof KeptKey>;

const MOST_REMEMBERED = 50;

/** What is kept; `undefined` when there is no such file. Throws on one that cannot be used. */
export function readKeptKey(path: string): KeptKey | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new KeyFileProblem(path, 'cannot be read');
  }
  try {
    return Value.Parse(KeptKey, JSON.parse(text));
  } catch {
    // What the parser would say holds a piece of the file, and so of the key.
    throw new KeyFileProblem(path, 'is broken');
  }
}

/** Written whole or not at all, for its owner only. */
export function keepKey(path: string, kept: KeptKey): void {
  mkdirSync(dirname(path), { recursive: true });
  const replaced = kept.replaced.slice(-MOST_REMEMBERED);
  writeFileSync(`${path}.new`, `${JSON.stringify({ ...kept, replaced }, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${path}.new`, 0o600); // the mode above counts only for a new file
  renameSync(`${path}.new`, path);
}

/** The key to come with now. */
export function keyInForce({ key, keyFile }: Pick<OdooSettings, 'key' | 'keyFile'>): string {
  const kept = keyFile === undefined ? undefined : readKeptKey(keyFile);
  return kept?.replaced.includes(digestOf(key)) ? kept.key : key;
}

export function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** A key file that a person must mend; `what`, `where` and `mend` make one line. */
class KeyFileProblem extends Error {
  readonly what = 'the kept key of Odoo cannot be used';
  readonly where: string;
  readonly mend: string;

  constructor(path: string, trouble: string) {
    super(`${path} ${trouble}`);
    this.where = path;
    this.mend = `it ${trouble}; make it readable, or remove it and give the key as ODOO_KEY`;
  }
}
