// What this Odoo has that documents are booked with: companies, journals, taxes, incomes, products, currencies.

import { recordBehind } from '../documents/resolve.ts';
import type { Door } from '../doors/door.ts';
import { externalIdsOf } from '../external-id.ts';
import { inTurns } from '../in-turns.ts';
import { DEFAULT_MODULE, type OdooSettings } from '../settings.ts';

export type Company = { readonly id: number; readonly name: string; readonly currency: string };
export type Coded = { readonly id: number; readonly code: string; readonly name: string };
export type Journal = Coded & { readonly type: 'sale' | 'purchase' };
export type Tax = { readonly id: number; readonly name: string; readonly percent: number };

export type User = {
  readonly id: number;
  readonly login: string;
  /** Chosen at the top of the screen, and so what Odoo takes where nothing is said. */
  readonly companyId: number;
  readonly companyIds: readonly number[];
};

export type Survey = {
  readonly user: User;
  /** Those that the user may work in. */
  readonly companies: readonly Company[];
  /** Of the chosen company, as all that follows. */
  readonly journals: readonly Journal[];
  /** On top of the price, in Odoo's own order. */
  readonly saleTaxes: readonly Tax[];
  readonly incomes: readonly Coded[];
  /** Charge code → its product, for those that have one. */
  readonly products: ReadonlyMap<string, Coded>;
  /** Active currencies other than the company's, and whether any rate is known. */
  readonly currencies: readonly { readonly code: string; readonly hasRate: boolean }[];
  readonly roundsOverDocument: boolean;
};

const MOST = 500;

export async function readUser(call: Door): Promise<User> {
  const { uid } = (await call({ model: 'res.users', method: 'context_get' })) as { uid: number };
  const args = { fields: ['login', 'company_id', 'company_ids'] };
  const [user] = (await call({ model: 'res.users', method: 'read', ids: [uid], args })) as [
    { login: string; company_id: [number, string]; company_ids: number[] },
  ];
  return { id: uid, login: user.login, companyId: user.company_id[0], companyIds: user.company_ids };
}

export async function readCompanies(call: Door, { companyIds }: User): Promise<readonly Company[]> {
  const found = await list(call, 'res.company', [['id', 'in', companyIds]], ['name', 'currency_id']);
  return found.map(({ id, name, currency_id }) => ({
    id: id as number,
    name: String(name),
    currency: String((currency_id as [number, string])[1]),
  }));
}

/** `companyId`: the company chosen. `codes`: the charge codes that are billed. */
export async function surveyOdoo(
  call: Door,
  user: User,
  companies: readonly Company[],
  settings: OdooSettings,
  companyId: number,
  codes: readonly string[],
): Promise<Survey> {
  const within: Door = (asked) => call({ ...asked, context: { allowed_company_ids: [companyId], ...asked.context } });
  const own = ['company_id', '=', companyId];
  const journals = await list(
    within,
    'account.journal',
    [own, ['type', 'in', ['sale', 'purchase']]],
    ['code', 'name', 'type'],
  );
  const taxDomain = [own, ['type_tax_use', '=', 'sale'], ['amount_type', '=', 'percent']];
  const taxes = await list(within, 'account.tax', taxDomain, ['name', 'amount', 'price_include']);
  const incomes = await list(within, 'account.account', [['account_type', '=', 'income']], ['code', 'name']);
  const [company] = await list(within, 'res.company', [['id', '=', companyId]], ['tax_calculation_rounding_method']);
  return {
    user,
    companies,
    journals: journals as Journal[],
    saleTaxes: taxes
      .filter(({ price_include }) => price_include !== true)
      .map(({ id, name, amount }) => ({ id: id as number, name: String(name), percent: Number(amount) })),
    incomes: incomes as Coded[],
    products: await findProducts(within, settings, codes),
    currencies: await readCurrencies(within, companies.find(({ id }) => id === companyId)?.currency),
    roundsOverDocument: company?.tax_calculation_rounding_method === 'round_globally',
  };
}

type Found = Readonly<Record<string, unknown>>;

async function list(call: Door, model: string, domain: readonly unknown[], fields: readonly string[]) {
  const args = { domain, fields, order: 'id asc', limit: MOST };
  return (await call({ model, method: 'search_read', args })) as Found[];
}

// The one that we made goes before one that merely has the code for its reference, which nothing keeps unique.
async function findProducts(call: Door, settings: OdooSettings, codes: readonly string[]) {
  const products = new Map<string, Coded>();
  const referenced = await list(call, 'product.product', [['default_code', 'in', codes]], ['default_code', 'name']);
  for (const { id, default_code: code, name } of referenced.toReversed()) {
    products.set(String(code), { id: id as number, code: String(code), name: String(name) });
  }
  const ids = externalIdsOf(settings.module ?? DEFAULT_MODULE);
  await inTurns(codes, async (code) => {
    const id = await recordBehind(call, ids.product(code));
    const [own] = id === undefined ? [] : await list(call, 'product.product', [['id', '=', id]], ['name']);
    if (own !== undefined) products.set(code, { id: own.id as number, code, name: String(own.name) });
  });
  return products;
}

async function readCurrencies(call: Door, domestic: string | undefined) {
  const active = await list(call, 'res.currency', [['active', '=', true]], ['name', 'rate_ids']);
  return active
    .map(({ name, rate_ids }) => ({ code: String(name), hasRate: (rate_ids as unknown[]).length > 0 }))
    .filter(({ code }) => code !== domestic);
}
