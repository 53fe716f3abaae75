// What the orders answered a shipment, as it stands with it: which of its claims are covered, which exceed.
//
// An answer is good for one question. Once the quantity is on a document, or is wanted no longer, it is dropped, so that a
// quantity that was given back is never taken again without asking.

import { decimal } from '../../model/decimal.ts';
import type { GoodsClaim, Standing } from '../../model/decision.ts';
import { orderLineKey } from './claims.ts';
import type { LineCoverage } from './coverage.ts';

type Answers = Pick<Standing, 'covered' | 'exceeding'>;
type Covered = NonNullable<Standing['covered']>;

/** The standing with what its claims, as they are after a decision, still rest on. */
export function withOpenAnswers(standing: Standing, claims: readonly GoodsClaim[]): Standing {
  const covered: Record<string, Covered[string]> = {};
  const exceeding: string[] = [];
  for (const { order, line, wanted, documented } of standing.dueSince === undefined ? [] : claims) {
    if (decimal(wanted).lte(documented)) continue;
    const key = orderLineKey(order, line);
    const answer = standing.covered?.[key];
    if (answer !== undefined)
      covered[key] = decimal(answer.quantity).gt(wanted) ? { ...answer, quantity: wanted } : answer;
    if (standing.exceeding?.includes(key)) exceeding.push(key);
  }
  return withAnswersIn(standing, covered, exceeding);
}

/** The standing of a shipment once an order answered: what that order said of it before is gone. */
export function withAnswersOf(
  order: string,
  lines: readonly LineCoverage[],
  shipment: string,
  standing: Standing,
): Standing {
  const isOther = (key: string) => key.slice(0, key.lastIndexOf('/')) !== order;
  const covered = Object.fromEntries(Object.entries(standing.covered ?? {}).filter(([key]) => isOther(key)));
  const exceeding = (standing.exceeding ?? []).filter(isOther);
  for (const { line, ordered, held, covered: given } of lines) {
    const quantity = given.get(shipment);
    if (quantity !== undefined) covered[orderLineKey(order, line)] = { quantity, ordered };
    if (held.includes(shipment)) exceeding.push(orderLineKey(order, line));
  }
  return withAnswersIn(standing, covered, exceeding);
}

// In one order and without what is empty: standings are compared as text.
function withAnswersIn(standing: Standing, covered: Covered, exceeding: readonly string[]): Standing {
  const { covered: _covered, exceeding: _exceeding, ...rest } = standing;
  const entries = Object.entries(covered).sort(([a], [b]) => (a < b ? -1 : 1));
  const answers: Answers = {
    ...(entries.length > 0 ? { covered: Object.fromEntries(entries) } : {}),
    ...(exceeding.length > 0 ? { exceeding: [...exceeding].sort() } : {}),
  };
  return { ...rest, ...answers };
}
