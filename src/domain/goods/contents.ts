// What goods a shipment holds, from its plan, what was packed, what did not arrive and what came back (contract part 3).

import { type Decimal, ZERO } from '../../model/decimal.ts';
import type { Fact, GoodsFact, PlanFact } from '../../model/fact.ts';
import type { ContentsRow } from '../../model/shipment.ts';

export type GoodsLine = {
  readonly order: string;
  readonly line: number;
  /** Planned or packed. */
  readonly shipped: Decimal;
  /** Less shortages and returns; never below zero. This is what is billed. */
  readonly kept: Decimal;
  /** Ids of the facts it rests on. */
  readonly facts: readonly string[];
};

/** Ascending by order and line. `facts` are those that were heard. */
export function goodsIn(facts: readonly Fact[]): GoodsLine[] {
  const base = contentsThatHold(facts);
  if (base === undefined) return [];
  const lines = new Map<string, { order: string; line: number; shipped: Decimal; off: Decimal; facts: string[] }>();
  for (const { order, line, quantity } of base.rows) {
    const key = `${order}\u0000${line}`;
    const known = lines.get(key) ?? { order, line, shipped: ZERO, off: ZERO, facts: [base.factId] };
    lines.set(key, { ...known, shipped: known.shipped.plus(quantity) });
  }
  for (const fact of facts) {
    for (const { order, line, quantity } of takenOff(fact)) {
      const known = lines.get(`${order}\u0000${line}`);
      if (known === undefined) continue;
      known.off = known.off.plus(quantity);
      known.facts.push(fact.id);
    }
  }
  return [...lines.values()]
    .map(({ off, ...line }) => ({ ...line, kept: off.gt(line.shipped) ? ZERO : line.shipped.minus(off) }))
    .sort((a, b) => (a.order === b.order ? a.line - b.line : a.order < b.order ? -1 : 1));
}

/** Orders in the contents, in the order in which these name them. */
export function ordersInContents(facts: readonly Fact[]): string[] {
  return [...new Set((contentsThatHold(facts)?.rows ?? []).map(({ order }) => order))];
}

// What was packed replaces what was planned, also in a plan reported after it; a plan without contents leaves them as
// they are. Of several, the one reported last.
function contentsThatHold(facts: readonly Fact[]): { rows: readonly ContentsRow[]; factId: string } | undefined {
  const packed = reportedLast(facts.filter((fact): fact is GoodsFact & { kind: 'packed' } => fact.kind === 'packed'));
  if (packed !== undefined) return { rows: packed.contents, factId: packed.id };
  const planned = reportedLast(
    facts.filter((fact): fact is PlanFact => fact.kind === 'plan' && fact.plan.contents !== undefined),
  );
  return planned === undefined ? undefined : { rows: planned.plan.contents ?? [], factId: planned.id };
}

function reportedLast<T extends { id: string; reportedAt: number }>(facts: readonly T[]): T | undefined {
  return facts.reduce<T | undefined>(
    (last, fact) => (last === undefined || isLater(fact, last) ? fact : last),
    undefined,
  );
}

// Reported at one time: the one that occurred later, then the text, so that arrival order does not matter.
function isLater<T extends { reportedAt: number; occurredAt?: number }>(fact: T, than: T): boolean {
  if (fact.reportedAt !== than.reportedAt) return fact.reportedAt > than.reportedAt;
  const [a, b] = [fact.occurredAt ?? 0, than.occurredAt ?? 0];
  return a === b ? JSON.stringify(contentOf(fact)) > JSON.stringify(contentOf(than)) : a > b;
}

function contentOf(fact: object): unknown {
  return 'plan' in fact ? fact.plan : 'contents' in fact ? fact.contents : undefined;
}

function takenOff(fact: Fact): readonly ContentsRow[] {
  if (fact.kind === 'short') return fact.shortages;
  return fact.kind === 'returned' ? fact.contents : [];
}
