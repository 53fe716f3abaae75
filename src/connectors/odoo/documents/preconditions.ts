// What Odoo would accept in silence and book wrongly, so we look before we send: a currency without a rate on the day
// is posted one to one, and a day in a closed period is moved to the first open one.
import { decimal, formatDecimal } from '../../../model/decimal.ts';
import { isPurchase, type Refusal, type WantedDocument } from '../../contract.ts';
import { type Journal, journalFor, readJournals } from '../books/journals.ts';
import { type Charts, companyFor, type Mapped, mappedTo, readCharts } from '../books/mapping.ts';
import {
  type NamedTaxes,
  readNamedTaxes,
  readSaleTaxes,
  type SaleTax,
  type TaxIds,
  taxIdsFor,
  unfitTax,
} from '../books/taxes.ts';
import type { Door } from '../doors/door.ts';
import type { OdooVersion } from '../doors/versions.ts';
import { inTurns } from '../in-turns.ts';
import { type Bookkeeping, bookkeepingFor, type OdooSettings } from '../settings.ts';

type Company = {
  readonly id: number;
  readonly name: string;
  readonly currencyId: number;
  /** The head of its group of branches, whose rates hold for all of them. */
  readonly rootId: number;
  /** By its own lock dates and those of the companies above it. */
  readonly closedUntil?: string;
};
type Currency = { readonly id: number; readonly active: boolean };

/** The state of the books that bears on a set of documents. */
export type Books = {
  readonly companies: readonly Company[];
  readonly currencies: ReadonlyMap<string, Currency>;
  /** `YYYY-MM-DD` of the earliest rate of a currency for a root company; `undefined` when there is none. */
  readonly ratedSince: (currencyId: number, rootId: number) => string | undefined;
  readonly saleTaxes: readonly SaleTax[];
  readonly namedTaxes: NamedTaxes;
  readonly journals: readonly Journal[];
  readonly charts: Charts;
};

const MOST_COMPANIES = 200;

export async function readBooks(
  call: Door,
  version: OdooVersion,
  settings: OdooSettings,
  documents: readonly WantedDocument[],
): Promise<Books> {
  const companies = await readCompanies(call, version);
  const codes = [...new Set(documents.map(({ currency }) => currency))];
  const records = await call({
    model: 'res.currency',
    method: 'search_read',
    args: { domain: [['name', 'in', codes]], fields: ['name', 'active'] },
    context: { active_test: false },
  });
  const currencies = new Map((records as (Currency & { name: string })[]).map((record) => [record.name, record]));
  const foreign = documents.flatMap((document) => {
    const id = currencies.get(document.currency)?.id;
    const candidates = companiesFor(document, companies, settings).filter(({ currencyId }) => currencyId !== id);
    return id === undefined ? [] : candidates.map(({ rootId }) => pairOf(id, rootId));
  });
  const since = new Map<string, string | undefined>();
  await inTurns([...new Set(foreign)], async (pair) => void since.set(pair, await earliestRate(call, pair)));
  const saleTaxes = await readSaleTaxes(call, documents);
  const taxesOf = ({ legalEntity }: WantedDocument) => bookkeepingFor(settings, legalEntity).taxes;
  const namedTaxes = await readNamedTaxes(call, documents, taxesOf);
  const journals = await readJournals(call);
  const charts = await readCharts(call, documents, (document) => companyFor(document, companies, settings));
  const ratedSince: Books['ratedSince'] = (currencyId, rootId) => since.get(pairOf(currencyId, rootId));
  return { companies, currencies, ratedSince, saleTaxes, namedTaxes, journals, charts };
}

type CompanyRecord = Record<string, unknown> & {
  id: number;
  name: string;
  currency_id: [number, string];
  root_id: [number, string];
  parent_ids: readonly number[];
};

async function readCompanies(call: Door, { lockDateFields }: OdooVersion): Promise<readonly Company[]> {
  const fields = ['name', 'currency_id', 'root_id', 'parent_ids', ...lockDateFields];
  const args = { domain: [], fields, limit: MOST_COMPANIES };
  const records = (await call({ model: 'res.company', method: 'search_read', args })) as CompanyRecord[];
  const locksOf = (id: number) => {
    const record = records.find((other) => other.id === id);
    return lockDateFields.map((field) => record?.[field]).filter((date) => typeof date === 'string');
  };
  return records.map(({ id, name, currency_id, root_id, parent_ids }) => ({
    id,
    name,
    currencyId: currency_id[0],
    rootId: root_id[0],
    closedUntil: [id, ...parent_ids].flatMap(locksOf).sort().at(-1),
  }));
}

const pairOf = (currencyId: number, rootId: number) => `${currencyId}/${rootId}`;

async function earliestRate(call: Door, pair: string): Promise<string | undefined> {
  const [currencyId, rootId] = pair.split('/').map(Number);
  const domain = [
    ['currency_id', '=', currencyId],
    ['company_id', 'in', [rootId, false]],
  ];
  const args = { domain, fields: ['name'], order: 'name asc', limit: 1 };
  const [rate] = (await call({ model: 'res.currency.rate', method: 'search_read', args })) as { name: string }[];
  return rate?.name;
}

// The user's own company is not told; where several could be it, what we check must hold in each.
function companiesFor(document: WantedDocument, companies: readonly Company[], settings: OdooSettings) {
  const companyId = companyFor(document, companies, settings);
  return companyId === undefined ? companies : companies.filter(({ id }) => id === companyId);
}

export type Place = Omit<Mapped, 'journalId'> & {
  readonly currencyId: number;
  /** Is it the currency of the company's books? Of several companies that it may be, of each. */
  readonly isOwnCurrency: boolean;
  readonly companyId?: number;
  readonly taxIds: TaxIds;
  /** Missing where Odoo may choose. */
  readonly journal?: Pick<Journal, 'id' | 'accountId'>;
  readonly bookkeeping: Bookkeeping;
};

/** Where a document is to be booked, or why it cannot be. */
export function placeFor(document: WantedDocument, books: Books, settings: OdooSettings): Place | Refusal {
  const { number, currency: code, issuedOn, legalEntity } = document;
  const companyId = companyFor(document, books.companies, settings);
  if (typeof companyId === 'string') {
    return refuse('legal-entity-unknown', `Odoo shows no company ${companyId} for ${number} (entities.json)`);
  }
  if (legalEntity !== undefined && settings.companies !== undefined && companyId === undefined) {
    return refuse('legal-entity-unknown', `The settings name no Odoo company for the legal entity ${legalEntity}`);
  }
  const companies = companiesFor(document, books.companies, settings);
  if (companies.length === 0) {
    return refuse('legal-entity-unknown', `The API user may not see company ${companyId} in Odoo; allow it there`);
  }
  const currency = books.currencies.get(code);
  if (currency === undefined || !currency.active) {
    return refuse('currency-unusable', `${code} is not active in Odoo; activate it there, with a rate`);
  }
  for (const { currencyId, rootId } of companies) {
    const since = books.ratedSince(currency.id, rootId);
    if (currencyId === currency.id || (since !== undefined && since <= issuedOn)) continue;
    const lack = since === undefined ? 'has no rate in Odoo' : `has no rate in Odoo before ${since}`;
    const sentence = `${code} ${lack}, which would book ${number} of ${issuedOn} one to one; enter a rate`;
    return refuse('currency-unusable', sentence);
  }
  const closedUntil = companies.length === 1 ? companies[0]?.closedUntil : undefined;
  // A bill of a closed period is booked in the open one, as bills are.
  const mayMove = isPurchase(document.kind) || settings.closedPeriod === 'next-open-day';
  if (!mayMove && closedUntil !== undefined && issuedOn <= closedUntil) {
    const sentence = `${number} is of ${issuedOn}, but the books in Odoo are closed until ${closedUntil}`;
    return refuse('period-closed', sentence);
  }
  const bookkeeping = bookkeepingFor(settings, legalEntity);
  const unfit = unfitTax(document, bookkeeping.taxes, books.namedTaxes);
  if (unfit !== undefined) return refuse('tax-missing', unfit);
  const taxIds = taxIdsFor(document, books.saleTaxes, bookkeeping.taxes, companyId);
  if ('missingRate' in taxIds) return refuse('tax-missing', sentenceForTax(taxIds.missingRate));
  const mapped = mappedTo(document, books.charts, companyId);
  if ('kind' in mapped) return mapped;
  const journal = journalIn(companies, document, currency.id, books, mapped);
  const isOwnCurrency = companies.every(({ currencyId }) => currencyId === currency.id);
  const { accountIds } = mapped;
  return { currencyId: currency.id, isOwnCurrency, companyId, taxIds, journal, bookkeeping, accountIds };
}

function journalIn(
  [company, ...others]: readonly Company[],
  { kind }: WantedDocument,
  currencyId: number,
  { journals }: Books,
  { journalId }: Mapped,
): Pick<Journal, 'id' | 'accountId'> | undefined {
  if (journalId !== undefined) return journals.find(({ id }) => id === journalId) ?? { id: journalId };
  // Of several companies it is the user's own, which is not told.
  if (company === undefined || others.length > 0) return undefined;
  return journalFor({ kind, companyId: company.id, currencyId }, journals);
}

function sentenceForTax(rate: string): string {
  const percent = formatDecimal(decimal(rate).times(100));
  return `Odoo has no sale tax of ${percent} % on top of the price; create it there, or name one in the settings`;
}

function refuse(kind: Refusal['kind'], sentence: string): Refusal {
  return { kind, scope: 'document', sentence };
}
