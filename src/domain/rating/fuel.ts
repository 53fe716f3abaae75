// The fuel surcharge: a published price, looked up in the agreement's table (contract section 2, "Fuel").

import { type Decimal, decimal, formatDecimal } from '../../model/decimal.ts';
import type { FuelPrice, RuleBook } from '../../model/rules.ts';
import type { FuelTerms } from '../../model/setup/agreement.ts';
import type { LocalDate } from '../../model/time.ts';

export type FuelRated =
  | { readonly kind: 'rated'; readonly amount: Decimal; readonly derivation: readonly string[] }
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
  const price = decimal(week.price);
  const row = [...terms.table]
    .sort((a, b) => decimal(a.from).cmp(decimal(b.from)))
    .findLast(({ from }) => decimal(from).lte(price));
  if (row === undefined) return { kind: 'none' };
  const source = `${terms.index} ${week.price} of the week from ${week.effective}, table row from ${row.from}`;
  if (terms.method === 'per-mile') {
    if (distanceMiles === undefined) return { kind: 'distance-missing' };
    const amount = decimal(row.value).times(distanceMiles);
    return {
      kind: 'rated',
      amount,
      derivation: [source, `${distanceMiles} mi × ${row.value} = ${formatDecimal(amount)}`],
    };
  }
  if (linehaul === undefined) return { kind: 'none' };
  const amount = linehaul.times(row.value).div(100);
  return {
    kind: 'rated',
    amount,
    derivation: [source, `${row.value} % of linehaul ${formatDecimal(linehaul)} = ${formatDecimal(amount)}`],
  };
}

/** The entry with the greatest `effective` not after the date; entries ascend. */
function priceOn(entries: readonly FuelPrice[], date: LocalDate): FuelPrice | undefined {
  return entries.findLast(({ effective }) => effective <= date);
}
