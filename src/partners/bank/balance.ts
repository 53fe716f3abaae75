// Does a statement balance? Opening balance + booked credits − booked debits = closing balance.

import type { Balance, BankStatement, Direction } from '../../formats/iso20022/index.ts';
import { type Decimal, decimal, formatDecimal, ZERO } from '../../model/decimal.ts';

/** Booked, not merely announced. */
export const BOOKED = 'BOOK';

/** What is wrong, in words; `undefined` when it balances. */
export function imbalanceOf({ balances, entries }: BankStatement): string | undefined {
  const opening = openingOf(balances);
  const closing = closingOf(balances, opening);
  if (opening === undefined) return 'it has no opening balance (OPBD)';
  if (closing === undefined) return 'it has no closing balance (CLBD)';
  if (opening.currency !== closing.currency) {
    return `it opens in ${opening.currency} and closes in ${closing.currency}`;
  }
  const booked = entries.filter(({ status }) => status === BOOKED);
  const foreign = booked.find(({ currency }) => currency !== opening.currency);
  if (foreign !== undefined) return `an entry is in ${foreign.currency} and the balances are in ${opening.currency}`;
  const sum = booked.reduce((total, entry) => total.plus(signed(entry)), ZERO);
  const reached = signed(opening).plus(sum);
  if (reached.eq(signed(closing))) return undefined;
  const words = [signed(opening), sum, reached, signed(closing)].map(formatDecimal);
  return `it opens with ${words[0]}, its entries come to ${words[1]}, which makes ${words[2]}, and it closes with ${words[3]} ${opening.currency}`;
}

// A page in the middle of a statement opens and closes with interim balances (ITBD).
function openingOf(balances: readonly Balance[]): Balance | undefined {
  const of = (type: string) => balances.find((balance) => balance.type === type);
  return of('OPBD') ?? of('PRCD') ?? of('ITBD');
}

function closingOf(balances: readonly Balance[], opening: Balance | undefined): Balance | undefined {
  const of = (type: string) => balances.findLast((balance) => balance.type === type && balance !== opening);
  return of('CLBD') ?? of('ITBD');
}

function signed({ amount, direction }: { amount: string; direction: Direction }): Decimal {
  const value = decimal(amount);
  return direction === 'credit' ? value : ZERO.minus(value);
}
