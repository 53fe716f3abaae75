// Whom a shipment asks about its tax, and where it is taxed: found once, for the hold, for its lines and for a quotation.

import type { RuleBook } from '../../model/rules.ts';
import type { TaxPlace } from '../../model/tax.ts';
import type { TaxEngine } from './engine.ts';
import { tableEngine } from './table-engine.ts';

export type TaxDesk = { readonly engine: TaxEngine; readonly place: TaxPlace };

type Taxed = {
  readonly rules: RuleBook;
  readonly legalEntity: string | undefined;
  readonly journey: { readonly destination?: { readonly country?: string; readonly region?: string } | undefined };
};

/** By ship-to: the destination. */
export function taxDeskOf({ rules, legalEntity, journey: { destination } }: Taxed): TaxDesk {
  return {
    engine: engineOf(rules),
    place: { legalEntity, country: destination?.country, region: destination?.region },
  };
}

const ENGINES = new WeakMap<RuleBook, TaxEngine>();

function engineOf(rules: RuleBook): TaxEngine {
  let engine = ENGINES.get(rules);
  if (engine === undefined) {
    engine = tableEngine(rules.taxes);
    ENGINES.set(rules, engine);
  }
  return engine;
}

// ISO 4217: no currency is involved. Whether there is an answer does not depend on an amount.
const NO_CURRENCY = 'XXX';

/** What is open, in one sentence; `undefined` when every category is determined. */
export function openTaxQuestion({ engine, place }: TaxDesk, categories: ReadonlySet<string>): string | undefined {
  const open = [...categories].flatMap((category) => {
    const answer = engine.estimate({ place, category, amountMinor: 0n, currency: NO_CURRENCY });
    return answer.kind === 'undetermined' ? [answer.detail] : [];
  });
  if (open.length === 0) return undefined;
  return `Tax is undetermined: ${open.join('; ')}. Import one.`;
}
