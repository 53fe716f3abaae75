// A credit note is set off against what its shipment's invoices have open, oldest first; the rest stays open on it.

import type { Currency } from '../../model/money.ts';
import type { Application } from './apply-payment.ts';

export type Receivable = {
  readonly number: string;
  readonly currency: Currency;
  readonly shipments: readonly string[];
  readonly openMinor: bigint;
};

/** `invoices` ascend by decision. Amounts with tax. */
export function setOff(
  creditNote: { readonly currency: Currency; readonly shipments: readonly string[]; readonly openMinor: bigint },
  invoices: readonly Receivable[],
): Application[] {
  let left = creditNote.openMinor;
  const applications: Application[] = [];
  for (const invoice of invoices) {
    const isSame = invoice.currency === creditNote.currency;
    if (!isSame || !invoice.shipments.some((shipment) => creditNote.shipments.includes(shipment))) continue;
    const amountMinor = invoice.openMinor < left ? invoice.openMinor : left;
    if (amountMinor <= 0n) continue;
    applications.push({ number: invoice.number, amountMinor });
    left -= amountMinor;
  }
  return applications;
}
