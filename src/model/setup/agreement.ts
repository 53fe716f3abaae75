// A rate agreement: one side of one party (contract section 2, `agreements.json`).

import { type Static, Type } from 'typebox';
import {
  ChargeCode,
  CountryText,
  CurrencyText,
  DecimalText,
  Identifier,
  LocalDateText,
  PositiveDecimalText,
  RegionText,
} from '../text.ts';

const strict = { additionalProperties: false };

/** Inside means: each key given holds. */
export const Place = Type.Object(
  {
    country: Type.Optional(CountryText),
    region: Type.Optional(Type.Array(RegionText, { minItems: 1 })),
    postal: Type.Optional(Type.Array(Identifier, { minItems: 1 })),
    city: Type.Optional(Identifier),
    locode: Type.Optional(Identifier),
  },
  strict,
);
export type Place = Static<typeof Place>;

const LINEHAUL_BASES = ['flat', 'per-mile', 'per-cwt', 'per-kg', 'per-pallet', 'per-unit'] as const;

export const WeightBreak = Type.Object({ from: PositiveDecimalText, rate: PositiveDecimalText }, strict);
export type WeightBreak = Static<typeof WeightBreak>;

export const Linehaul = Type.Object(
  {
    basis: Type.Enum(LINEHAUL_BASES),
    rate: Type.Optional(PositiveDecimalText),
    breaks: Type.Optional(Type.Array(WeightBreak, { minItems: 1, maxItems: 1_000 })),
    deficit: Type.Optional(Type.Boolean()),
    minimum: Type.Optional(PositiveDecimalText),
    maximum: Type.Optional(PositiveDecimalText),
  },
  strict,
);
export type Linehaul = Static<typeof Linehaul>;

export const Lane = Type.Object(
  {
    id: Identifier,
    mode: Identifier,
    service: Type.Optional(Identifier),
    equipment: Type.Optional(Identifier),
    origin: Place,
    destination: Place,
    linehaul: Linehaul,
  },
  strict,
);
export type Lane = Static<typeof Lane>;

export const FuelTerms = Type.Object(
  {
    index: Identifier,
    method: Type.Enum(['percent-of-linehaul', 'per-mile']),
    table: Type.Array(Type.Object({ from: DecimalText, value: PositiveDecimalText }, strict), {
      minItems: 1,
      maxItems: 5_000,
    }),
  },
  strict,
);
export type FuelTerms = Static<typeof FuelTerms>;

export const DetentionTerms = Type.Object(
  {
    code: ChargeCode,
    trigger: Type.Literal('detention'),
    stops: Type.Enum(['pickup', 'delivery', 'any']),
    freeMinutes: Type.Integer({ minimum: 0 }),
    incrementMinutes: Type.Integer({ minimum: 1 }),
    rate: PositiveDecimalText,
    maximum: Type.Optional(PositiveDecimalText),
  },
  strict,
);
export type DetentionTerms = Static<typeof DetentionTerms>;

const priced = <T extends string>(trigger: T) =>
  Type.Object({ code: ChargeCode, trigger: Type.Literal(trigger), rate: PositiveDecimalText }, strict);

export const AttributeTerms = Type.Object(
  { code: ChargeCode, trigger: Type.Literal('attribute'), attribute: Identifier, rate: PositiveDecimalText },
  strict,
);

export const Accessorial = Type.Union([
  DetentionTerms,
  priced('reported'),
  priced('failed-delivery'),
  AttributeTerms,
  priced('cancelled-after-dispatch'),
]);
export type Accessorial = Static<typeof Accessorial>;

const SIDES = ['sell', 'buy'] as const;

export const Agreement = Type.Object(
  {
    id: Identifier,
    side: Type.Enum(SIDES),
    party: Identifier,
    currency: CurrencyText,
    validFrom: LocalDateText,
    validTo: Type.Optional(LocalDateText),
    rounding: Type.Optional(Type.Enum(['half-up', 'half-even'])),
    lanes: Type.Array(Lane, { maxItems: 100_000 }),
    fuel: Type.Optional(FuelTerms),
    accessorials: Type.Optional(Type.Array(Accessorial, { maxItems: 1_000 })),
  },
  strict,
);
export type Agreement = Static<typeof Agreement>;
export const Agreements = Type.Array(Agreement, { maxItems: 100_000 });
