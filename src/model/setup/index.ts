// The setup files as one list: name, schema, and what makes two entries the same object.

import type { TSchema } from 'typebox';
import { type Agreement, Agreements } from './agreement.ts';
import { LegalEntities, type LegalEntity } from './entity.ts';
import { type LedgerMapping, LedgerMappings } from './ledger.ts';
import { type Partner, Partners } from './partner.ts';
import { BillingPolicies, type BillingPolicy } from './policy.ts';
import {
  type AuditTolerance,
  AuditTolerances,
  type ExchangeRates,
  ExchangeTables,
  type FuelIndex,
  FuelIndexes,
  type ScheduledJob,
  ScheduledJobs,
  type TaxRow,
  TaxRows,
} from './tables.ts';

/** Everything a folder of setup files may say; a file that is absent leaves what is known. */
export type Setup = {
  partners?: Partner[];
  agreements?: Agreement[];
  policies?: BillingPolicy[];
  fuel?: FuelIndex[];
  taxes?: TaxRow[];
  audit?: AuditTolerance[];
  entities?: LegalEntity[];
  exchange?: ExchangeRates[];
  ledger?: LedgerMapping[];
  jobs?: ScheduledJob[];
};

export const SETUP_FILES = {
  partners: Partners,
  agreements: Agreements,
  policies: BillingPolicies,
  fuel: FuelIndexes,
  taxes: TaxRows,
  audit: AuditTolerances,
  entities: LegalEntities,
  exchange: ExchangeTables,
  ledger: LedgerMappings,
  jobs: ScheduledJobs,
} as const satisfies Record<keyof Setup, TSchema>;

export type { Agreement, AuditTolerance, BillingPolicy, ExchangeRates, FuelIndex, LegalEntity, Partner, TaxRow };
