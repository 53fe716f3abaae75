// The linehaul: a quantity at a rate, with breaks, deficit rating, a minimum and a maximum (contract section 2, "Linehaul").

import { type Decimal, decimal, formatDecimal } from '../../model/decimal.ts';
import { kilogramsOf, poundsOf } from '../../model/quantity.ts';
import type { Linehaul, WeightBreak } from '../../model/setup/agreement.ts';
import type { ShipmentPlan } from '../../model/shipment.ts';

/** Before rounding, in major units. */
export type LinehaulRated =
  | { readonly kind: 'rated'; readonly amount: Decimal; readonly derivation: readonly string[] }
  | { readonly kind: 'missing'; readonly quantity: string };

type Basis = {
  /** What must be known, in words. */
  readonly needs: string;
  readonly unit: string;
  readonly quantityOf: (plan: ShipmentPlan) => Decimal | undefined;
  /** How many of the quantity's unit the rate is for. */
  readonly per: number;
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
  const breaks = [...(terms.breaks ?? [])].sort((a, b) => decimal(a.from).cmp(decimal(b.from)));
  const at = breaks.findLastIndex(({ from }) => decimal(from).lte(quantity));
  // Below the first break the first rate holds.
  const rate = breaks[Math.max(at, 0)]?.rate ?? terms.rate ?? '0';
  let amount = priceOf(rate, quantity, basis);
  const derivation = [`${inWords(quantity, rate, basis)} = ${formatDecimal(amount)}`];
  const next = breaks[Math.max(at, 0) + 1];
  const deficit = terms.deficit === true && next !== undefined ? deficitOf(next, amount, basis) : undefined;
  if (deficit !== undefined) {
    amount = deficit.amount;
    derivation.push(deficit.words);
  }
  return bounded(amount, terms, derivation);
}

function priceOf(rate: string, quantity: Decimal, basis: Basis): Decimal {
  return decimal(rate).times(quantity).div(basis.per);
}

function inWords(quantity: Decimal, rate: string, basis: Basis): string {
  if (basis.needs === '') return `flat ${rate}`;
  return `${shown(quantity)} ${basis.unit} × ${rate} per ${basis.per === 1 ? basis.unit : `${basis.per} ${basis.unit}`}`;
}

// A converted weight has endless places; the sum was made with all that we carry, the sentence shows six.
function shown(quantity: Decimal): string {
  return formatDecimal(quantity.round(6));
}

// Deficit rating: paying for the weight at which the next, cheaper rate begins, when that costs less.
function deficitOf(next: WeightBreak, amount: Decimal, basis: Basis): { amount: Decimal; words: string } | undefined {
  const from = decimal(next.from);
  const atNext = priceOf(next.rate, from, basis);
  if (!atNext.lt(amount)) return undefined;
  return {
    amount: atNext,
    words: `cheaper as ${inWords(from, next.rate, basis)} = ${formatDecimal(atNext)} (deficit rating)`,
  };
}

function bounded(amount: Decimal, terms: Linehaul, derivation: readonly string[]): LinehaulRated {
  let bound = amount;
  const steps = [...derivation];
  if (terms.minimum !== undefined && bound.lt(terms.minimum)) {
    bound = decimal(terms.minimum);
    steps.push(`minimum ${terms.minimum}`);
  }
  if (terms.maximum !== undefined && bound.gt(terms.maximum)) {
    bound = decimal(terms.maximum);
    steps.push(`maximum ${terms.maximum}`);
  }
  return { kind: 'rated', amount: bound, derivation: steps };
}
