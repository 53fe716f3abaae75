// Is this X12 at all? A look at the first bytes, for those who must choose a reader.
import { isaBegins } from './isa.ts';
import { isFiller } from './text.ts';

/** True when bytes of an input begin an interchange, byte order mark and filler before it allowed. */
export function looksLikeX12(bytes: Uint8Array): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && at < 1024 && isFiller(bytes[at])) at++;
  return isaBegins(bytes, at);
}
