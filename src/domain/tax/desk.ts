// Whom a shipment asks about its tax, and where it is taxed: found once, for the hold, for its lines and for a quotation.

import type { DocumentKind } from '../../model/document.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { TaxPlace, TaxRecord } from '../../model/tax.ts';
import type { TaxEngine } from './engine.ts';
import { TABLE, tableEngine } from './table-engine.ts';

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

/** By the name in their records. Neither voiding nor what follows it depends on the rules. */
const ENGINE_BY_NAME: ReadonlyMap<string, Pick<TaxEngine, 'void' | 'reinstate'>> = new Map([
  [TABLE, tableEngine(undefined)],
]);

/**
 * What is kept with a line of a document once a person has cancelled it in the ERP, or has posted it there again: as the
 * engine says it that answered about it.
 */
export function recordOnce(state: 'cancelled' | 'posted', kind: DocumentKind, record: TaxRecord): TaxRecord {
  const engine = ENGINE_BY_NAME.get(record.engine);
  if (engine === undefined) return record;
  return state === 'cancelled'
    ? engine.void(record)
    : engine.reinstate(record, kind === 'credit-note' ? 'refund' : 'commit');
}

/** What is open, in one sentence; `undefined` when every category is determined. */
export function openTaxQuestion(desk: TaxDesk, categories: readonly string[]): string | undefined {
  const open = categories.flatMap((category) => openDetail(desk, category) ?? []);
  return open.length === 0 ? undefined : `Tax is undetermined: ${[...new Set(open)].join('; ')}. Import one.`;
}

// ISO 4217: no currency is involved. Whether there is an answer does not depend on an amount.
const NO_CURRENCY = 'XXX';

type Details = Map<string, string | undefined>;
const DETAILS = new WeakMap<TaxEngine, Details>();
const MOST_KEPT = 4_096;

// Every decision asks, and few places and categories there are: the engine's answers are kept with it. It is pure.
function openDetail({ engine, place }: TaxDesk, category: string): string | undefined {
  // No name has control characters.
  const key = `${place.legalEntity}\u0000${place.country}\u0000${place.region}\u0000${category}`;
  let details = DETAILS.get(engine);
  if (details === undefined || details.size >= MOST_KEPT) {
    details = new Map();
    DETAILS.set(engine, details);
  }
  if (details.has(key)) return details.get(key);
  const answer = engine.estimate({ place, category, amountMinor: 0n, currency: NO_CURRENCY });
  const detail = answer.kind === 'undetermined' ? answer.detail : undefined;
  details.set(key, detail);
  return detail;
}
