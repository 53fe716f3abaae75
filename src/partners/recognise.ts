// Which kind of document some bytes are, told from how they begin. Nothing is parsed here.
//
// File names and media types are not asked: partners get them wrong more often than the first bytes.

export type RecognisedFormat =
  | 'empty'
  | 'x12'
  | 'json'
  | 'odoo'
  | 'edifact'
  | 'ubl'
  | 'iso20022'
  | 'mt940'
  | 'bai2'
  | 'delimited'
  | 'xml'
  | 'unknown';

export type Recognised = {
  readonly format: RecognisedFormat;
  /** The kind in words for a message to a person. */
  readonly name: string;
};

/** Enough for any signature below, and for the first lines of a delimited file. */
const HEAD_BYTES = 4_096;

const SIGNATURES: readonly { format: RecognisedFormat; name: string; begins: RegExp }[] = [
  // Without its envelope it is X12 all the same, and the reader says what is missing.
  { format: 'x12', name: 'X12', begins: /^(ISA|(GS|ST)[^\w\s])/ },
  // As the connector writes it, to the byte.
  { format: 'odoo', name: 'records of an Odoo', begins: /^\{"odoo":"records\/1"/ },
  { format: 'json', name: 'JSON', begins: /^[[{](?!\d:)/ },
  { format: 'edifact', name: 'EDIFACT', begins: /^(UNA.{6}\s*)?UNB/s },
  { format: 'mt940', name: 'MT940', begins: /^(\{1:|:20:)/ },
  { format: 'bai2', name: 'BAI2', begins: /^01,[^,]*,[^,]*,\d{6},/ },
  { format: 'iso20022', name: 'ISO 20022', begins: /^<.*urn:iso:std:iso:20022:/s },
  { format: 'ubl', name: 'UBL', begins: /^<.*urn:oasis:names:specification:ubl:/s },
  { format: 'xml', name: 'XML', begins: /^<[?!A-Za-z]/ },
];

export function recognise(bytes: Uint8Array): Recognised {
  const head = headOf(bytes);
  if (head === '') return { format: 'empty', name: 'empty' };
  const signature = SIGNATURES.find(({ begins }) => begins.test(head));
  if (signature !== undefined) return { format: signature.format, name: signature.name };
  return looksDelimited(head) ? { format: 'delimited', name: 'a delimited file' } : { format: 'unknown', name: '' };
}

// Byte for character, so that a cut through a character of several bytes does no harm.
function headOf(bytes: Uint8Array): string {
  const utf8Mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let start = utf8Mark;
  while (start < bytes.length && isBlank(bytes[start] as number)) start++;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(HEAD_BYTES, bytes.length - start)).toString(
    'latin1',
  );
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

// Two lines or more with the same number of the same separator, and no control characters.
function looksDelimited(head: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is being tested
  if (/[\u0000-\u0008\u000e-\u001f]/.test(head)) return false;
  const lines = head.split(/\r\n|\r|\n/).filter((line) => line !== '');
  const [first, second] = lines;
  if (first === undefined || second === undefined) return false;
  return [',', ';', '\t', '|'].some((mark) => {
    const marks = first.split(mark).length - 1;
    return marks > 0 && second.split(mark).length - 1 === marks;
  });
}
