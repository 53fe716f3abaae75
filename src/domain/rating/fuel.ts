// The fuel surcharge: a published price, looked up in the agreement's table (contract section 2, "Fuel").

import { type Decimal, decimal, formatDecimal } from '../../model/decimal.ts';
import type { FuelPrice, RuleBook } from '../../model/rules.ts';
import type { FuelTerms } from '../../model/setup/agreement.ts';
import type { LocalDate } from '../../model/time.ts';
import type { Derivation } from './derivation.ts';
import { ascending, rowIndexAt } from './rate-table.ts';

export type FuelRated =
  | { readonly kind: 'rated'; readonly amount: Decimal; readonly derivation: Derivation }
  /** The price is below the table's first row, or there is no linehaul to take a percentage of. */
  | { readonly kind: 'none' }
  | { readonly kind: 'index-missing' }
  | { readonly kind: 'distance-missing' };

/** `linehaul`: rounded, in major units; `undefined` where it could not be rated. */
export function rateFuel(
  terms: FuelTerms,
  rules: RuleBook,
  date: LocalDate,
  linehaul: Decimal | undefined,
  distanceMiles: string | undefined,
): FuelRated {
  const week = priceOn(rules.fuel.get(terms.index) ?? [], date);
  if (week === undefined) return { kind: 'index-missing' };
  const table = ascending(terms.table);
  const row = table[rowIndexAt(table, decimal(week.price))];
  if (row === undefined) return { kind: 'none' };
  const source = () => `${terms.index} ${week.price} of the week from ${week.effective}, table row from ${row.from}`;
  if (terms.method === 'per-mile') {
    if (distanceMiles === undefined) return { kind: 'distance-missing' };
    const amount = decimal(row.value).times(decimal(distanceMiles));
    const derivation = () => [source(), `${distanceMiles} mi × ${row.value} = ${formatDecimal(amount)}`];
    return { kind: 'rated', amount, derivation };
  }
  if (linehaul === undefined) return { kind: 'none' };
  const amount = linehaul.times(decimal(row.value)).times(PERCENT);
  const derivation = () => [
    source(),
    `${row.value} % of linehaul ${formatDecimal(linehaul)} = ${formatDecimal(amount)}`,
  ];
  return { kind: 'rated', amount, derivation };
}

const PERCENT = decimal('0.01');

/** The entry with the greatest `effective` not after the date; entries ascend. */
function priceOn(entries: readonly FuelPrice[], date: LocalDate): FuelPrice | undefined {
  return entries.findLast(({ effective }) => effective <= date);
}
