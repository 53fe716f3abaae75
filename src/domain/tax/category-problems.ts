// The tax questions of a shipment that the table leaves open.

import type { TaxRow } from '../../model/setup/tables.ts';
import { determineTax, type TaxQuestion } from './determine.ts';

/** One sentence, or `undefined` when every category is determined. */
export function openTaxQuestion(
  rows: readonly TaxRow[] | undefined,
  place: Omit<TaxQuestion, 'category'>,
  categories: readonly string[],
): string | undefined {
  const open = categories.filter((category) => determineTax(rows, { ...place, category }).kind === 'undetermined');
  if (open.length === 0) return undefined;
  const where = [place.country, place.region].filter((part) => part !== undefined).join('-') || 'an unknown place';
  const entity = place.legalEntity ?? 'no legal entity';
  return `No tax row of ${entity} for ${open.join(', ')} into ${where}. Import one.`;
}
