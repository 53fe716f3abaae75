// The payments inside an entry: itself, or those of a batch that was booked as one.

import type { BankAmount, BankEntry, BankTransaction } from '../../formats/iso20022/index.ts';
import { decimal, ZERO } from '../../model/decimal.ts';

export type Part = {
  readonly amount: BankAmount;
  /** `undefined` where the entry is not told in detail. */
  readonly transaction: BankTransaction | undefined;
  /** The bank's reference of this payment alone; empty where there is none. */
  readonly reference: string;
};

/** The parts, which add up to the entry; else what is wrong, in words. */
export function partsOf({ amount, currency, reference, transactions }: BankEntry): readonly Part[] | string {
  const [only] = transactions;
  // What one payment came to is what was booked, whatever it was instructed or charged. The entry's own reference goes first:
  // a statement and a notification of one entry agree on it, so the payment is known for the same in both.
  if (transactions.length <= 1) {
    const own = reference || (only?.reference ?? '');
    return [{ amount: { amount, currency }, transaction: only, reference: own }];
  }
  const parts = transactions.map((transaction, index) => ({
    amount: transaction.amount,
    transaction,
    reference: transaction.reference || (reference && `${reference}/${index + 1}`),
  }));
  const told = parts.flatMap(({ amount: own, ...part }) =>
    own?.currency === currency ? [{ ...part, amount: own }] : [],
  );
  if (told.length < parts.length) return `not each of its ${parts.length} payments has an amount in ${currency}`;
  const sum = told.reduce((total, part) => total.plus(part.amount.amount), ZERO);
  return sum.eq(decimal(amount)) ? told : `its payments add up to ${sum.toFixed()} and it is booked with ${amount}`;
}
