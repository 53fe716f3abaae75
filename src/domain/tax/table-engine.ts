// Tax by the table of the legal entity (contract section 2, `taxes.json`): the first engine behind the port.

import { decimal } from '../../model/decimal.ts';
import { type Currency, formatMinor, toMinor } from '../../model/money.ts';
import type { TaxRule } from '../../model/rules.ts';
import type { TaxPlace, TaxRecord, TaxStage } from '../../model/tax.ts';
import type { TaxAnswer, TaxableLine, TaxEngine } from './engine.ts';

/** Its name in the records. */
export const TABLE = 'table';

/** `rows` undefined: no table was ever imported, and there is no tax. */
export function tableEngine(rows: readonly TaxRule[] | undefined): TaxEngine {
  return {
    name: TABLE,
    estimate: (line) => answerFor(rows, line, 'estimate'),
    commit: (line) => answerFor(rows, line, 'commit'),
    refund: ({ amountMinor, currency, original }) => ({
      kind: 'determined',
      taxMinor: taxOn(amountMinor, original.rate, currency),
      record: { ...original, stage: 'refund' },
    }),
    void: (committed) => ({ ...committed, stage: 'void' }),
    reinstate: (voided, stage) => ({ ...voided, stage }),
  };
}

function answerFor(rows: readonly TaxRule[] | undefined, line: TaxableLine, stage: TaxStage): TaxAnswer {
  const { place, category, amountMinor, currency } = line;
  const record = (rate: string, basis: string): TaxRecord => ({
    engine: TABLE,
    stage,
    ...place,
    category,
    rate,
    basis,
  });
  if (rows === undefined) return { kind: 'determined', taxMinor: 0n, record: record('0', 'no tax table') };
  const row = rowFor(rows, place, category);
  if (row === undefined) return { kind: 'undetermined', detail: noRow(place, category) };
  return { kind: 'determined', taxMinor: taxOn(amountMinor, row.rate, currency), record: record(row.rate, named(row)) };
}

/** A row matches where each key given does; the one with the most keys wins, a tie goes to the first. */
function rowFor(rows: readonly TaxRule[], place: TaxPlace, category: string): TaxRule | undefined {
  const asked = { ...place, category };
  let best: { row: TaxRule; keys: number } | undefined;
  for (const row of rows) {
    const keys = matchingKeys(row, asked);
    if (keys !== undefined && (best === undefined || keys > best.keys)) best = { row, keys };
  }
  return best?.row;
}

const KEYS = ['legalEntity', 'country', 'region', 'category'] as const;

function matchingKeys(row: TaxRule, asked: TaxPlace & { readonly category: string }): number | undefined {
  let given = 0;
  for (const key of KEYS) {
    if (row[key] === undefined) continue;
    if (row[key] !== asked[key]) return undefined;
    given += 1;
  }
  return given;
}

/** `row us-inc/US/TX/freight, version 2`: by what it matches, `*` where it matches all. */
function named({ version, ...row }: TaxRule): string {
  const keys = KEYS.map((key) => row[key] ?? '*').join('/');
  return `row ${keys}${version === undefined ? '' : `, version ${version}`}`;
}

function noRow({ legalEntity, country, region }: TaxPlace, category: string): string {
  const where = [country, region].filter((part) => part !== undefined).join('-') || 'an unknown place';
  return `no tax row of ${legalEntity ?? 'no legal entity'} for ${category} into ${where}`;
}

/** Half-up, per line. `rate` is a fraction: `"0.0825"`. */
export function taxOn(amountMinor: bigint, rate: string, currency: Currency): bigint {
  if (amountMinor === 0n) return 0n;
  return toMinor(decimal(formatMinor(amountMinor, currency)).times(rate), currency, 'half-up');
}
