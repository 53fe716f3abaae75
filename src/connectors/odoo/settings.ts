// What an operator types in to reach an Odoo.
import { type Static, Type } from 'typebox';

const databaseId = Type.Integer({ minimum: 1 });
const seconds = Type.Number({ minimum: 1, maximum: 600 });

export const OdooSettings = Type.Object(
  {
    /** Where Odoo answers, such as `https://erp.example.com`; a path before `/jsonrpc` and `/json/2` may follow. */
    url: Type.String({ pattern: '^https?://' }),
    database: Type.String({ minLength: 1 }),
    /** Login of the API user. Odoo 19 knows the user by the key; 17 and 18 need it. */
    user: Type.Optional(Type.String({ minLength: 1 })),
    /** API key, made by a person in Odoo (Preferences, Account Security). Odoo 19 refuses a password here. */
    key: Type.String({ minLength: 1 }),
    /** First part of our external ids. Two hubs that share one database must differ here. */
    module: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]{0,30}$', default: 'lading' })),
    /** Our customer id → id of the partner that is already in Odoo. Goes before everything else. */
    customers: Type.Optional(Type.Record(Type.String(), databaseId)),
    /** Charge code → id of the product that carries the account. Without one, the journal's account is used. */
    products: Type.Optional(Type.Record(Type.String(), databaseId)),
    /** Legal entity → id of its company in Odoo. When given, each document's legal entity must be in it. */
    companies: Type.Optional(Type.Record(Type.String(), databaseId)),
    /** Tax rate as a fraction, such as `0.0825` → id of the sale tax. Without one, a tax of that rate is looked for. */
    taxes: Type.Optional(Type.Record(Type.String(), databaseId)),
    connectSeconds: Type.Optional(seconds),
    /** How long Odoo may think before the answer begins, and pause within it. Locks make it think long: be generous. */
    answerSeconds: Type.Optional(seconds),
    maxAnswerBytes: Type.Optional(Type.Integer({ minimum: 1024 })),
  },
  { additionalProperties: false },
);
export type OdooSettings = Static<typeof OdooSettings>;

export const DEFAULT_MODULE = 'lading';
export const DEFAULT_CONNECT_SECONDS = 10;
export const DEFAULT_ANSWER_SECONDS = 60;
export const DEFAULT_MAX_ANSWER_BYTES = 32 * 1024 * 1024;
