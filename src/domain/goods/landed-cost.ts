// The landed cost of an order: the price of its goods, and its share of what its shipments cost.
//
// A shipment's costs are its carrier's charges as expected, and duty and customs lines as billed. Each is converted once, at the rate of
// the rating date, and shared out over everything in the shipment by the value of the goods, so that the shares add up to it exactly.
// Where the goods of a shipment have no common currency or no value, quantities share it out.

import { type Decimal, decimal, formatDecimal, ZERO } from '../../model/decimal.ts';
import type { GoodsClaim, RatedCharge } from '../../model/decision.ts';
import type { LandedCostReport } from '../../model/landed-cost.ts';
import { allocate, type Currency, formatMinor, minorExponent, toMajor, toMinor } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Order } from '../../model/shipment.ts';
import type { LocalDate } from '../../model/time.ts';
import { conversionInWords, converted, rateOn } from '../exchange/convert.ts';

export type ShipmentOfOrder = {
  readonly shipment: string;
  /** The rating date. */
  readonly date: LocalDate | undefined;
  /** All that it holds, of whatever order of the customer. */
  readonly claims: readonly GoodsClaim[];
  /** Buy side, freight and disbursements. */
  readonly costs: readonly RatedCharge[];
};

/** `orders`: the customer's, all that the shipments hold something of. */
export function landedCostOf(
  order: Order,
  shipments: readonly ShipmentOfOrder[],
  orders: readonly Order[],
  rules: RuleBook,
): LandedCostReport {
  const lines = new Map(order.lines.map(({ line }) => [line, emptyLine()]));
  const problems = new Set<string>();
  const told = shipments.map((of) => {
    const held = heldIn(of, orders);
    for (const { claim, minor } of held) {
      const sums = claim.order === order.order ? lines.get(claim.line) : undefined;
      if (sums === undefined) continue;
      sums.quantity = sums.quantity.plus(decimal(claim.kept));
      sums.goodsMinor += minor;
    }
    const sharing = { order, of, held, rules, lines, problems };
    return { shipment: of.shipment, costs: of.costs.map((charge) => shareOf(charge, sharing)) };
  });
  return {
    order: order.order,
    customer: order.customer,
    currency: order.currency,
    ...reported(lines, order.currency),
    shipments: told,
    isComplete: problems.size === 0,
    problems: [...problems],
  };
}

type Sums = { quantity: Decimal; goodsMinor: bigint; readonly costs: Map<string, bigint> };
const emptyLine = (): Sums => ({ quantity: ZERO, goodsMinor: 0n, costs: new Map() });

type Held = { readonly claim: GoodsClaim; readonly minor: bigint; readonly currency: Currency | undefined };

function heldIn({ claims }: ShipmentOfOrder, orders: readonly Order[]): Held[] {
  return claims.map((claim) => {
    const order = orders.find((candidate) => candidate.order === claim.order);
    const unitPrice = order?.lines.find(({ line }) => line === claim.line)?.unitPrice;
    if (order === undefined || unitPrice === undefined) return { claim, minor: 0n, currency: undefined };
    const minor = toMinor(decimal(unitPrice).times(decimal(claim.kept)), order.currency, 'half-up');
    return { claim, minor, currency: order.currency };
  });
}

type ToldCost = LandedCostReport['shipments'][number]['costs'][number];
type Sharing = {
  readonly order: Order;
  readonly of: ShipmentOfOrder;
  readonly held: readonly Held[];
  readonly rules: RuleBook;
  readonly lines: ReadonlyMap<number, Sums>;
  readonly problems: Set<string>;
};

// Adds the order's part of one cost to its lines, and tells how it came about.
function shareOf({ code, currency, amountMinor, derivation }: RatedCharge, sharing: Sharing): ToldCost {
  const { order, of, held, rules, problems } = sharing;
  const cost = { code, currency, amount: formatMinor(amountMinor, currency) };
  const isForeign = currency !== order.currency;
  const rate = !isForeign || of.date === undefined ? undefined : rateOn(rules, currency, order.currency, of.date);
  if (isForeign && rate === undefined) {
    const since = of.date === undefined ? '' : ` on or before ${of.date}`;
    problems.add(`${of.shipment} ${code}: no rate ${currency} to ${order.currency}${since}`);
    return { ...cost, derivation: [...derivation()] };
  }
  const steps = [...derivation(), ...(rate === undefined ? [] : [conversionInWords(amountMinor, rate)])];
  const weights = weightsOf(held);
  if (weights === undefined) {
    problems.add(`${of.shipment} ${code}: nothing of its contents is left to bear it`);
    return { ...cost, derivation: steps };
  }
  const parts = allocate(rate === undefined ? amountMinor : converted(amountMinor, rate), weights);
  const shareMinor = addParts(code, parts, sharing);
  return { ...cost, share: formatMinor(shareMinor, order.currency), derivation: steps };
}

/** Returns what of it falls to the order. */
function addParts(code: string, parts: readonly bigint[], { order, held, lines }: Sharing): bigint {
  let shareMinor = 0n;
  for (const [index, partMinor] of parts.entries()) {
    const claim = held[index]?.claim;
    const sums = claim?.order === order.order ? lines.get(claim.line) : undefined;
    if (sums === undefined) continue;
    shareMinor += partMinor;
    sums.costs.set(code, (sums.costs.get(code) ?? 0n) + partMinor);
  }
  return shareMinor;
}

const QUANTITY_PLACES = 6;

// By value where all of it has one currency, else by quantity. `undefined`: nothing is left.
function weightsOf(held: readonly Held[]): bigint[] | undefined {
  const values = held.map(({ minor }) => minor);
  const isOneCurrency = new Set(held.map(({ currency }) => currency)).size === 1 && held[0]?.currency !== undefined;
  if (isOneCurrency && values.some((minor) => minor > 0n) && values.every((minor) => minor >= 0n)) return values;
  const quantities = held.map(({ claim }) =>
    BigInt(
      decimal(claim.kept)
        .times(10 ** QUANTITY_PLACES)
        .toFixed(0),
    ),
  );
  return quantities.some((quantity) => quantity > 0n) ? quantities : undefined;
}

function reported(lines: ReadonlyMap<number, Sums>, currency: Currency) {
  const words = (minor: bigint) => formatMinor(minor, currency);
  const costsIn = (costs: ReadonlyMap<string, bigint>) =>
    [...costs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, minor]) => ({ code, amount: words(minor) }));
  const all = [...lines].sort(([a], [b]) => a - b);
  const whole = emptyLine();
  const rows = all.map(([line, { quantity, goodsMinor, costs }]) => {
    whole.goodsMinor += goodsMinor;
    for (const [code, minor] of costs) whole.costs.set(code, (whole.costs.get(code) ?? 0n) + minor);
    const totalMinor = goodsMinor + sumOf(costs);
    const perUnit = quantity.gt(ZERO) ? { perUnit: perUnitOf(totalMinor, quantity, currency) } : {};
    const amounts = { goods: words(goodsMinor), costs: costsIn(costs), total: words(totalMinor) };
    return { line, quantity: formatDecimal(quantity), ...amounts, ...perUnit };
  });
  const totalMinor = whole.goodsMinor + sumOf(whole.costs);
  return { goods: words(whole.goodsMinor), costs: costsIn(whole.costs), total: words(totalMinor), lines: rows };
}

const sumOf = (costs: ReadonlyMap<string, bigint>) => [...costs.values()].reduce((sum, minor) => sum + minor, 0n);

/** Two places beyond the currency's own: a unit may cost less than its minor unit shows. */
function perUnitOf(totalMinor: bigint, quantity: Decimal, currency: Currency): string {
  const places = minorExponent(currency) + 2;
  return toMajor(totalMinor, currency).div(quantity).round(places, 1).toFixed(places);
}
