// What a shipment's goods cost: each order line's quantity at its price, rounded by itself (contract part 3, `GDS`).

import { type Decimal, decimal, formatDecimal } from '../../model/decimal.ts';
import { type Currency, formatMinor, toMinor } from '../../model/money.ts';
import type { Order } from '../../model/shipment.ts';
import type { GoodsLine } from './contents.ts';

export const GOODS_CODE = 'GDS';

export type PricedGoods = {
  readonly order: string;
  readonly line: number;
  readonly currency: Currency;
  readonly quantity: Decimal;
  readonly unitPrice: string;
  readonly taxCategory: string;
  readonly amountMinor: bigint;
  readonly description?: string;
  readonly legalEntity?: string;
  readonly derivation: readonly string[];
  readonly facts: readonly string[];
};

export type Pricing = {
  readonly priced: readonly PricedGoods[];
  /** `order/line` or `order` that the contents name and nobody placed. */
  readonly unknown: readonly string[];
};

/** `orders`: the customer's own, by number. */
export function priceGoods(lines: readonly GoodsLine[], orders: ReadonlyMap<string, Order>): Pricing {
  const priced: PricedGoods[] = [];
  const unknown: string[] = [];
  for (const goods of lines) {
    const order = orders.get(goods.order);
    const line = order?.lines.find((candidate) => candidate.line === goods.line);
    if (order === undefined || line === undefined) {
      unknown.push(order === undefined ? goods.order : `${goods.order}/${goods.line}`);
      continue;
    }
    const { currency } = order;
    const amountMinor = toMinor(decimal(line.unitPrice).times(goods.kept), currency, 'half-up');
    priced.push({
      order: goods.order,
      line: goods.line,
      currency,
      quantity: goods.kept,
      unitPrice: line.unitPrice,
      taxCategory: line.taxCategory ?? 'goods',
      amountMinor,
      description: line.description ?? line.sku,
      legalEntity: order.legalEntity,
      derivation: [
        `${goods.order} line ${goods.line}: ${formatDecimal(goods.kept)} × ${line.unitPrice} = ${formatMinor(amountMinor, currency)} ${currency}`,
      ],
      facts: goods.facts,
    });
  }
  return { priced, unknown: [...new Set(unknown)] };
}
