// Bytes of an XML document → text, piece by piece (XML 1.0, appendix F): the byte order mark says the encoding, else the
// declaration does, else it is UTF-8. What calls itself UTF-8 and is not is read as Windows-1252, as banks' older
// programs write it.
import { isUtf8 } from 'node:buffer';

const PIECE_BYTES = 65_536;
const HEAD_BYTES = 200;

/** `undefined` when the encoding that is declared is none we know. */
export function decoded(bytes: Uint8Array): Iterable<string> | undefined {
  const decoder = decoderFor(encodingOf(bytes));
  return decoder && pieces(bytes, decoder);
}

/** As the document names it, for a message to a person. */
export function encodingOf(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const isMarked = first === 0xef && second === 0xbb && third === 0xbf;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(HEAD_BYTES, bytes.length)).toString('latin1');
  const [, declared = 'utf-8'] = /^[^<]*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(head) ?? [];
  const encoding = isMarked ? 'utf-8' : declared.toLowerCase();
  return /^utf-?8$/.test(encoding) && !isUtf8(bytes) ? 'windows-1252' : encoding;
}

function decoderFor(encoding: string): TextDecoder | undefined {
  try {
    return new TextDecoder(encoding);
  } catch {
    return undefined;
  }
}

function* pieces(bytes: Uint8Array, decoder: TextDecoder): Generator<string> {
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    yield decoder.decode(bytes.subarray(start, start + PIECE_BYTES), { stream: true });
  }
  yield decoder.decode();
}
