// What Odoo would accept in silence and book wrongly, so we look before we send: a currency without a rate is
// posted one to one, and a day in a closed period is moved to the first open one.
import { decimal, formatDecimal } from '../../model/decimal.ts';
import type { Refusal, WantedDocument } from '../contract.ts';
import type { Door } from './door.ts';
import type { OdooSettings } from './settings.ts';
import { readSaleTaxes, type SaleTax, type TaxIds, taxIdsFor } from './taxes.ts';
import type { OdooVersion } from './versions.ts';

type Company = { readonly id: number; readonly currencyId: number; readonly closedUntil?: string };
type Currency = { readonly id: number; readonly active: boolean; readonly hasRate: boolean };

/** The state of the books that bears on a set of documents. */
export type Books = {
  readonly companies: readonly Company[];
  readonly currencies: ReadonlyMap<string, Currency>;
  readonly saleTaxes: readonly SaleTax[];
};

const MOST_COMPANIES = 200;

export async function readBooks(
  call: Door,
  version: OdooVersion,
  documents: readonly WantedDocument[],
): Promise<Books> {
  const companies = await call({
    model: 'res.company',
    method: 'search_read',
    args: { domain: [], fields: ['currency_id', ...version.lockDateFields], limit: MOST_COMPANIES },
  });
  const codes = [...new Set(documents.map(({ currency }) => currency))];
  const currencies = await call({
    model: 'res.currency',
    method: 'search_read',
    args: { domain: [['name', 'in', codes]], fields: ['name', 'active', 'rate_ids'] },
    context: { active_test: false },
  });
  return {
    companies: (companies as Record<string, unknown>[]).map((record) => companyFrom(record, version)),
    currencies: new Map((currencies as CurrencyRecord[]).map((record) => [record.name, currencyFrom(record)])),
    saleTaxes: await readSaleTaxes(call, documents),
  };
}

function companyFrom(record: Record<string, unknown>, { lockDateFields }: OdooVersion): Company {
  const [currencyId] = record.currency_id as [number, string];
  const locks = lockDateFields.map((field) => record[field]).filter((date) => typeof date === 'string');
  return { id: record.id as number, currencyId, closedUntil: locks.sort().at(-1) };
}

type CurrencyRecord = { id: number; name: string; active: boolean; rate_ids: readonly number[] };

function currencyFrom({ id, active, rate_ids }: CurrencyRecord): Currency {
  return { id, active, hasRate: rate_ids.length > 0 };
}

export type Place = { readonly currencyId: number; readonly companyId?: number; readonly taxIds: TaxIds };

/** Where a document is to be booked, or why it cannot be. */
export function placeFor(document: WantedDocument, books: Books, settings: OdooSettings): Place | Refusal {
  const { number, currency: code, issuedOn, legalEntity } = document;
  const companyId = legalEntity === undefined ? undefined : settings.companies?.[legalEntity];
  if (legalEntity !== undefined && settings.companies !== undefined && companyId === undefined) {
    return refuse('legal-entity-unknown', `The settings name no Odoo company for the legal entity ${legalEntity}`);
  }
  // The user's own company is not told; where several could be it, what we check must hold in each.
  const companies = companyId === undefined ? books.companies : books.companies.filter(({ id }) => id === companyId);
  const currency = books.currencies.get(code);
  if (currency === undefined || !currency.active) {
    return refuse('currency-unusable', `${code} is not active in Odoo; activate it there, with a rate`);
  }
  const isOwn = companies.length > 0 && companies.every(({ currencyId }) => currencyId === currency.id);
  if (!isOwn && !currency.hasRate) {
    return refuse('currency-unusable', `${code} has no rate in Odoo, which would book it one to one; enter a rate`);
  }
  const closedUntil = companies.length === 1 ? companies[0]?.closedUntil : undefined;
  if (closedUntil !== undefined && issuedOn <= closedUntil) {
    return refuse(
      'period-closed',
      `${number} is of ${issuedOn}, but the books in Odoo are closed until ${closedUntil}`,
    );
  }
  const taxIds = taxIdsFor(document, books.saleTaxes, settings.taxes, companyId);
  if ('missingRate' in taxIds) return refuse('tax-missing', sentenceForTax(taxIds.missingRate));
  return { currencyId: currency.id, companyId, taxIds };
}

function sentenceForTax(rate: string): string {
  const percent = formatDecimal(decimal(rate).times(100));
  return `Odoo has no sale tax of ${percent} % on top of the price; create it there, or name one in the settings`;
}

function refuse(kind: Refusal['kind'], sentence: string): Refusal {
  return { kind, scope: 'document', sentence };
}
