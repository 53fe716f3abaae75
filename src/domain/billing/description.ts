// What a charge is called on an invoice: readable without our codes.

import { decimal, formatDecimal } from '../../model/decimal.ts';
import type { ShipmentPlan, Stop } from '../../model/shipment.ts';
import { placeName } from '../rating/lane.ts';
import type { ChargeBalance } from './balance.ts';

/** What the codes of the standard are called. */
export const CHARGE_NAMES: Readonly<Record<string, string>> = {
  LHL: 'Linehaul',
  FSC: 'Fuel surcharge',
  DET: 'Detention',
  LFT: 'Liftgate',
  RDL: 'Redelivery',
  RES: 'Residential delivery',
  TNU: 'Truck ordered, not used',
  DOC: 'Documentation',
};

export type ShipmentInWords = {
  readonly id: string;
  readonly plan: ShipmentPlan;
  readonly origin?: Stop;
  readonly destination?: Stop;
};

/** "S-101 Linehaul, Joliet IL to Atlanta GA, 480 lb" */
export function describeCharge(code: string, { id, plan, origin, destination }: ShipmentInWords): string {
  const name = `${id} ${CHARGE_NAMES[code] ?? `Accessorial ${code}`}`;
  if (code !== 'LHL') return name;
  const measure =
    plan.weight !== undefined
      ? `, ${formatDecimal(decimal(plan.weight.value))} ${plan.weight.unit}`
      : plan.distanceMiles !== undefined
        ? `, ${formatDecimal(decimal(plan.distanceMiles))} mi`
        : '';
  return `${name}, ${placeName(origin)} to ${placeName(destination)}${measure}`;
}

/**
 * "O-1300 line 1, DRL-20, 6 at 61.00 each"; where the difference is one of price, "…, now at 63.50 each". The line itself stands in
 * the ERP as one piece at its exact amount: quantity times price is often not that to the minor unit.
 */
export function describeGoods(
  { order, line, charge, last }: Pick<ChargeBalance, 'order' | 'line' | 'charge' | 'last'>,
  quantity: string | undefined,
): string {
  const what = charge?.goods?.description === undefined ? '' : `, ${charge.goods.description}`;
  // What is taken back whole was billed at the price of then.
  const price = (charge === undefined ? last?.unitPrice : charge.goods?.unitPrice) ?? '';
  return `${order} line ${line}${what}, ${quantity ?? 'now'} at ${price} each`;
}
