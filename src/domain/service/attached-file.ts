// What people send along with what they say: a few kinds of files, of bounded size, told by their bytes.
//
// The kind that a sender claims is no proof of what a file is, so it is not asked. A name is kept for people to read; it
// never names a place, here or on the machine of whoever saves it.
import type { AttachedFile } from '../../model/customer-dispute.ts';

export const FILE_BYTES_AT_MOST = 5 * 1024 * 1024;
const NAME_LENGTH = 120;

export type FileCheck =
  | { readonly kind: 'file'; readonly file: AttachedFile }
  | { readonly kind: 'refused'; readonly detail: string };

/** `content` is base64. */
export function attachedFileFrom({ name, content }: { readonly name: string; readonly content: string }): FileCheck {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(content) || content.length % 4 !== 0) {
    return { kind: 'refused', detail: 'file: its content is not base64' };
  }
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length === 0) return { kind: 'refused', detail: 'file: it is empty' };
  if (bytes.length > FILE_BYTES_AT_MOST) return { kind: 'refused', detail: 'file: it has more than 5 MB' };
  const mediaType = mediaTypeOf(bytes);
  if (mediaType === undefined) {
    return { kind: 'refused', detail: 'file: send a PDF, a picture (PNG, JPEG, WebP) or plain text' };
  }
  return { kind: 'file', file: { name: plainName(name), mediaType, content: bytes } };
}

// How each kind begins, in hex: "%PDF-", PNG's eight bytes, JPEG's start of image, "RIFF", a length and "WEBP".
const SIGNATURES: readonly (readonly [mediaType: string, signature: RegExp])[] = [
  ['application/pdf', /^255044462d/],
  ['image/png', /^89504e470d0a1a0a/],
  ['image/jpeg', /^ffd8ff/],
  ['image/webp', /^52494646.{8}57454250/],
];
const LONGEST_SIGNATURE = 12;

function mediaTypeOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, LONGEST_SIGNATURE)).toString('hex');
  const known = SIGNATURES.find(([, signature]) => signature.test(head))?.[0];
  return known ?? (isPlainText(bytes) ? 'text/plain' : undefined);
}

function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what plain text has none of
    return !/[\u0000-\u0008\u000b\u000e-\u001f]/.test(text);
  } catch {
    return false;
  }
}

// Control characters and those that turn the direction of writing make a name look like another; folders are left out.
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return plain === '' || /^\.+$/.test(plain) ? 'file' : [...plain].slice(-NAME_LENGTH).join('');
}
