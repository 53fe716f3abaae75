// Bytes → a JSON value, within bounds, with the place of the first fault.

import { jsonFaultPlace } from './fault-place.ts';

export type ReadJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly detail: string; readonly offset?: number };

/** A document in an event may have 40 million characters of base64; a little more than that is all anybody needs. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;
/** Canonical events nest eight deep. */
export const MAX_JSON_DEPTH = 64;

export function readJson(bytes: Uint8Array): ReadJson {
  if (bytes.length > MAX_JSON_BYTES) {
    return {
      ok: false,
      detail: `JSON of ${bytes.length} bytes, ${MAX_JSON_BYTES} are the limit; send several messages`,
    };
  }
  const tooDeepAt = firstTooDeep(bytes);
  if (tooDeepAt !== undefined) {
    const detail = `JSON nested deeper than ${MAX_JSON_DEPTH} at byte ${tooDeepAt}; send it flatter`;
    return { ok: false, detail, offset: tooDeepAt };
  }
  const text = decoded(bytes);
  if (text === undefined) return invalidUtf8(bytes);
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return broken(text);
  }
}

const OPENING = new Set([0x5b, 0x7b]); // [ {
const CLOSING = new Set([0x5d, 0x7d]); // ] }
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

// Before parsing, so that a hostile body costs one pass and no memory.
function firstTooDeep(bytes: Uint8Array): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (quoted) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (OPENING.has(byte)) {
      if (++depth > MAX_JSON_DEPTH) return at;
    } else if (CLOSING.has(byte)) depth--;
  }
  return undefined;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// The first byte that is no UTF-8 is where a lenient reading first differs from the bytes.
function invalidUtf8(bytes: Uint8Array): ReadJson {
  const again = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), 'utf8');
  let at = 0;
  while (at < bytes.length && bytes[at] === again[at]) at++;
  return { ok: false, detail: `invalid UTF-8 at byte ${at}; send the JSON encoded as UTF-8`, offset: at };
}

function broken(text: string): ReadJson {
  const { at, line, column } = jsonFaultPlace(text);
  const offset = Buffer.byteLength(text.slice(0, at), 'utf8');
  return { ok: false, detail: `broken JSON at line ${line}, column ${column}; send well-formed JSON`, offset };
}
