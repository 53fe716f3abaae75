// The rules in force, as the core takes them: every version of every agreement, policy, table and partner profile.
//
// A decision names the versions it was made under, so nothing here is ever changed in place: an import adds versions.

import type { Currency } from './money.ts';
import type { Agreement } from './setup/agreement.ts';
import type { LegalEntity } from './setup/entity.ts';
import type { LedgerMapping } from './setup/ledger.ts';
import type { Partner } from './setup/partner.ts';
import type { BillingPolicy } from './setup/policy.ts';
import type { AuditTolerance, ScheduledJob, TaxRow } from './setup/tables.ts';
import type { Instant, LocalDate } from './time.ts';

export type Versioned<T> = {
  /** 1 for the first import of this object, then counting. */
  readonly version: number;
  readonly importedAt: Instant;
  readonly content: T;
};

export type FuelPrice = {
  readonly effective: LocalDate;
  readonly price: string;
};

/** One unit of `from` is `rate` units of `to`, from `effective` on. */
export type ExchangeRate = {
  readonly from: Currency;
  readonly to: Currency;
  readonly effective: LocalDate;
  readonly rate: string;
  readonly version?: number;
};

/** A row of the tax table as it stands in its newest version. */
export type TaxRule = TaxRow & { readonly version?: number };

/** Plain data: made by `ruleBookFrom` in the domain, cached by the pipeline until an import or a new fuel price. */
export type RuleBook = {
  readonly partners: ReadonlyMap<string, Partner>;
  /** Key: `sell:acme`. All versions of all agreements of one side of one party. */
  readonly agreements: ReadonlyMap<string, readonly Versioned<Agreement>[]>;
  readonly policies: ReadonlyMap<string, Versioned<BillingPolicy>>;
  /** By index, ascending by `effective`; one price a week: the one reported last. */
  readonly fuel: ReadonlyMap<string, readonly FuelPrice[]>;
  /** Undefined when no tax table was ever imported: then there is no tax. */
  readonly taxes?: readonly TaxRule[];
  readonly audit: ReadonlyMap<string, AuditTolerance>;
  /** Those described in `entities.json`. */
  readonly entities: ReadonlyMap<string, LegalEntity>;
  /** Key: `CAD/USD`; ascending by `effective`. Undefined when no exchange table was ever imported. */
  readonly exchange?: ReadonlyMap<string, readonly ExchangeRate[]>;
  /** How the journal reads in the ERP, by legal entity; `''` for all others. */
  readonly ledger?: ReadonlyMap<string, LedgerMapping>;
  /** By job. */
  readonly jobs?: ReadonlyMap<string, ScheduledJob>;
};
