// Which tax a line bears, by the table of the legal entity (contract section 2, `taxes.json`).
//
// The table is one engine behind a small port: what it answers is recorded with the document, so that another
// engine can answer later and a credit note can always reverse at the original rate.

import { decimal } from '../../model/decimal.ts';
import { type Currency, formatMinor, toMinor } from '../../model/money.ts';
import type { TaxRow } from '../../model/setup/tables.ts';

export type TaxQuestion = {
  readonly legalEntity?: string;
  /** Where the goods go. */
  readonly country?: string;
  readonly region?: string;
  /** `freight`, or the order line's own. */
  readonly category: string;
};

export type TaxAnswer = { readonly kind: 'rate'; readonly rate: string } | { readonly kind: 'undetermined' };

const NO_TAX: TaxAnswer = { kind: 'rate', rate: '0' };

/** A row matches where each key given does; the one with the most keys wins, a tie goes to the first. No table: no tax. */
export function determineTax(rows: readonly TaxRow[] | undefined, question: TaxQuestion): TaxAnswer {
  if (rows === undefined) return NO_TAX;
  let best: { row: TaxRow; keys: number } | undefined;
  for (const row of rows) {
    const keys = matchingKeys(row, question);
    if (keys !== undefined && (best === undefined || keys > best.keys)) best = { row, keys };
  }
  return best === undefined ? { kind: 'undetermined' } : { kind: 'rate', rate: best.row.rate };
}

const KEYS = ['legalEntity', 'country', 'region', 'category'] as const;

function matchingKeys(row: TaxRow, question: TaxQuestion): number | undefined {
  const given = KEYS.filter((key) => row[key] !== undefined);
  return given.every((key) => row[key] === question[key]) ? given.length : undefined;
}

/** Half-up, per line. `rate` is a fraction: `"0.0825"`. */
export function taxOn(amountMinor: bigint, rate: string, currency: Currency): bigint {
  return toMinor(decimal(formatMinor(amountMinor, currency)).times(rate), currency, 'half-up');
}
