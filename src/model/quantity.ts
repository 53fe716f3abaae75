// Physical quantities and their units. A quantity is never rounded.

import { type Decimal, decimal } from './decimal.ts';

export type WeightUnit = 'lb' | 'kg';
export type Weight = { readonly value: string; readonly unit: WeightUnit };

/** International avoirdupois pound in kilograms, exact by definition (1959). */
const KILOGRAMS_PER_POUND: Decimal = decimal('0.45359237');

export function poundsOf(weight: Weight): Decimal {
  const value = decimal(weight.value);
  return weight.unit === 'lb' ? value : value.div(KILOGRAMS_PER_POUND);
}

export function kilogramsOf(weight: Weight): Decimal {
  const value = decimal(weight.value);
  return weight.unit === 'kg' ? value : value.times(KILOGRAMS_PER_POUND);
}
