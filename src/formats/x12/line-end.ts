// A line ends inside a segment: was the terminator forgotten, or the line only wrapped?
import { isaBegins } from './isa.ts';
import { isFiller, isIdByte } from './text.ts';

/** Blanks looked through behind a line break before it is taken for a wrap. */
const INDENT_LOOKED_THROUGH = 64;

/** Does a segment begin on the line after the break at `at`? Undefined: more bytes than up to `filled` are needed to tell. */
export function segmentBeginsBehind(
  bytes: Uint8Array,
  at: number,
  filled: number,
  separator: number,
  final: boolean,
): boolean | undefined {
  const lookedThrough = Math.min(filled, at + INDENT_LOOKED_THROUGH);
  let start = at;
  while (start < lookedThrough && isFiller(bytes[start])) start++;
  if (start === at + INDENT_LOOKED_THROUGH) return false;
  let end = start;
  while (end < filled && end < start + 3 && isIdByte(bytes[end])) end++;
  if (end >= filled) return final ? false : undefined;
  // Another interchange may have another separator.
  if (end - start === 3 && isaBegins(bytes, start)) return true;
  return end - start >= 2 && (bytes[start] as number) >= 0x41 && bytes[end] === separator;
}
