// Transport demand: an order, as whoever is to carry it needs to know it.
import { formatDecimal, ZERO } from './decimal.ts';
import { poundsOf } from './quantity.ts';
import type { OrderLine } from './shipment.ts';

export type DemandPlace = {
  readonly name?: string;
  readonly street?: string;
  readonly city?: string;
  readonly region?: string;
  readonly postal?: string;
  readonly country?: string;
};

export type DemandContent = {
  readonly order: string;
  readonly customer: string;
  readonly customerReference?: string;
  readonly mode: string;
  readonly pickup: DemandPlace;
  readonly delivery: DemandPlace;
  /** RFC 3339. */
  readonly wantedBy?: string;
  readonly lines: readonly Pick<OrderLine, 'line' | 'sku' | 'description' | 'quantity' | 'weight'>[];
};

export type DemandPurpose = 'original' | 'change' | 'cancel';

/** Of all lines together, in pounds to the hundredth; none where no line has one. */
export function demandWeight(lines: DemandContent['lines']): { value: string; unit: 'lb' } | undefined {
  const pounds = lines.reduce((sum, { weight }) => (weight === undefined ? sum : sum.plus(poundsOf(weight))), ZERO);
  return pounds.gt(0) ? { value: formatDecimal(pounds.round(2)), unit: 'lb' } : undefined;
}
