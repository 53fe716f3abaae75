// The linehaul: a quantity at a rate, with breaks, deficit rating, a minimum and a maximum (contract section 2, "Linehaul").

import { type Decimal, decimal, formatDecimal } from '../../model/decimal.ts';
import { kilogramsOf, poundsOf } from '../../model/quantity.ts';
import type { Linehaul, WeightBreak } from '../../model/setup/agreement.ts';
import type { ShipmentPlan } from '../../model/shipment.ts';
import type { Derivation } from './derivation.ts';
import { ascending, rowIndexAt } from './rate-table.ts';

/** Before rounding, in major units. */
export type LinehaulRated =
  | { readonly kind: 'rated'; readonly amount: Decimal; readonly derivation: Derivation }
  | { readonly kind: 'missing'; readonly quantity: string };

type Basis = {
  /** What must be known, in words. */
  readonly needs: string;
  readonly unit: string;
  readonly quantityOf: (plan: ShipmentPlan) => Decimal | undefined;
  /** How many of the quantity's unit the rate is for. */
  readonly per: 1 | 100;
};

const count = (value: string | undefined): Decimal | undefined => (value === undefined ? undefined : decimal(value));

const BASES: Readonly<Record<Linehaul['basis'], Basis>> = {
  flat: { needs: '', unit: 'shipment', quantityOf: () => decimal(1), per: 1 },
  'per-mile': { needs: 'distanceMiles', unit: 'mi', quantityOf: (plan) => count(plan.distanceMiles), per: 1 },
  'per-cwt': {
    needs: 'weight',
    unit: 'lb',
    quantityOf: (plan) => (plan.weight === undefined ? undefined : poundsOf(plan.weight)),
    per: 100,
  },
  'per-kg': {
    needs: 'weight',
    unit: 'kg',
    quantityOf: (plan) => (plan.weight === undefined ? undefined : kilogramsOf(plan.weight)),
    per: 1,
  },
  'per-pallet': { needs: 'pallets', unit: 'pallets', quantityOf: (plan) => count(plan.pallets), per: 1 },
  'per-unit': { needs: 'units', unit: 'units', quantityOf: (plan) => count(plan.units), per: 1 },
};

export function rateLinehaul(terms: Linehaul, plan: ShipmentPlan): LinehaulRated {
  const basis = BASES[terms.basis];
  const quantity = basis.quantityOf(plan);
  if (quantity === undefined) return { kind: 'missing', quantity: basis.needs };
  const breaks = terms.breaks === undefined ? [] : ascending(terms.breaks);
  // Below the first break the first rate holds.
  const at = Math.max(rowIndexAt(breaks, quantity), 0);
  const rate = breaks[at]?.rate ?? terms.rate ?? '0';
  const plain = priceOf(rate, quantity, basis);
  const deficit = terms.deficit === true ? deficitOf(breaks[at + 1], plain, basis) : undefined;
  const price = deficit?.amount ?? plain;
  const isRaised = terms.minimum !== undefined && price.lt(decimal(terms.minimum));
  const raised = isRaised ? decimal(terms.minimum ?? '0') : price;
  const isCapped = terms.maximum !== undefined && raised.gt(decimal(terms.maximum));
  const amount = isCapped ? decimal(terms.maximum ?? '0') : raised;
  return {
    kind: 'rated',
    amount,
    derivation: () => [
      `${inWords(quantity, rate, basis)} = ${formatDecimal(plain)}`,
      ...(deficit === undefined
        ? []
        : [`cheaper as ${inWords(deficit.quantity, deficit.rate, basis)} = ${formatDecimal(price)} (deficit rating)`]),
      ...(isRaised ? [`minimum ${terms.minimum}`] : []),
      ...(isCapped ? [`maximum ${terms.maximum}`] : []),
    ],
  };
}

const HUNDREDTH = decimal('0.01');

function priceOf(rate: string, quantity: Decimal, basis: Basis): Decimal {
  const price = decimal(rate).times(quantity);
  return basis.per === 1 ? price : price.times(HUNDREDTH);
}

// Deficit rating: paying for the weight at which the next, cheaper rate begins, when that costs less.
function deficitOf(
  next: WeightBreak | undefined,
  amount: Decimal,
  basis: Basis,
): { quantity: Decimal; rate: string; amount: Decimal } | undefined {
  if (next === undefined) return undefined;
  const quantity = decimal(next.from);
  const atNext = priceOf(next.rate, quantity, basis);
  return atNext.lt(amount) ? { quantity, rate: next.rate, amount: atNext } : undefined;
}

function inWords(quantity: Decimal, rate: string, basis: Basis): string {
  if (basis.needs === '') return `flat ${rate}`;
  return `${shown(quantity)} ${basis.unit} × ${rate} per ${basis.per === 1 ? basis.unit : `${basis.per} ${basis.unit}`}`;
}

// A converted weight has endless places; the sum was made with all that we carry, the sentence shows six.
function shown(quantity: Decimal): string {
  return formatDecimal(quantity.round(6));
}
