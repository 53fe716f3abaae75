// :86: → what the bank wrote about a line. Three habits are known: the German banks' `?nn` subfields, SWIFT's `/CODE/` words,
// and plain text. Inside the text SEPA marks (`EREF+`, `SVWZ+`) may tell what is what.

import type { Mt940Information } from './document.ts';

/** Banks break the text when a subfield is full, in the midst of words. */
const SUBFIELD_LENGTH = 27;
const MARKS = ['EREF', 'KREF', 'MREF', 'CRED', 'DEBT', 'SVWZ', 'ABWA', 'ABWE', 'IBAN', 'BIC', 'COAM', 'OAMT', 'PURP'];
const WORDS = [
  'EREF',
  'KREF',
  'MREF',
  'PREF',
  'REMI',
  'NAME',
  'ORDP',
  'BENM',
  'IBAN',
  'BIC',
  'ISDT',
  'TRTP',
  'CSID',
  'MARF',
];

export function informationFrom(lines: readonly string[]): Mt940Information {
  // A line of :86: holds 65 characters, and what goes on in the next is one word with it.
  const whole = lines.join('');
  if (/^\s*\d{3}\?\d\d/.test(whole) || /^\?\d\d/.test(whole)) return fromSubfields(whole);
  if (/^\s*\/[A-Z]{4}\//.test(whole)) return fromWords(whole);
  return { code: '', text: lines.join(' ').trim(), endToEndId: '', counterpartName: '', counterpartAccount: '' };
}

function fromSubfields(whole: string): Mt940Information {
  const parts = whole.split(/\?(?=\d\d)/).slice(1);
  const fields = parts.map((part) => ({ code: Number(part.slice(0, 2)), text: part.slice(2) }));
  const of = (code: number) => fields.find((field) => field.code === code)?.text.trim() ?? '';
  const written = fields.filter(({ code }) => (code >= 20 && code <= 29) || (code >= 60 && code <= 63));
  const text = glued(written.map((field) => field.text));
  const marked = partedBy(text, new RegExp(`(?:^|\\s|(?<=[^A-Z]))(${MARKS.join('|')})\\+`));
  return {
    code: /^\s*(\d{3})/.exec(whole)?.[1] ?? '',
    text: marked.get('SVWZ') ?? (marked.size === 0 ? text : text.trim()),
    endToEndId: marked.get('EREF') ?? '',
    counterpartName: `${of(32)}${of(33) === '' ? '' : ` ${of(33)}`}`.trim(),
    counterpartAccount: of(31) || of(38),
  };
}

function glued(parts: readonly string[]): string {
  let text = '';
  let wasFull = true;
  for (const part of parts) {
    text += wasFull ? part : ` ${part}`;
    wasFull = part.length >= SUBFIELD_LENGTH;
  }
  return text.trim();
}

function fromWords(whole: string): Mt940Information {
  const words = partedBy(whole, new RegExp(`/(${WORDS.join('|')})/`));
  const [, account = '', name = ''] = /^\/?([A-Z]{2}\d\d[A-Z0-9]+)?\/?(.*)$/.exec(words.get('ORDP') ?? '') ?? [];
  return {
    code: '',
    text: words.get('REMI')?.replace(/^(USTD|STRD)\/+/, '') ?? whole.trim(),
    endToEndId: words.get('EREF') ?? '',
    counterpartName: words.get('NAME') ?? name.trim(),
    counterpartAccount: words.get('IBAN') ?? account,
  };
}

/** What stands behind each mark, up to the next; of a mark written twice, the first. */
function partedBy(text: string, mark: RegExp): Map<string, string> {
  const [, ...parts] = text.split(mark);
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [name, value] = [parts[at] as string, (parts[at + 1] as string).trim()];
    if (!found.has(name)) found.set(name, value);
  }
  return found;
}
