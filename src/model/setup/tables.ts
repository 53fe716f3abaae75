// The smaller setup files: fuel prices, tax rates, audit tolerances (contract section 2).

import { type Static, Type } from 'typebox';
import { CountryText, DecimalText, Identifier, LocalDateText, PositiveDecimalText, RegionText } from '../text.ts';

const strict = { additionalProperties: false };

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

export const AuditTolerance = Type.Object(
  {
    carrier: Identifier,
    tolerancePercent: Type.Optional(PositiveDecimalText),
    toleranceAmount: Type.Optional(PositiveDecimalText),
  },
  strict,
);
export type AuditTolerance = Static<typeof AuditTolerance>;
export const AuditTolerances = Type.Array(AuditTolerance, { maxItems: 100_000 });
