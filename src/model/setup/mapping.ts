// How a partner's delimited files read: which column means what (`delimited` in `partners.json`).

import { type Static, Type } from 'typebox';
import { ChargeCode, CurrencyText, Identifier } from '../text.ts';

const strict = { additionalProperties: false };
const optional = Type.Optional;

const DATE_FORMATS = ['YYYY-MM-DD', 'YYYYMMDD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const;

/** Columns are named as in the file. One row is one charge (`code`, `amount`), or one shipment with a column a charge (`charges`). */
export const FreightBillMapping = Type.Object(
  {
    name: Identifier,
    becomes: Type.Literal('carrier.invoice'),
    /** Found from the file when not given. */
    separator: optional(Type.String({ minLength: 1, maxLength: 1 })),
    encoding: optional(Type.Enum(['utf-8', 'windows-1252'])),
    /** Lines above the column names. */
    skipLines: optional(Type.Integer({ minimum: 0, maximum: 100 })),
    decimalMark: optional(Type.Enum(['.', ','])),
    dateFormat: optional(Type.Enum(DATE_FORMATS)),
    /** Where no column says it. */
    currency: optional(CurrencyText),
    columns: Type.Object(
      {
        invoice: Identifier,
        issuedOn: Identifier,
        /** A carrier's id, SCAC, other identifier or name; without it, the sender. */
        carrier: optional(Identifier),
        currency: optional(Identifier),
        shipment: optional(Identifier),
        references: optional(
          Type.Array(Type.Object({ type: Identifier, column: Identifier }, strict), { minItems: 1, maxItems: 50 }),
        ),
        code: optional(Identifier),
        amount: optional(Identifier),
        charges: optional(
          Type.Array(Type.Object({ code: ChargeCode, column: Identifier }, strict), { minItems: 1, maxItems: 100 }),
        ),
        /** The whole bill's total before tax, on each of its rows; then its lines must add up to it. */
        total: optional(Identifier),
      },
      strict,
    ),
    /** Rows with one of these values in that column reduce: their amounts are positive in the file. */
    credits: optional(
      Type.Object({ column: Identifier, values: Type.Array(Identifier, { minItems: 1, maxItems: 20 }) }, strict),
    ),
  },
  strict,
);
export type FreightBillMapping = Static<typeof FreightBillMapping>;
