// Duty and customs lines that were laid out for the customer (policy key `landedCost`): cost of the shipment, and where the policy
// says so a charge of the customer at what they came to. One that comes late is an adjustment as any.

import type { RatedCharge } from '../../model/decision.ts';
import type { LandedLine } from '../../model/landed.ts';
import { formatMinor } from '../../model/money.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';

export type Disbursed = {
  readonly sell: readonly RatedCharge[];
  /** Cost beyond what the carrier's agreement rates. */
  readonly cost: readonly RatedCharge[];
};

const NOTHING: Disbursed = { sell: [], cost: [] };

/** `priced`: what the customer's agreement charges; a code that it prices is not charged again. */
export function disbursedOn(
  lines: readonly LandedLine[] | undefined,
  { landedCost }: BillingPolicy,
  priced: readonly RatedCharge[],
): Disbursed {
  if (lines === undefined || landedCost === undefined) return NOTHING;
  const ours = lines.filter(({ code }) => landedCost.codes.includes(code));
  const byCharge = Map.groupBy(ours, ({ code, currency }) => `${code} ${currency}`);
  const cost = [...byCharge.keys()].sort().map((key) => costOf(byCharge.get(key) ?? [], landedCost.taxCategory));
  if (landedCost.correction !== true) return { sell: [], cost };
  const isPriced = new Set(priced.map(({ code }) => code));
  const sell = cost
    .filter(({ code, amountMinor }) => amountMinor > 0n && !isPriced.has(code))
    .map((charge) => ({ ...charge, side: 'sell' as const }));
  return { sell, cost };
}

function costOf(lines: readonly LandedLine[], taxCategory = 'freight'): RatedCharge {
  const [{ code, currency }] = lines as [LandedLine];
  const inWords = ({ carrier, invoice, amountMinor }: LandedLine) =>
    `billed by ${carrier} on ${invoice}: ${formatMinor(BigInt(amountMinor), currency)} ${currency}`;
  return {
    side: 'buy',
    code,
    currency,
    amountMinor: lines.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n),
    taxCategory,
    derivation: () => lines.map(inWords),
    facts: [],
  };
}
