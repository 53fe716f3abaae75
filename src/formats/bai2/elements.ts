// The elements of 03 and 16, whose number depends on the funds type among them.

import type { Bai2Transaction } from './document.ts';

type Funds = { readonly next: number };

/** Where the elements after a funds type go on: V is followed by day and time, S by three amounts, D by as many pairs as it says. */
function afterFunds(elements: readonly string[], at: number): Funds | undefined {
  const type = (elements[at] ?? '').trim();
  if (type === 'V') return { next: at + 3 };
  if (type === 'S') return { next: at + 4 };
  if (type !== 'D') return /^[Z012]?$/.test(type) ? { next: at + 1 } : undefined;
  const pairs = Number((elements[at + 1] ?? '').trim() || 'none');
  return Number.isInteger(pairs) && pairs >= 0 && pairs <= 1_000 ? { next: at + 2 + 2 * pairs } : undefined;
}

/** A whole number, with or without a sign; empty is nothing. `undefined` where it is none. */
export function wholeFrom(text: string): bigint | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return 0n;
  return /^[+-]?\d{1,25}$/.test(trimmed) ? BigInt(trimmed.replace('+', '')) : undefined;
}

export type Summaries = { readonly amounts: ReadonlyMap<string, bigint>; readonly totalMinor: bigint };

/** Type, amount, item count and funds type, again and again; else what is wrong, in words. */
export function summariesFrom(elements: readonly string[]): Summaries | string {
  const amounts = new Map<string, bigint>();
  let totalMinor = 0n;
  for (let at = 0; at < elements.length; ) {
    const type = (elements[at] ?? '').trim();
    const amount = wholeFrom(elements[at + 1] ?? '');
    const funds = afterFunds(elements, at + 3);
    if (amount === undefined) return `"${(elements[at + 1] ?? '').slice(0, 40)}" is no amount`;
    if (funds === undefined) return `"${(elements[at + 3] ?? '').slice(0, 40)}" is no funds type`;
    totalMinor += amount;
    if (type !== '') amounts.set(type, amount);
    at = funds.next;
  }
  return { amounts, totalMinor };
}

/** Type, amount, funds type, the bank's reference, the customer's, and text to the end; else what is wrong, in words. */
export function transactionFrom(elements: readonly string[]): Bai2Transaction | string {
  const type = (elements[0] ?? '').trim();
  const amountMinor = wholeFrom(elements[1] ?? '');
  const funds = afterFunds(elements, 2);
  if (!/^\d{3}$/.test(type)) return `"${type.slice(0, 40)}" is no type code`;
  if (amountMinor === undefined) return `"${(elements[1] ?? '').slice(0, 40)}" is no amount`;
  if (funds === undefined) return `"${(elements[2] ?? '').slice(0, 40)}" is no funds type`;
  const [bankReference = '', customerReference = '', ...text] = elements.slice(funds.next);
  return {
    type,
    amountMinor,
    bankReference: bankReference.trim(),
    customerReference: customerReference.trim(),
    text: text.join(',').replaceAll(',\n', ' ').replace(/\s+/g, ' ').trim(),
  };
}
