// The company, journal and accounts that the setup names for a document, as Odoo holds them.
//
// Names and codes are an accountant's own, so they are looked up before anything is sent: what is not there is refused by name, and
// nothing is booked on a default that nobody chose.
import type { Refusal, WantedDocument } from '../../contract.ts';
import type { Door } from '../doors/door.ts';
import type { OdooSettings } from '../settings.ts';

type NamedCompany = { readonly id: number; readonly name: string };
type Coded = { readonly id: number; readonly code: string };

/** By company (`undefined`: the API user's own), the journals and accounts of the codes that were asked for. */
export type Charts = ReadonlyMap<
  number | undefined,
  { readonly journals: readonly Coded[]; readonly accounts: readonly Coded[] }
>;

const MOST_CODES = 1_000;

/**
 * The company that the settings name for a legal entity, else that of the setup, by database id or name, else the one
 * for all; where the settings map legal entities, one that they leave out has none. `undefined`: nobody names one; a text:
 * the one that was named and is not there.
 */
export function companyFor(
  { legalEntity, books }: WantedDocument,
  companies: readonly NamedCompany[],
  settings: OdooSettings,
): number | string | undefined {
  const set = legalEntity === undefined ? undefined : settings.companies?.[legalEntity];
  if (set !== undefined) return set;
  if (books?.company === undefined)
    return legalEntity !== undefined && settings.companies ? undefined : settings.company;
  const named = companies.find(({ id, name }) => String(id) === books.company || name === books.company);
  return named?.id ?? books.company;
}

/** None are asked for where no document names any. */
export async function readCharts(
  call: Door,
  documents: readonly WantedDocument[],
  companyOf: (document: WantedDocument) => number | string | undefined,
): Promise<Charts> {
  const naming = documents.filter(({ books, lines }) => books?.journal ?? lines.some(({ account }) => account));
  const charts = new Map<number | undefined, { journals: readonly Coded[]; accounts: readonly Coded[] }>();
  for (const [companyId, own] of Map.groupBy(naming, companyOf)) {
    if (typeof companyId === 'string') continue;
    const journals = await codedIn(
      call,
      'account.journal',
      companyId,
      own.flatMap(({ books }) => books?.journal ?? []),
    );
    const accounts = await codedIn(
      call,
      'account.account',
      companyId,
      own.flatMap(({ lines }) => lines.flatMap(({ account }) => account ?? [])),
    );
    charts.set(companyId, { journals, accounts });
  }
  return charts;
}

// An account's code is each company's own from version 18 on: it is asked for as that company sees it.
async function codedIn(
  call: Door,
  model: string,
  companyId: number | undefined,
  codes: readonly string[],
): Promise<Coded[]> {
  if (codes.length === 0) return [];
  const args = { domain: [['code', 'in', [...new Set(codes)]]], fields: ['code'], order: 'id asc', limit: MOST_CODES };
  const context = companyId === undefined ? undefined : { allowed_company_ids: [companyId] };
  return (await call({ model, method: 'search_read', args, context })) as Coded[];
}

/** Database ids; accounts by their code. */
export type Mapped = { readonly journalId?: number; readonly accountIds?: ReadonlyMap<string, number> };

/** Where the document's lines go, or what is missing. A document with an account on any line has one on each. */
export function mappedTo(document: WantedDocument, charts: Charts, companyId: number | undefined): Mapped | Refusal {
  const { number, books, lines } = document;
  const chart = charts.get(companyId);
  const journal = books?.journal;
  const journalId = chart?.journals.find(({ code }) => code === journal)?.id;
  if (journal !== undefined && journalId === undefined) return missing(`Odoo has no journal ${journal} for ${number}`);
  if (lines.every(({ account }) => account === undefined)) return { journalId };
  const accountIds = new Map<string, number>();
  for (const { account, code } of lines) {
    if (account === undefined) return missing(`No account is named for ${code} on ${number}; name one, or one for *`);
    const id = chart?.accounts.find((known) => known.code === account)?.id;
    if (id === undefined) return missing(`Odoo has no account ${account}, which ${code} on ${number} goes to`);
    accountIds.set(account, id);
  }
  return { journalId, accountIds };
}

function missing(what: string): Refusal {
  return { kind: 'mapping-unknown', scope: 'document', sentence: `${what} (entities.json)` };
}
