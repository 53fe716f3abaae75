// What an operator types in to reach an Odoo.
import { type Static, Type } from 'typebox';

const databaseId = Type.Integer({ minimum: 1 });
const seconds = Type.Number({ minimum: 1, maximum: 600 });

const byName = Type.Record(Type.String(), databaseId);

/** How documents are booked: for all of them, and otherwise for one legal entity. */
const bookkeeping = {
  /** Charge code → id of the product, which brings its account where the setup (`entities.json`) names none. */
  products: Type.Optional(byName),
  /** Charge code → analytic account's id → percent. */
  analytic: Type.Optional(
    Type.Record(Type.String(), Type.Record(Type.String({ pattern: '^[1-9][0-9,]*$' }), Type.Number())),
  ),
  /** Tax rate as a fraction, such as `0.0825` → id of the sale tax. Without one, a tax of that rate is looked for. */
  taxes: Type.Optional(byName),
  /** Days → id of the payment term. Without one, the due date itself is given. */
  paymentTerms: Type.Optional(byName),
};

export const OdooSettings = Type.Object(
  {
    ...bookkeeping,
    /** Legal entity → what is booked otherwise for it. */
    entities: Type.Optional(Type.Record(Type.String(), Type.Object(bookkeeping, { additionalProperties: false }))),
    /** Where Odoo answers, such as `https://erp.example.com`; a path before `/jsonrpc` and `/json/2` may follow. */
    url: Type.String({ pattern: '^https?://' }),
    database: Type.String({ minLength: 1 }),
    /** Login of the API user. Odoo 19 knows the user by the key; 17 and 18 need it. */
    user: Type.Optional(Type.String({ minLength: 1 })),
    /** API key, made by a person in Odoo (Preferences, Account Security). Odoo 19 refuses a password here. */
    key: Type.String({ minLength: 1 }),
    /**
     * A file of `lading connect odoo`, which keeps there the key that it made. That key counts in place of `key` once it
     * replaced it, also while the hub is running.
     */
    keyFile: Type.Optional(Type.String({ minLength: 1 })),
    /** The company in Odoo, by id, of documents whose legal entity is in no mapping. */
    company: Type.Optional(databaseId),
    /** First part of our external ids. Two hubs that share one database must differ here. */
    module: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]{0,30}$', default: 'lading' })),
    /** Our customer id → id of the partner that is already in Odoo. Goes before everything else. */
    customers: Type.Optional(Type.Record(Type.String(), databaseId)),
    /** Legal entity → id of its company in Odoo. When given, each document's legal entity must be in it. */
    companies: Type.Optional(Type.Record(Type.String(), databaseId)),
    /**
     * A document of a day in closed books: `refuse` (none given), or booked by Odoo on its next open day, its own date
     * beside that.
     */
    closedPeriod: Type.Optional(Type.Union([Type.Literal('refuse'), Type.Literal('next-open-day')])),
    /**
     * Landed costs of carriers' bills, where Odoo has the app: made and left as drafts (none given), validated, or left to people,
     * for whom the bill's lines are marked.
     */
    landedCosts: Type.Optional(Type.Union([Type.Literal('draft'), Type.Literal('validate'), Type.Literal('leave')])),
    /** `false`: the companion module is not used, even where it is installed. */
    companion: Type.Optional(Type.Boolean()),
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

type Mapping = Pick<OdooSettings, keyof typeof bookkeeping>;
export type Bookkeeping = { readonly [Key in keyof Mapping]-?: NonNullable<Mapping[Key]> };

/** How documents of this legal entity are booked: what is said for it goes before what is said for all. */
export function bookkeepingFor(settings: OdooSettings, legalEntity?: string): Bookkeeping {
  const own = legalEntity === undefined ? {} : (settings.entities?.[legalEntity] ?? {});
  const merged = Object.keys(bookkeeping).map((key) => {
    const name = key as keyof Mapping;
    return [name, { ...settings[name], ...own[name] }] as const;
  });
  return Object.fromEntries(merged) as Bookkeeping;
}
