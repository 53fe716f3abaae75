// Which shipments an order line's quantity reaches (contract part 3, `quantity-exceeds-order`).
//
// The ordered quantity goes first to what is on documents, then to the shipments that are due, in the order in which they became so.
// One that it does not cover whole gets no more and is held.

import { type Decimal, decimal, formatDecimal, ZERO } from '../../model/decimal.ts';
import type { Order } from '../../model/shipment.ts';
import type { Instant } from '../../model/time.ts';

/** What one shipment wants of one order line. */
export type Claim = {
  readonly shipment: string;
  /** What it should come to in all. */
  readonly wanted: Decimal;
  /** What its documents come to, net of credit notes. */
  readonly documented: Decimal;
  /** When its billing trigger was reached; `undefined` while it is not due, and for a cancelled one. */
  readonly dueSince?: Instant;
};

/** The shipments that are held for this line, sorted. */
export function heldByOrderLine(ordered: Decimal, claims: readonly Claim[]): string[] {
  const documented = claims.reduce((sum, claim) => sum.plus(claim.documented), ZERO);
  let left = ordered.minus(documented);
  const held: string[] = [];
  for (const claim of claims.filter((candidate) => candidate.dueSince !== undefined).sort(byDueTime)) {
    const more = claim.wanted.minus(claim.documented);
    // A reduction asks for nothing; what it gives back counts once its credit note is decided.
    if (more.lte(ZERO)) continue;
    if (more.gt(left)) held.push(claim.shipment);
    else left = left.minus(more);
  }
  return held.sort();
}

function byDueTime(a: Claim, b: Claim): number {
  const [first, second] = [a.dueSince ?? 0, b.dueSince ?? 0];
  if (first !== second) return first - second;
  return a.shipment < b.shipment ? -1 : 1;
}

export type LineClaim = Claim & { readonly line: number };

export type LineCoverage = {
  readonly line: number;
  readonly ordered: string;
  /** Shipments that are held for this line, sorted. */
  readonly held: readonly string[];
  /** The others that are due and ask for more, with the quantity in all that is theirs. */
  readonly covered: ReadonlyMap<string, string>;
};

/** Whom each line of an order reaches; `claims` are those of its customer. Lines that nobody knows are left out. */
export function coverOrder({ lines }: Order, claims: readonly LineClaim[]): LineCoverage[] {
  const byLine = Map.groupBy(claims, ({ line }) => line);
  return lines.flatMap(({ line, quantity: ordered }) => {
    const asked = byLine.get(line);
    if (asked === undefined) return [];
    const held = heldByOrderLine(decimal(ordered), asked);
    const covered = asked
      .filter(({ shipment, dueSince }) => dueSince !== undefined && !held.includes(shipment))
      .filter(({ wanted, documented }) => wanted.gt(documented))
      .map(({ shipment, wanted }) => [shipment, formatDecimal(wanted)] as const);
    return [{ line, ordered, held, covered: new Map(covered) }];
  });
}
