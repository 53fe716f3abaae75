// Bytes to text, and the few byte classes X12 needs.
//
// X12 itself is ASCII. Partners send names in UTF-8 or in Windows-1252; an element that is not valid UTF-8 is read as
// Windows-1252, which gives every byte a meaning, so reading never fails on an accent.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

export function textOf(bytes: Uint8Array, from: number, to: number): string {
  if (to <= from) return '';
  for (let at = from; at < to; at++) if ((bytes[at] as number) > 0x7f) return accentedText(bytes.subarray(from, to));
  // Elements are short; making a few characters here is quicker than one call into the runtime.
  if (to - from <= 8) {
    let text = '';
    for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at] as number);
    return text;
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}

function accentedText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

/** Capitals and digits, of which segment ids are made. */
export function isIdByte(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39));
}

export function isAlphanumeric(byte: number | undefined): boolean {
  return isIdByte(byte) || (byte !== undefined && byte >= 0x61 && byte <= 0x7a);
}

/** What may stand between segments: blank, tab, line breaks, and the NUL and ^Z that old systems pad files with. */
export function isFiller(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x00 || byte === 0x1a;
}

export function isLineBreak(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

/** The unsigned number written in these bytes, blanks around it and line wraps in it allowed, or -1. Counts and control numbers. */
export function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let start = from;
  let end = to;
  while (start < end && isFiller(bytes[start])) start++;
  while (end > start && isFiller(bytes[end - 1])) end--;
  // Fifteen digits are exact in a double, a wrap may add two; X12 control numbers have nine.
  if (start === end || end - start > 17) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (isLineBreak(bytes[at])) continue;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Control numbers agree when they are the same number, or else the same text: `0001` is `1`. */
export function sameControlNumber(one: string, other: string): boolean {
  return canonicalNumber(one) === canonicalNumber(other);
}

function canonicalNumber(text: string): string {
  const trimmed = text.trim();
  return /^\d+$/.test(trimmed) ? trimmed.replace(/^0+(?=\d)/, '') : trimmed;
}
