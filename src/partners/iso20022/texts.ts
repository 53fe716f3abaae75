// Texts of a bank file as the hub keeps them.

import type { BankAmount } from '../../formats/iso20022/index.ts';
import { formatMinor, isCurrency, parseMinor } from '../../model/money.ts';

const MOST_IDENTIFIER = 200;

/** On one line, without control characters and broken characters. */
export function plain(text: string, most: number): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, most)
    .trim()
    .toWellFormed();
}

/** `undefined` for what is empty or too long to be a number of anything. */
export function identifier(text: string | undefined): string | undefined {
  const named = plain(text ?? '', MOST_IDENTIFIER + 1);
  return named === '' || named.length > MOST_IDENTIFIER ? undefined : named;
}

/** With the places of its currency: `8.850` EUR → `8.85`. `undefined` where it is none, or has parts of a minor unit, or is zero. */
export function amountText({ amount, currency }: BankAmount): string | undefined {
  const minor = isCurrency(currency) ? parseMinor(amount, currency) : undefined;
  return minor === undefined || minor === 0n ? undefined : formatMinor(minor, currency);
}
