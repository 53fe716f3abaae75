// The weight of a 204: L3 for the whole, else the pickups' AT8 added up.

import type { X12Fault } from '../../formats/x12/index.ts';
import { elementFault, type LoadTender204, type WeightView } from '../../formats/x12/transactions/index.ts';
import { type Decimal, formatDecimal, ZERO } from '../../model/decimal.ts';
import { kilogramsOf, poundsOf, type Weight } from '../../model/quantity.ts';
import { decimalFrom } from './amounts.ts';
import { STOP_KIND_BY_REASON } from './codes/load-tender.ts';

const KILOGRAM_CODE = 'K';
/** L301 and AT803. */
const WEIGHT_ELEMENT = { L3: 1, AT8: 3 } as const;

export type ReadWeight =
  | { readonly ok: true; readonly weight?: Weight }
  | { readonly ok: false; readonly fault: X12Fault };

export function weightFrom(view: LoadTender204): ReadWeight {
  if (view.total !== undefined && view.total.weight !== '') return oneWeight(view.total, WEIGHT_ELEMENT.L3);
  const pickups = view.stops.filter(({ reason }) => STOP_KIND_BY_REASON.get(reason) === 'pickup');
  // The weights of a stop's orders repeat the stop's own.
  const listed = pickups.flatMap((stop) => (stop.weights.length > 0 ? stop.weights : stop.detailWeights));
  const weights: Weight[] = [];
  for (const each of listed.filter(({ weight }) => weight !== '')) {
    const read = oneWeight(each, WEIGHT_ELEMENT.AT8);
    if (!read.ok) return read;
    if (read.weight !== undefined) weights.push(read.weight);
  }
  return weights.length === 0 ? { ok: true } : { ok: true, weight: added(weights) };
}

function oneWeight({ segment, weight, unit }: WeightView, element: number): ReadWeight {
  const value = decimalFrom(weight);
  if (value === undefined || value.startsWith('-')) {
    return { ok: false, fault: elementFault('element-number-invalid', segment, element, { found: weight }) };
  }
  return { ok: true, weight: { value, unit: unit === KILOGRAM_CODE ? 'kg' : 'lb' } };
}

// Exact in the unit they share; in pounds where they share none.
function added(weights: readonly Weight[]): Weight {
  const metric = weights.every(({ unit }) => unit === 'kg');
  const inUnit = metric ? kilogramsOf : poundsOf;
  const sum = weights.reduce<Decimal>((total, weight) => total.plus(inUnit(weight)), ZERO);
  // Converted kilograms have endless decimals; no scale in freight shows more than six.
  const shown = formatDecimal(weights.every(({ unit }) => unit === weights[0]?.unit) ? sum : sum.round(6));
  return { value: shown, unit: metric ? 'kg' : 'lb' };
}
