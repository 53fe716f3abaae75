// The smaller setup files: fuel prices, tax rates, audit tolerances (contract section 2), exchange rates.

import { type Static, Type } from 'typebox';
import {
  CountryText,
  CurrencyText,
  DecimalText,
  Identifier,
  LocalDateText,
  PositiveDecimalText,
  patterned,
  RegionText,
  ZoneText,
} from '../text.ts';

const strict = { additionalProperties: false };

/** A decimal above zero. */
const RateText = patterned(
  '^(?=.*[1-9])\\d{1,12}(\\.\\d{1,12})?$',
  'is not a decimal number above zero in quotes, such as "1.0825"',
);

export const FuelIndex = Type.Object(
  {
    index: Identifier,
    entries: Type.Array(Type.Object({ effective: LocalDateText, price: PositiveDecimalText }, strict), {
      maxItems: 100_000,
    }),
  },
  strict,
);
export type FuelIndex = Static<typeof FuelIndex>;
export const FuelIndexes = Type.Array(FuelIndex, { maxItems: 1_000 });

export const TaxRow = Type.Object(
  {
    legalEntity: Type.Optional(Identifier),
    country: Type.Optional(CountryText),
    region: Type.Optional(RegionText),
    category: Type.Optional(Identifier),
    rate: DecimalText,
  },
  strict,
);
export type TaxRow = Static<typeof TaxRow>;
export const TaxRows = Type.Array(TaxRow, { maxItems: 100_000 });

/** `exchange.json`: one unit of `from` is `rate` units of `to`, from the day on until the next entry. */
export const ExchangeRates = Type.Object(
  {
    from: CurrencyText,
    to: CurrencyText,
    entries: Type.Array(Type.Object({ effective: LocalDateText, rate: RateText }, strict), { maxItems: 100_000 }),
  },
  strict,
);
export type ExchangeRates = Static<typeof ExchangeRates>;
export const ExchangeTables = Type.Array(ExchangeRates, { maxItems: 10_000 });

/** `jobs.json`: what is done by itself at an hour of each day. */
export const ScheduledJob = Type.Object(
  {
    job: Type.Enum(['lists']),
    at: patterned('^([01]\\d|2[0-3]):[0-5]\\d$', 'is not a time of day, such as 06:30'),
    timezone: Type.Optional(ZoneText),
    /** Missed revenue of invoiced shipments is proposed as an adjustment, which waits for approval. */
    proposeMissedRevenue: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type ScheduledJob = Static<typeof ScheduledJob>;
export const ScheduledJobs = Type.Array(ScheduledJob, { maxItems: 100 });

export const AuditTolerance = Type.Object(
  {
    carrier: Identifier,
    tolerancePercent: Type.Optional(PositiveDecimalText),
    toleranceAmount: Type.Optional(PositiveDecimalText),
    /** How its bills go into the ERP; posted when not given. */
    bills: Type.Optional(Type.Enum(['posted', 'draft'])),
  },
  strict,
);
export type AuditTolerance = Static<typeof AuditTolerance>;
export const AuditTolerances = Type.Array(AuditTolerance, { maxItems: 100_000 });
