// How a TMS or carrier is asked to carry an order, as its partner profile says it.
import { type Static, Type } from 'typebox';
import { CountryText, FreeText, Identifier, RegionText } from '../text.ts';

/** Of a 204, whose 997 and 990 are awaited. */
export const DEFAULT_ANSWER_MINUTES = 120;

const strict = { additionalProperties: false };

export const DemandProfile = Type.Object(
  {
    /** An X12 204 load tender, or JSON signed by Standard Webhooks. Both are posted to `url`. */
    form: Type.Enum(['x12-204', 'webhook']),
    url: Type.String({ pattern: '^https?://', maxLength: 2_000 }),
    /** Name of the environment variable with the webhook's secret (`whsec_…`). The secret itself is never setup. */
    secretEnv: Type.Optional(Type.String({ pattern: '^[A-Z][A-Z0-9_]*$' })),
    /** Who we are in their interchanges: ISA05 and ISA06. */
    sender: Type.Optional(
      Type.Object(
        { qualifier: Type.String({ minLength: 2, maxLength: 2 }), id: Type.String({ minLength: 1, maxLength: 15 }) },
        strict,
      ),
    ),
    mode: Type.Optional(Identifier),
    /** Where the goods are picked up. */
    pickup: Type.Object(
      {
        name: Type.Optional(FreeText),
        street: Type.Optional(FreeText),
        city: FreeText,
        region: Type.Optional(RegionText),
        postal: Type.Optional(Identifier),
        country: CountryText,
      },
      strict,
    ),
    /** How long an answer may take: 997 and 990 of a 204, acceptance of a webhook. None given: 120, of a webhook none is awaited. */
    answerWithinMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 43_200 })),
  },
  strict,
);
export type DemandProfile = Static<typeof DemandProfile>;
