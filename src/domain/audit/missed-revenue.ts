// What a carrier bills beside the freight and the customer's agreement prices too, and the customer was not charged.
//
// Only said where the agreement prices it as reported: other triggers charge by themselves when their facts are there.

import { decimal } from '../../model/decimal.ts';
import { toMinor } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { LocalDate } from '../../model/time.ts';
import { agreementFor } from '../rating/agreement.ts';

export type BilledCode = {
  readonly shipment: string;
  readonly customer: string;
  readonly ratingDate: LocalDate;
  readonly code: string;
};

export type MissedRevenue = BilledCode & {
  readonly agreement: string;
  readonly currency: string;
  /** Minor units, for one of it. */
  readonly amountMinor: bigint;
};

/** `undefined`: the customer's agreement of that day does not price it as reported. */
export function missedRevenueOf(billed: BilledCode, rules: RuleBook): MissedRevenue | undefined {
  const agreement = agreementFor(rules, 'sell', billed.customer, billed.ratingDate)?.content;
  const terms = agreement?.accessorials?.find(({ code, trigger }) => code === billed.code && trigger === 'reported');
  if (agreement === undefined || terms === undefined) return undefined;
  const { id, currency, rounding = 'half-up' } = agreement;
  return { ...billed, agreement: id, currency, amountMinor: toMinor(decimal(terms.rate), currency, rounding) };
}
