// Which customer a bank's text names, where it has no field for who paid: by name or by identifier, as whole words.

import type { Partner } from '../model/setup/partner.ts';

type Named = { readonly words: readonly string[]; readonly customer: string };
type Index = ReadonlyMap<string, readonly Named[]>;

/** Shorter ones are in too many texts by chance. */
const SHORTEST = 4;
const INDEXES = new WeakMap<ReadonlyMap<string, Partner>, Index>();

/** The one whose name is told in most words; `undefined` where there is none, or several are told alike. */
export function customerInText(text: string, partners: ReadonlyMap<string, Partner>): string | undefined {
  const index = indexOf(partners);
  const words = wordsOf(text);
  let longest = 0;
  let found = new Set<string>();
  for (const [at, word] of words.entries()) {
    for (const { words: name, customer } of index.get(word) ?? []) {
      if (name.length < longest || !name.every((each, offset) => words[at + offset] === each)) continue;
      if (name.length > longest) found = new Set();
      longest = name.length;
      found.add(customer);
    }
  }
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

function indexOf(partners: ReadonlyMap<string, Partner>): Index {
  const known = INDEXES.get(partners);
  if (known !== undefined) return known;
  const index = new Map<string, Named[]>();
  for (const { id, name, roles, identifiers = [] } of partners.values()) {
    if (!roles.includes('customer')) continue;
    for (const text of [name, ...identifiers.map(({ value }) => value)]) {
      const words = wordsOf(text);
      const [first] = words;
      if (first === undefined || words.join('').length < SHORTEST) continue;
      const listed = index.get(first);
      if (listed === undefined) index.set(first, [{ words, customer: id }]);
      else listed.push({ words, customer: id });
    }
  }
  INDEXES.set(partners, index);
  return index;
}

function wordsOf(text: string): string[] {
  return text.toUpperCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
