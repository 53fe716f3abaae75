// How the ledger's journal reads in an ERP: `ledger.json`, accounts and dimensions by legal entity.

import { type Static, Type } from 'typebox';
import { LEDGER_ACCOUNT_NAMES } from '../ledger.ts';
import { ChargeCode, FreeText, Identifier } from '../text.ts';

const strict = { additionalProperties: false };

/** What a missing account or dimension does: `block` exports nothing, `task` exports it empty and opens an exception. */
const Missing = Type.Enum(['block', 'task']);

export const AccountMapping = Type.Object(
  {
    account: Type.Enum(LEDGER_ACCOUNT_NAMES),
    /** None given: every other charge code. */
    code: Type.Optional(ChargeCode),
    /** The account's code there. */
    erp: Identifier,
  },
  strict,
);
export type AccountMapping = Static<typeof AccountMapping>;

const DIMENSION_SOURCES = ['customer', 'carrier', 'lane', 'mode', 'legalEntity', 'shipment', 'code', 'side'] as const;

export const DimensionMapping = Type.Object(
  {
    /** As the ERP calls it, such as `department`. */
    name: Identifier,
    from: Type.Enum(DIMENSION_SOURCES),
    /** What it is called there; `*` for every other value. None given: as it is here. */
    values: Type.Optional(Type.Record(Type.String({ minLength: 1 }), FreeText)),
    /** None given: it may be missing. */
    missing: Type.Optional(Missing),
  },
  strict,
);
export type DimensionMapping = Static<typeof DimensionMapping>;

export const LedgerMapping = Type.Object(
  {
    /** None given: every entity that has no row of its own. */
    legalEntity: Type.Optional(Identifier),
    /** The journal's code there. */
    journal: Type.Optional(Identifier),
    accounts: Type.Array(AccountMapping, { maxItems: 10_000 }),
    dimensions: Type.Optional(Type.Array(DimensionMapping, { maxItems: 20 })),
    /** What an entry without an account does. None given: `block`. */
    missing: Type.Optional(Missing),
  },
  strict,
);
export type LedgerMapping = Static<typeof LedgerMapping>;
export const LedgerMappings = Type.Array(LedgerMapping, { maxItems: 10_000 });
