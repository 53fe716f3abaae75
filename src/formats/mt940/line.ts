// :61: → a statement line without its information: 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x] and, on a line of its own, [34x].

import type { Mt940Line } from './document.ts';
import { amountFrom, dayFrom } from './values.ts';

const LINE = /^(\d{6})(\d{4})?(RC|RD|EC|ED|C|D)([A-Z])?(\d[\d,]*)([A-Z][A-Z0-9]{3})(.*)$/;
const NO_REFERENCE = 'NONREF';

/** `undefined`: it has not the form of a statement line. */
export function lineFrom([first = '', ...rest]: readonly string[]): Omit<Mt940Line, 'information'> | undefined {
  const [, value = '', entry, mark = '', , digits = '', type = '', references = ''] = LINE.exec(first) ?? [];
  const amount = amountFrom(digits);
  if (amount === undefined) return undefined;
  const [reference = '', bankReference = ''] = references.split('//', 2);
  const isReversal = mark === 'RC' || mark === 'RD';
  return {
    amount,
    // The reversal of a credit takes it away again.
    direction: mark === 'RD' || mark === 'C' || mark === 'EC' ? 'credit' : 'debit',
    isReversal,
    isExpected: mark === 'EC' || mark === 'ED',
    valueOn: dayFrom(value) ?? '',
    bookedOn: entry === undefined ? '' : (bookedOn(value, entry) ?? ''),
    type,
    reference: reference.trim() === NO_REFERENCE ? '' : reference.trim(),
    bankReference: bankReference.trim(),
    details: rest.map((line) => line.trim()).join(' '),
  };
}

// The day of booking has no year: it is the one that brings it next to the value date.
function bookedOn(value: string, entry: string): string | undefined {
  const year = Number(value.slice(0, 2));
  const apart = Number(entry.slice(0, 2)) - Number(value.slice(2, 4));
  const moved = year + (apart > 6 ? -1 : apart < -6 ? 1 : 0);
  return dayFrom(`${String((moved + 100) % 100).padStart(2, '0')}${entry}`);
}
