// Everything a shipment is charged, both sides, freight and goods, and what could not be.

import type { GoodsClaim, RatedCharge, ShipmentInput } from '../../model/decision.ts';
import type { OpenException } from '../../model/exception.ts';
import { claimsOf } from '../goods/claims.ts';
import { goodsIn } from '../goods/contents.ts';
import { NO_GOODS, priceGoods } from '../goods/price.ts';
import { type Rated, rateSide } from '../rating/rate.ts';
import { ratingExceptions } from '../service/exceptions.ts';
import type { Picture } from '../shipment/picture.ts';
import { openTaxQuestion, type TaxDesk, taxDeskOf } from '../tax/desk.ts';
import { disbursedOn } from './disbursements.ts';
import { type Manual, manualIn, withManual } from './manual.ts';
import { onReturnOf } from './on-return.ts';

export type Charges = {
  readonly sell: readonly RatedCharge[];
  readonly buy: readonly RatedCharge[];
  /** Cost that no agreement rates: duty and customs lines, as billed. */
  readonly disbursed: readonly RatedCharge[];
  readonly claims: readonly GoodsClaim[];
  /** Of rating, of orders and of tax. */
  readonly problems: readonly OpenException[];
  /** What was entered by hand. */
  readonly manual: Manual;
  /** Whom its documents ask about their tax. */
  readonly taxDesk: TaxDesk;
};

const NOTHING: Rated = { charges: [], problems: [] };

export function chargesOf(input: ShipmentInput, picture: Picture): Charges {
  const { plan, policy, cancellation, facts } = picture;
  const bills = policy.bills ?? ['freight'];
  const onReturn = onReturnOf(picture);
  const billsFreight = bills.includes('freight') && onReturn !== 'nothing';
  const withReturnLeg = onReturn === 'freight-and-return-leg';
  const freight = billsFreight ? rateSide({ ...picture, side: 'sell', party: plan.customer, withReturnLeg }) : NOTHING;
  const buy = plan.carrier === undefined ? NOTHING : rateSide({ ...picture, side: 'buy', party: plan.carrier });
  const contents = goodsIn(facts);
  // A cancelled shipment bills no goods.
  const billsGoods = bills.includes('goods') && cancellation === undefined;
  const goods = billsGoods ? priceGoods(contents, picture.orders) : NO_GOODS;
  const disbursed = disbursedOn(input.standing.landed, policy, freight.charges);
  const manual = manualIn(facts);
  const sell = withManual([...freight.charges, ...goods.charges, ...disbursed.sell], manual);
  const problems = ratingExceptions(input.shipment, freight.problems);
  if (goods.unknown.length > 0) problems.push(orderUnknown(input.shipment, goods.unknown));
  const bearsFreight = billsFreight && (cancellation === undefined || freight.charges.length > 0);
  // Rating knows freight alone, and orders their goods; what else is charged names its own category.
  const isUsual = disbursed.sell.length + manual.entries.length === 0;
  const others = isUsual ? [] : sell.map(({ taxCategory }) => taxCategory);
  const categories = [...(bearsFreight ? ['freight'] : []), ...goods.taxCategories, ...others];
  const taxDesk = taxDeskOf(picture);
  const openTax = openTaxQuestion(taxDesk, categories);
  if (openTax !== undefined) problems.push({ kind: 'tax-undetermined', subject: input.shipment, detail: openTax });
  const claims = claimsOf(input.shipment, contents, input.documents, billsGoods);
  return { sell, buy: buy.charges, disbursed: disbursed.cost, claims, problems, manual, taxDesk };
}

function orderUnknown(shipment: string, unknown: readonly string[]): OpenException {
  return {
    kind: 'order-unknown',
    subject: shipment,
    detail: `The contents name ${unknown.join(', ')}, which nobody placed. Send the order, or correct the contents.`,
  };
}
