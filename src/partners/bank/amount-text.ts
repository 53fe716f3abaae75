// Amounts of a bank's file as the hub's events write them.
import type { BankAmount } from '../../formats/iso20022/index.ts';
import { formatMinor, isCurrency, parseMinor } from '../../model/money.ts';

/** With the places of its currency: `8.850` EUR → `8.85`. `undefined` where it is none, or has parts of a minor unit, or is zero. */
export function amountText({ amount, currency }: BankAmount): string | undefined {
  const minor = isCurrency(currency) ? parseMinor(amount, currency) : undefined;
  return minor === undefined || minor === 0n ? undefined : formatMinor(minor, currency);
}
