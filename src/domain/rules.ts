// The rule book from its stored versions. Pure, so that "what would this cost under version N" is the same call.

import type { ExchangeRate, FuelPrice, RuleBook, TaxRule, Versioned } from '../model/rules.ts';
import type { Agreement } from '../model/setup/agreement.ts';
import type { LegalEntity } from '../model/setup/entity.ts';
import type { LedgerMapping } from '../model/setup/ledger.ts';
import type { Partner } from '../model/setup/partner.ts';
import type { BillingPolicy } from '../model/setup/policy.ts';
import type { AuditTolerance, ScheduledJob, TaxRow } from '../model/setup/tables.ts';
import type { Instant } from '../model/time.ts';

/** One stored version of one rule; the content was validated when it was imported. */
export type RuleVersion = { readonly id: string; readonly version: number; readonly importedAt: Instant } & (
  | { readonly kind: 'partner'; readonly content: Partner }
  | { readonly kind: 'agreement'; readonly content: Agreement }
  | { readonly kind: 'policy'; readonly content: BillingPolicy }
  | { readonly kind: 'tax'; readonly content: TaxRow }
  | { readonly kind: 'audit'; readonly content: AuditTolerance }
  | { readonly kind: 'entity'; readonly content: LegalEntity }
  | { readonly kind: 'exchange'; readonly content: ExchangeRate }
  | { readonly kind: 'ledger'; readonly content: LedgerMapping }
  | { readonly kind: 'job'; readonly content: ScheduledJob }
);

/** One price a week; where two were published, the caller passes the one reported last. */
export type StoredFuelPrice = FuelPrice & { readonly index: string };

export function ruleBookFrom(stored: {
  readonly versions: readonly RuleVersion[];
  readonly fuelPrices: readonly StoredFuelPrice[];
}): RuleBook {
  const partners = new Map<string, Partner>();
  const agreements = new Map<string, Versioned<Agreement>[]>();
  const policies = new Map<string, Versioned<BillingPolicy>>();
  const taxes = new Map<string, TaxRule>();
  const audit = new Map<string, AuditTolerance>();
  const entities = new Map<string, LegalEntity>();
  const exchange = new Map<string, ExchangeRate>();
  const ledger = new Map<string, LedgerMapping>();
  const jobs = new Map<string, ScheduledJob>();
  // Ascending, so that of partners, policies and tables the newest version stays.
  for (const rule of [...stored.versions].sort((a, b) => a.version - b.version)) {
    const { version, importedAt } = rule;
    if (rule.kind === 'partner') partners.set(rule.id, rule.content);
    else if (rule.kind === 'policy') policies.set(rule.id, { version, importedAt, content: rule.content });
    else if (rule.kind === 'tax') taxes.set(rule.id, { ...rule.content, version });
    else if (rule.kind === 'audit') audit.set(rule.id, rule.content);
    else if (rule.kind === 'entity') entities.set(rule.id, rule.content);
    else if (rule.kind === 'ledger') ledger.set(rule.content.legalEntity ?? '', rule.content);
    else if (rule.kind === 'job') jobs.set(rule.id, rule.content);
    else if (rule.kind === 'exchange') exchange.set(rule.id, { ...rule.content, version });
    else
      addTo(agreements, agreementKey(rule.content.side, rule.content.party), {
        version,
        importedAt,
        content: rule.content,
      });
  }
  return {
    partners,
    agreements,
    policies,
    fuel: fuelByIndex(stored.fuelPrices),
    ...(taxes.size > 0 ? { taxes: [...taxes.values()] } : {}),
    audit,
    entities,
    ...(ledger.size > 0 ? { ledger } : {}),
    ...(jobs.size > 0 ? { jobs } : {}),
    ...(exchange.size > 0 ? { exchange: ratesByPair([...exchange.values()]) } : {}),
  };
}

export function agreementKey(side: Agreement['side'], party: string): string {
  return `${side}:${party}`;
}

/** `CAD/USD`; of an imported rate the date besides: each is a rule of its own, with versions. */
export function exchangeKey({ from, to }: Pick<ExchangeRate, 'from' | 'to'>): string {
  return `${from}/${to}`;
}

function ratesByPair(rates: readonly ExchangeRate[]): Map<string, ExchangeRate[]> {
  const ascending = [...rates].sort((a, b) => (a.effective < b.effective ? -1 : 1));
  return Map.groupBy(ascending, exchangeKey);
}

function fuelByIndex(prices: readonly StoredFuelPrice[]): Map<string, FuelPrice[]> {
  const byIndex = new Map<string, FuelPrice[]>();
  for (const { index, effective, price } of prices) addTo(byIndex, index, { effective, price });
  for (const entries of byIndex.values()) entries.sort((a, b) => (a.effective < b.effective ? -1 : 1));
  return byIndex;
}

function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
