// What a shipment's goods cost: each order line's quantity at its price, rounded by itself (contract part 3, `GDS`).
//
// So shipments of a line at whole cents add up to the line to the cent. At a price of parts of a cent each shipment is rounded by itself,
// and together they may come to a cent or so more or less than the line whole: 3 and 7 at 33.335 are 100.01 and 233.35.

import { type Decimal, decimal, formatDecimal } from '../../model/decimal.ts';
import type { RatedCharge } from '../../model/decision.ts';
import { formatMinor, toMinor } from '../../model/money.ts';
import type { Order, OrderLine } from '../../model/shipment.ts';
import type { GoodsLine } from './contents.ts';

export const GOODS_CODE = 'GDS';
/** The tax category of an order line that names none. */
const GOODS_CATEGORY = 'goods';

export type Pricing = {
  readonly charges: readonly RatedCharge[];
  /** Tax categories of all lines that are known, also of those that come to nothing. */
  readonly taxCategories: readonly string[];
  /** `order/line` or `order` that the contents name and nobody placed. */
  readonly unknown: readonly string[];
};

export const NO_GOODS: Pricing = { charges: [], taxCategories: [], unknown: [] };

/** `orders`: the customer's own. What is known is charged, whatever else is not. */
export function priceGoods(goods: readonly GoodsLine[], orders: readonly Order[]): Pricing {
  const charges: RatedCharge[] = [];
  const taxCategories = new Set<string>();
  const unknown = new Set<string>();
  for (const held of goods) {
    const order = orders.find((candidate) => candidate.order === held.order);
    const line = order?.lines.find((candidate) => candidate.line === held.line);
    if (order === undefined || line === undefined) {
      unknown.add(order === undefined ? held.order : `${held.order}/${held.line}`);
      continue;
    }
    taxCategories.add(line.taxCategory ?? GOODS_CATEGORY);
    const charge = chargeFor(held, order, line);
    if (charge.amountMinor !== 0n) charges.push(charge);
  }
  return { charges, taxCategories: [...taxCategories], unknown: [...unknown] };
}

function chargeFor({ kept, facts }: GoodsLine, { order, currency }: Order, line: OrderLine): RatedCharge {
  const { unitPrice } = line;
  const amountMinor = toMinor(decimal(unitPrice).times(kept), currency, 'half-up');
  return {
    side: 'sell',
    code: GOODS_CODE,
    order,
    line: line.line,
    currency,
    amountMinor,
    goods: { quantity: formatDecimal(kept), unitPrice, description: line.description ?? line.sku },
    taxCategory: line.taxCategory ?? GOODS_CATEGORY,
    derivation: () => [inWords(kept, order, line, formatMinor(amountMinor, currency), currency)],
    facts,
  };
}

function inWords(kept: Decimal, order: string, line: OrderLine, amount: string, currency: string): string {
  return `order ${order} line ${line.line}: ${formatDecimal(kept)} × ${line.unitPrice} = ${amount} ${currency}`;
}
