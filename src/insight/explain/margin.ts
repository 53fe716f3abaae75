// What a shipment leaves, for our own people: never part of what a customer or a packet is told.

import { decide } from '../../domain/decide.ts';
import { marginOf } from '../../domain/exchange/margin.ts';
import type { ShipmentInput } from '../../model/decision.ts';
import { formatMinor } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Instant } from '../../model/time.ts';
import type { ExplainedMargin } from '../explanation/shipment.ts';

/** `undefined`: nothing is charged, or a rate is missing (then there is an exception). */
export function explainMargin(input: ShipmentInput, rules: RuleBook, now: Instant): ExplainedMargin | undefined {
  const decision = decide(input, rules, now);
  if (decision === undefined || decision.rated.length === 0) return undefined;
  const { rated, disbursed = [], legalEntity, ratingDate: date, standing } = decision;
  const answer = marginOf({ charges: [...rated, ...disbursed], legalEntity, date, rules, kept: standing.exchange });
  if (answer.kind !== 'margin') return undefined;
  const { currency, revenueMinor, costMinor, marginMinor, rates, derivation } = answer.margin;
  return {
    currency,
    revenue: formatMinor(revenueMinor, currency),
    cost: formatMinor(costMinor, currency),
    margin: formatMinor(marginMinor, currency),
    rates: [...rates],
    derivation: [...derivation()],
  };
}
