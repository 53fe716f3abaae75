// Our own legal entities, as their books know them: `entities.json`.
//
// What an ERP calls things is text here and means something to its connector alone. An entity that is not in the file is a
// name and nothing more: its documents go where the connector's own settings say.

import { type Static, Type } from 'typebox';
import { CountryText, CurrencyText, FreeText, Identifier } from '../text.ts';

const strict = { additionalProperties: false };

/** Charge code → account in the ERP; `*` for every other code. */
const Accounts = Type.Record(Type.String(), Identifier);

export const ErpBooks = Type.Object(
  {
    /** Which company of the ERP: its name there, or its database id. */
    company: Type.Optional(Identifier),
    /**
     * Codes of journals there: `sales` for invoices and credit notes, `purchase` for carriers' bills, `payments` for what
     * customers pay (a bank or cash journal; none given: payments are not registered there).
     */
    journals: Type.Optional(
      Type.Object(
        {
          sales: Type.Optional(Identifier),
          purchase: Type.Optional(Identifier),
          payments: Type.Optional(Identifier),
        },
        strict,
      ),
    ),
    /** Accounts of lines: `sell` on invoices and credit notes, `buy` on carriers' bills. */
    accounts: Type.Optional(Type.Object({ sell: Type.Optional(Accounts), buy: Type.Optional(Accounts) }, strict)),
  },
  strict,
);
export type ErpBooks = Static<typeof ErpBooks>;

export const LegalEntity = Type.Object(
  {
    id: Identifier,
    name: Type.Optional(FreeText),
    country: Type.Optional(CountryText),
    /** In which its margin is told. None given: that of the sell side. */
    currency: Type.Optional(CurrencyText),
    erp: Type.Optional(ErpBooks),
  },
  strict,
);
export type LegalEntity = Static<typeof LegalEntity>;
export const LegalEntities = Type.Array(LegalEntity, { maxItems: 10_000 });

/** The account of a charge code on one side; `undefined`: the ERP's own default. */
export function accountOf(books: ErpBooks | undefined, side: 'sell' | 'buy', code: string): string | undefined {
  const accounts = books?.accounts?.[side];
  return accounts?.[code] ?? accounts?.['*'];
}
