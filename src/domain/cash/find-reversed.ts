// Which payment a reversal takes back: the one it names, of the same amount.

import type { Currency } from '../../model/money.ts';

type Amount = { readonly currency: Currency; readonly amountMinor: bigint };
export type Reversal = Amount & { readonly names: readonly string[] };
export type StandingPayment = Amount & { readonly payment: string; readonly references: readonly string[] };

/**
 * One known under its own name goes before one known by a reference; of several the first. `undefined`: it is not here, or
 * has another amount, and a person must look.
 */
export function findReversed<Payment extends StandingPayment>(
  { names, currency, amountMinor }: Reversal,
  payments: readonly Payment[],
): Payment | undefined {
  const fitting = payments.filter((each) => each.currency === currency && each.amountMinor === amountMinor);
  return (
    fitting.find(({ payment }) => names.includes(payment)) ??
    fitting.find(({ references }) => references.some((each) => names.includes(each)))
  );
}
