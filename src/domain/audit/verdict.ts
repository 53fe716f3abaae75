// A carrier's invoice against what was agreed: line by line, per shipment and charge code (contract section 3, "Carrier invoices").

import type { ComparedLine } from '../../model/carrier-invoice.ts';
import { decimal } from '../../model/decimal.ts';
import { absolute, type Currency, formatMinor, limitMinor, toMinor } from '../../model/money.ts';
import type { AuditTolerance } from '../../model/setup/tables.ts';

export type BilledLine = {
  /** Our shipment; `undefined` while it is not known. */
  readonly shipment?: string;
  readonly code: string;
  readonly amountMinor: bigint;
};

export type BilledInvoice = {
  readonly carrier: string;
  readonly invoice: string;
  readonly currency: Currency;
  readonly lines: readonly BilledLine[];
};

/** What one shipment expects to pay. */
export type Expectation = {
  readonly carrier?: string;
  readonly charges: readonly { readonly code: string; readonly currency: Currency; readonly amountMinor: bigint }[];
  /** Codes of duty and customs lines, which anybody may bill and which are accepted as they come (policy key `landedCost`). */
  readonly disbursements?: ReadonlySet<string>;
};

export type AuditInput = {
  readonly invoice: BilledInvoice;
  readonly expectations: ReadonlyMap<string, Expectation>;
  readonly tolerance: AuditTolerance | undefined;
  /** An invoice of this carrier and number came earlier. */
  readonly isRepeated: boolean;
  /** By `billingKey`: what approved or disputed invoices of this carrier billed earlier. */
  readonly billedBefore: ReadonlySet<string>;
};

export type Verdict =
  | { readonly verdict: 'duplicate' }
  | { readonly verdict: 'unmatched' }
  | { readonly verdict: 'approved' | 'disputed'; readonly compared: readonly ComparedLine[] };

/** A shipment's code, as a key: neither of them has control characters. */
export function billingKey(shipment: string, code: string): string {
  return `${shipment}\u0000${code}`;
}

export function auditInvoice(input: AuditInput): Verdict {
  const { invoice, billedBefore } = input;
  const isBilledAgain = invoice.lines.some(
    ({ shipment, code }) => shipment !== undefined && billedBefore.has(billingKey(shipment, code)),
  );
  if (input.isRepeated || isBilledAgain) return { verdict: 'duplicate' };
  if (invoice.lines.some(({ shipment }) => shipment === undefined)) return { verdict: 'unmatched' };
  const compared = summed(invoice.lines).map((line) => compare(line, input));
  return { verdict: compared.every(({ isWithinTolerance }) => isWithinTolerance) ? 'approved' : 'disputed', compared };
}

// Lines of one shipment and code are one amount.
function summed(lines: readonly BilledLine[]): { shipment: string; code: string; amountMinor: bigint }[] {
  const sums = new Map<string, { shipment: string; code: string; amountMinor: bigint }>();
  for (const { shipment = '', code, amountMinor } of lines) {
    const key = billingKey(shipment, code);
    sums.set(key, { shipment, code, amountMinor: (sums.get(key)?.amountMinor ?? 0n) + amountMinor });
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

function compare(
  { shipment, code, amountMinor }: { shipment: string; code: string; amountMinor: bigint },
  { invoice, expectations, tolerance }: AuditInput,
): ComparedLine {
  const expectation = expectations.get(shipment);
  const isDisbursed = expectation?.disbursements?.has(code) === true;
  const expectedMinor = isDisbursed ? amountMinor : expectedOf(expectation, code, invoice);
  const differenceMinor = absolute(amountMinor - expectedMinor);
  return {
    shipment,
    code,
    billedMinor: amountMinor,
    expectedMinor,
    isWithinTolerance: differenceMinor <= toleranceOn(expectedMinor, tolerance, invoice.currency),
  };
}

/** From another carrier than the shipment's, or in another currency, nothing is expected. */
function expectedOf(expectation: Expectation | undefined, code: string, { carrier, currency }: BilledInvoice): bigint {
  if (expectation === undefined || expectation.carrier !== carrier) return 0n;
  return expectation.charges
    .filter((charge) => charge.code === code && charge.currency === currency)
    .reduce((sum, charge) => sum + charge.amountMinor, 0n);
}

/** The greater of percentage and amount, either way; none given: zero. */
function toleranceOn(expectedMinor: bigint, tolerance: AuditTolerance | undefined, currency: Currency): bigint {
  const amount = limitMinor(tolerance?.toleranceAmount ?? '0', currency);
  const share = decimal(formatMinor(expectedMinor, currency))
    .times(tolerance?.tolerancePercent ?? '0')
    .div(100);
  // Cut, not rounded: a difference of half a cent more than the percentage is out of it.
  const percent = toMinor(share, currency, 'half-even');
  const exact = percent > 0n && decimal(formatMinor(percent, currency)).gt(share) ? percent - 1n : percent;
  return exact > amount ? exact : amount;
}
