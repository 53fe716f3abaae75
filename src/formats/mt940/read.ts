// MT940 bytes → statements, in order, each whole or with its faults.

import type { Mt940Balance, Mt940Line, Mt940Statement, ReadMt940 } from './document.ts';
import { type Field, messagesIn } from './fields.ts';
import { informationFrom } from './information.ts';
import { lineFrom } from './line.ts';
import { amountFrom, dayFrom } from './values.ts';

const MOST_FAULTS = 5;
const BALANCE = /^([CD])(\d{6})([A-Z]{3})(\d[\d,]*)$/;
const NO_INFORMATION = informationFrom([]);

/** Never throws for what is in the bytes; a file without a message gives none. */
export function readMt940(bytes: Uint8Array): ReadMt940[] {
  return messagesIn(textOf(bytes)).map(statementFrom);
}

// SWIFT's own characters are a part of ASCII; what banks write besides is UTF-8 or Latin 1.
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

function statementFrom(fields: readonly Field[]): ReadMt940 {
  const faults: string[] = [];
  const one = (...tags: string[]) => fields.find(({ tag }) => tags.includes(tag));
  const reference = wordOf(one('20'));
  const account = wordOf(one('25', '25P'));
  if (reference === '') faults.push('field 20 is empty');
  if (account === '') faults.push('field 25 (account) is missing');
  const opening = balanceFrom(one('60F', '60M'), '60F (opening balance)', faults);
  const closing = balanceFrom(
    fields.findLast(({ tag }) => tag === '62F' || tag === '62M'),
    '62F (closing balance)',
    faults,
  );
  const lines = linesFrom(fields, faults);
  if (opening === undefined || closing === undefined || faults.length > 0) {
    return { ok: false, reference, faults: faults.slice(0, MOST_FAULTS) };
  }
  const sequence = wordOf(one('28C', '28'));
  const statement: Mt940Statement = { reference, account, sequence, opening, closing, lines };
  return { ok: true, statement };
}

function wordOf(field: Field | undefined): string {
  return field?.lines[0]?.trim() ?? '';
}

function balanceFrom(field: Field | undefined, name: string, faults: string[]): Mt940Balance | undefined {
  if (field === undefined) {
    faults.push(`field ${name} is missing`);
    return undefined;
  }
  const [, mark, date = '', currency = '', digits = ''] = BALANCE.exec(wordOf(field)) ?? [];
  const [amount, on] = [amountFrom(digits), dayFrom(date)];
  if (amount === undefined || on === undefined) {
    faults.push(`line ${field.at}: ":${field.tag}:${wordOf(field).slice(0, 40)}" is no balance`);
    return undefined;
  }
  return { isInterim: field.tag.endsWith('M'), direction: mark === 'C' ? 'credit' : 'debit', on, currency, amount };
}

// A field 86 tells of the line before it; one after the closing balance, of the statement as a whole.
function linesFrom(fields: readonly Field[], faults: string[]): Mt940Line[] {
  return fields.flatMap((field, index): Mt940Line[] => {
    if (field.tag !== '61') return [];
    const line = lineFrom(field.lines);
    if (line === undefined) {
      faults.push(`line ${field.at}: ":61:${(field.lines[0] ?? '').slice(0, 40)}" is no statement line`);
      return [];
    }
    const next = fields[index + 1];
    return [{ ...line, information: next?.tag === '86' ? informationFrom(next.lines) : NO_INFORMATION }];
  });
}
