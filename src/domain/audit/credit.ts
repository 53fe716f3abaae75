// A carrier's credit note: a bill whose amounts, in all, reduce. It may give back what that carrier billed, and no more.
//
// Whether a bill stands never depends on a credit note, and a credit note may come before the bill it reduces: so all bills
// are judged first, whatever came when, and then the credit notes in order of arrival.
import type { Currency } from '../../model/money.ts';
import { type BilledInvoice, billingKey, type Verdict } from './verdict.ts';

/** By `amountKey`: minor units, positive, by invoice. */
export type Amounts = ReadonlyMap<string, ReadonlyMap<bigint, bigint>>;

export type CreditInput = {
  readonly invoice: BilledInvoice & { readonly id: bigint };
  readonly isRepeated: boolean;
  /** What approved and disputed bills of this carrier bill. */
  readonly billed: Amounts;
  /** What its approved credit notes that came earlier gave back. */
  readonly credited: Amounts;
};

export function isCredit(lines: readonly { readonly amountMinor: bigint }[]): boolean {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) < 0n;
}

export function amountKey(shipment: string, code: string, currency: Currency): string {
  return `${billingKey(shipment, code)}\u0000${currency}`;
}

/** Signed minor units by `amountKey`, lines without a shipment left out. */
export function amountsOf({ lines, currency }: BilledInvoice): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { shipment, code, amountMinor } of lines) {
    if (shipment === undefined) continue;
    const key = amountKey(shipment, code, currency);
    sums.set(key, (sums.get(key) ?? 0n) + amountMinor);
  }
  return sums;
}

/** `duplicate`: of a number that came, or the same shipments, codes and amounts as an earlier credit note. */
export function auditCredit({ invoice, isRepeated, billed, credited }: CreditInput): Verdict {
  if (isRepeated) return { verdict: 'duplicate' };
  if (invoice.lines.some(({ shipment }) => shipment === undefined)) return { verdict: 'unmatched' };
  const amounts = amountsOf(invoice);
  if (isCreditedAgain(amounts, credited)) return { verdict: 'duplicate' };
  const compared = [...amounts].sort().map(([key, amountMinor]) => {
    const [shipment = '', code = ''] = key.split('\u0000');
    const left = total(billed.get(key)) - total(credited.get(key));
    const isWithinTolerance = amountMinor <= 0n && -amountMinor <= left;
    return {
      shipment,
      code,
      billedMinor: amountMinor,
      expectedMinor: isWithinTolerance ? amountMinor : -left,
      isWithinTolerance,
    };
  });
  const isApproved = compared.every(({ isWithinTolerance }) => isWithinTolerance);
  return { verdict: isApproved ? 'approved' : 'disputed', compared };
}

function total(amounts: ReadonlyMap<bigint, bigint> | undefined): bigint {
  return [...(amounts?.values() ?? [])].reduce((sum, amount) => sum + amount, 0n);
}

function isCreditedAgain(amounts: ReadonlyMap<string, bigint>, credited: Amounts): boolean {
  const [first] = amounts.keys();
  const earlier = credited.get(first ?? '')?.keys() ?? [];
  return [...earlier].some((id) => [...amounts].every(([key, amount]) => credited.get(key)?.get(id) === -amount));
}
