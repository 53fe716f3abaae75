// What a shipment wants of its orders' lines, and whether the orders were found to cover it.
//
// Whether a line's quantity suffices depends on all shipments of the order, so the order decides (coverage.ts). Here a shipment
// only compares: what it wants more than was documented must have been found covered, under the quantity that is ordered now.

import { decimal, formatDecimal, ZERO } from '../../model/decimal.ts';
import type { GoodsClaim, Standing } from '../../model/decision.ts';
import type { KnownDocument } from '../../model/document.ts';
import type { Order } from '../../model/shipment.ts';
import type { GoodsLine } from './contents.ts';
import { GOODS_CODE } from './price.ts';

/** One for each line of the contents, and for each that documents still bill. */
export function claimsOf(
  shipment: string,
  goods: readonly GoodsLine[],
  documents: readonly GoodsDocument[],
  isBilled: boolean,
): GoodsClaim[] {
  const documented = documentedQuantities(shipment, documents);
  const claims = goods.map(({ order, line, shipped, kept }) => {
    const key = orderLineKey(order, line);
    const already = documented.get(key);
    documented.delete(key);
    return {
      order,
      line,
      planned: formatDecimal(shipped),
      kept: formatDecimal(kept),
      wanted: isBilled ? formatDecimal(kept) : '0',
      documented: already?.quantity ?? '0',
    };
  });
  const gone = [...documented.values()].map(({ order, line, quantity }) => {
    return { order, line, planned: '0', kept: '0', wanted: '0', documented: quantity };
  });
  return [...claims, ...gone];
}

/** The claims once these are documented too. */
export function withDocuments(
  shipment: string,
  claims: readonly GoodsClaim[],
  decided: readonly GoodsDocument[],
): readonly GoodsClaim[] {
  if (claims.length === 0 || decided.length === 0) return claims;
  const more = documentedQuantities(shipment, decided);
  return claims.map((claim) => {
    const quantity = more.get(orderLineKey(claim.order, claim.line))?.quantity;
    if (quantity === undefined) return claim;
    return { ...claim, documented: formatDecimal(decimal(claim.documented).plus(quantity)) };
  });
}

type Documented = { order: string; line: number; quantity: string };

type GoodsDocument = Pick<KnownDocument, 'kind' | 'lines'>;

function documentedQuantities(shipment: string, documents: readonly GoodsDocument[]): Map<string, Documented> {
  const quantities = new Map<string, Documented>();
  for (const { kind, lines } of documents) {
    for (const { code, order, line, quantityDelta = '0', ...of } of lines) {
      if (code !== GOODS_CODE || of.shipment !== shipment || order === undefined || line === undefined) continue;
      const before = decimal(quantities.get(orderLineKey(order, line))?.quantity ?? '0');
      const after = kind === 'credit-note' ? before.minus(quantityDelta) : before.plus(quantityDelta);
      quantities.set(orderLineKey(order, line), { order, line, quantity: formatDecimal(after) });
    }
  }
  return quantities;
}

export function orderLineKey(order: string, line: number): string {
  return `${order}/${line}`;
}

export type Coverage = 'covered' | 'exceeding' | 'not-asked';

/** `not-asked`: the order has yet to say; nothing is decided until then. */
export function coverageOf(claims: readonly GoodsClaim[], standing: Standing, orders: readonly Order[]): Coverage {
  let answer: Coverage = 'covered';
  for (const { order, line, wanted, documented } of claims) {
    if (decimal(wanted).minus(documented).lte(ZERO)) continue;
    const ordered = orders
      .find((candidate) => candidate.order === order)
      ?.lines.find((candidate) => candidate.line === line)?.quantity;
    // Of an unknown order there is nothing to ask; the shipment is held for that already.
    if (ordered === undefined) continue;
    const found = standing.covered?.[orderLineKey(order, line)];
    if (found !== undefined && found.ordered === ordered && decimal(found.quantity).gte(wanted)) continue;
    if (standing.exceeding?.includes(orderLineKey(order, line))) return 'exceeding';
    answer = 'not-asked';
  }
  return answer;
}
