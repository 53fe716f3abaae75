// A company made in a real Odoo for one run: a chart of accounts, journals, taxes that round as ours do, currencies with rates.
//
// This is an administrator's work, and it stays there: a company that has posted entries cannot be deleted. A database for
// trying, never anyone's books.
import type { Door } from '../../../connectors/odoo/doors/door.ts';
import type { LegalEntity } from '../../../model/setup/entity.ts';

export type Accountant = {
  readonly call: Door;
  readonly major: number;
};

const CHART = 'generic_coa';
const FIRST_RATE = '2000-01-01';
const FIRST_WITH_SHARED_ACCOUNTS = 18;

type Values = Readonly<Record<string, unknown>>;

/** Resolves with the new company's database id. Throws `OdooError`. */
export async function makeCompany(accountant: Accountant, name: string, currency: string): Promise<number> {
  const currencyId = await activated(accountant, currency);
  const country = await firstId(accountant, 'res.country', [['code', '=', 'US']]);
  const company = await made(accountant, 'res.company', { name, currency_id: currencyId, country_id: country });
  const args = { template_code: CHART, company, install_demo: false };
  await accountant.call({ model: 'account.chart.template', method: 'try_loading', ids: [], args });
  // The chart brings a currency and a way of rounding of its own.
  const vals = { currency_id: currencyId, tax_calculation_rounding_method: 'round_per_line' };
  await accountant.call({ model: 'res.company', method: 'write', ids: [company], args: { vals } });
  return company;
}

/** Lets the company book in these currencies, one to one with its own. */
export async function allowCurrencies(
  accountant: Accountant,
  company: number,
  currencies: Iterable<string>,
): Promise<void> {
  for (const code of currencies) {
    const currency_id = await activated(accountant, code);
    const domain = [
      ['currency_id', '=', currency_id],
      ['company_id', '=', company],
    ];
    if ((await firstId(accountant, 'res.currency.rate', domain)) !== undefined) continue;
    await made(accountant, 'res.currency.rate', { name: FIRST_RATE, rate: 1, currency_id, company_id: company });
  }
}

async function activated(accountant: Accountant, code: string): Promise<number> {
  const context = { active_test: false };
  const id = await firstId(accountant, 'res.currency', [['name', '=', code]], context);
  if (id === undefined) return made(accountant, 'res.currency', { name: code, symbol: code, active: true });
  await accountant.call({ model: 'res.currency', method: 'write', ids: [id], args: { vals: { active: true } } });
  return id;
}

/** Makes a sale tax for each of these rates (fractions, such as `"0.0825"`) that the company has none of; zero needs none. */
export async function makeSaleTaxes(accountant: Accountant, company: number, rates: Iterable<string>): Promise<void> {
  for (const rate of new Set(rates)) {
    const amount = Number((Number(rate) * 100).toFixed(6));
    const domain = [
      ['type_tax_use', '=', 'sale'],
      ['amount_type', '=', 'percent'],
      ['price_include', '=', false],
      ['amount', '=', amount],
      ['company_id', '=', company],
    ];
    if (amount === 0 || (await firstId(accountant, 'account.tax', domain)) !== undefined) continue;
    const values = {
      name: `Lading ${amount}%`,
      amount,
      type_tax_use: 'sale',
      amount_type: 'percent',
      company_id: company,
    };
    await made(accountant, 'account.tax', values, within(company));
  }
}

/** Journals and accounts of the codes that an entity's setup names. */
export async function makeBooks(accountant: Accountant, company: number, { erp = {} }: LegalEntity): Promise<void> {
  const { journals = {}, accounts = {} } = erp;
  for (const [type, code] of [
    ['sale', journals.sales],
    ['purchase', journals.purchase],
  ] as const) {
    if (code === undefined) continue;
    const domain = [
      ['code', '=', code],
      ['company_id', '=', company],
    ];
    if ((await firstId(accountant, 'account.journal', domain)) !== undefined) continue;
    await made(accountant, 'account.journal', { name: code, type, code, company_id: company }, within(company));
  }
  for (const [type, side] of [
    ['income', accounts.sell],
    ['expense', accounts.buy],
  ] as const) {
    for (const code of new Set(Object.values(side ?? {}))) await makeAccount(accountant, company, code, type);
  }
}

async function makeAccount(accountant: Accountant, company: number, code: string, type: string): Promise<void> {
  if ((await firstId(accountant, 'account.account', [['code', '=', code]], within(company))) !== undefined) return;
  const owner =
    accountant.major < FIRST_WITH_SHARED_ACCOUNTS ? { company_id: company } : { company_ids: [[6, 0, [company]]] };
  await made(accountant, 'account.account', { name: code, code, account_type: type, ...owner }, within(company));
}

const within = (company: number): Values => ({ allowed_company_ids: [company] });

async function made({ call }: Accountant, model: string, values: Values, context?: Values): Promise<number> {
  const answer = await call({ model, method: 'create', args: { vals_list: [values] }, context });
  return (Array.isArray(answer) ? answer[0] : answer) as number;
}

async function firstId(
  { call }: Accountant,
  model: string,
  domain: readonly unknown[],
  context?: Values,
): Promise<number | undefined> {
  const args = { domain, fields: ['id'], order: 'id asc', limit: 1 };
  const [found] = (await call({ model, method: 'search_read', args, context })) as { id: number }[];
  return found?.id;
}
