// A whole look at an Odoo: may we come in, what may we do there, what is it that documents would be booked with, and what
// is missing? Changes nothing. `lading connect odoo` begins with it, and `lading doctor` repeats it.
import type { ConnectorDeps } from '../../contract.ts';
import { classifyRead } from '../doors/classify.ts';
import type { Connection } from '../doors/connection.ts';
import type { Door } from '../doors/door.ts';
import type { OdooVersion } from '../doors/versions.ts';
import type { OdooSettings } from '../settings.ts';
import { verdictOn } from '../together.ts';
import { endingKeys } from './ending-keys.ts';
import { type Finding, isWanting } from './finding.ts';
import { type PaymentJournal, unfitPaymentJournals } from './payment-journals.ts';
import { lackingRights } from './rights.ts';
import { type Company, readCompanies, readUser, type Survey, surveyOdoo, type User } from './survey.ts';
import { tryOdoo } from './trial.ts';

export type Look = {
  readonly findings: readonly Finding[];
  readonly version?: OdooVersion;
  readonly login?: string;
  /** Missing as long as we may not come in, or no company is chosen. */
  readonly surveyed?: { readonly survey: Survey; readonly companyId: number };
};

/** What documents will need there. */
export type Needs = {
  /** The charge codes that are billed. */
  readonly codes?: readonly string[];
  readonly paymentJournals?: readonly PaymentJournal[];
};

/** Rejects only for bugs: what cannot be asked is a finding too. */
export async function lookAtOdoo(settings: OdooSettings, deps: ConnectorDeps, needs: Needs): Promise<Look> {
  const trial = await tryOdoo(settings, deps);
  if (!trial.ok) return { findings: trial.findings };
  const { connection, version } = trial;
  try {
    const inside = await lookInside(connection, version, settings, deps, needs);
    return { ...inside, version, findings: [...trial.findings, ...inside.findings] };
  } catch (error) {
    const verdict = verdictOn(error, classifyRead);
    const what = 'sentence' in verdict ? verdict.sentence : verdict.reason;
    const trouble: Finding = { check: 'login', state: 'missing', what, where: settings.url, mend: 'try again' };
    return { findings: [...trial.findings, trouble], version };
  } finally {
    await connection.close();
  }
}

async function lookInside(
  { call }: Connection,
  version: OdooVersion,
  settings: OdooSettings,
  deps: ConnectorDeps,
  { codes = [], paymentJournals = [] }: Needs,
): Promise<Look> {
  const user = await readUser(call);
  const findings = [
    ...(await lackingRights(call, user.login, settings)),
    ...(await endingKeys(call, version, settings, deps.now())),
  ];
  if (findings.some(({ check, state }) => check === 'rights' && state === 'missing'))
    return { findings, login: user.login };
  const companies = await readCompanies(call, user);
  const chosen = companyFrom(companies, user, settings);
  findings.push(chosen.finding);
  if (chosen.id === undefined) return { findings, login: user.login };
  const survey = await surveyOdoo(call, user, companies, settings, chosen.id, codes);
  const place = { settings, companies, companyId: chosen.id };
  findings.push(
    ...aboutBooks(survey, settings, codes),
    ...(await unfitPaymentJournals(call, version, paymentJournals, place)),
    ...(await lostMappings(call, settings)),
  );
  return { findings, login: user.login, surveyed: { survey, companyId: chosen.id } };
}

// Where only one company can be meant it is taken; among several, choosing is a person's business.
function companyFrom(companies: readonly Company[], user: User, settings: OdooSettings) {
  const { company: wanted, companies: byEntity } = settings;
  const known = companies.map(({ id, name }) => `${id} ${name}`).join(', ');
  const only = companies.length === 1 ? companies[0]?.id : undefined;
  const mapped = byEntity === undefined ? undefined : Object.values(byEntity)[0];
  const chosen = companies.find(({ id }) => id === (wanted ?? only ?? mapped));
  if (chosen !== undefined) {
    const what = `company ${chosen.id} ${chosen.name}, ${chosen.currency}`;
    return { id: chosen.id, finding: { check: 'company', state: 'ok', what, where: user.login } as Finding };
  }
  const what =
    wanted === undefined ? 'several companies are there, and none is chosen' : `it may not see company ${wanted}`;
  const mend = `choose one by --company: ${known}`;
  return { id: undefined, finding: { check: 'company', state: 'missing', what, where: user.login, mend } as Finding };
}

function aboutBooks(survey: Survey, settings: OdooSettings, codes: readonly string[]): Finding[] {
  const { journals, products, currencies, roundsOverDocument } = survey;
  const where = settings.database;
  const findings: Finding[] = [];
  const note = (state: Finding['state'], what: string, mend: string, check: Finding['check'] = 'books') =>
    findings.push({ check, state, what, where, mend });
  for (const [type, says] of [
    ['sale', 'sales'],
    ['purchase', 'purchase'],
  ] as const) {
    if (journals.some((journal) => journal.type === type)) continue;
    const state = type === 'sale' ? 'missing' : 'advice';
    note(state, `there is no ${says} journal`, 'choose a chart of accounts in Invoicing, Settings');
  }
  const without = codes.filter((code) => !products.has(code));
  if (without.length > 0) {
    const what = `no product for ${without.join(', ')}: lines of these go to the journal's account`;
    note('advice', what, 'make them by `lading connect odoo --create`, or go without', 'mapping');
  }
  const unrated = currencies.filter(({ hasRate }) => !hasRate).map(({ code }) => code);
  if (unrated.length > 0) note('advice', `no rate for ${unrated.join(', ')}`, 'enter one before you bill in it');
  if (roundsOverDocument) {
    const mend = 'before billing with tax, set Rounding Method to "Round per Line" in its Invoicing settings';
    note('advice', 'tax is rounded over the whole document', mend);
  }
  return findings;
}

// What the mapping names and Odoo no longer has, or has archived.
async function lostMappings(call: Door, settings: OdooSettings): Promise<Finding[]> {
  const kinds = [
    ['products', 'product.product', settings.products],
    ['taxes', 'account.tax', settings.taxes],
    ['customers', 'res.partner', settings.customers],
    ['companies', 'res.company', settings.companies],
  ] as const;
  const findings: Finding[] = [];
  for (const [entry, model, mapped = {}] of kinds) {
    const ids = [...new Set(Object.values(mapped))];
    if (ids.length === 0) continue;
    const args = { domain: [['id', 'in', ids]], fields: ['id'], limit: ids.length };
    const found = (await call({ model, method: 'search_read', args })) as { id: number }[];
    const known = new Set(found.map(({ id }) => id));
    for (const [name, id] of Object.entries(mapped)) {
      if (known.has(id)) continue;
      const mend = 'correct it in the mapping file, or take it out and run `lading connect odoo` again';
      const what = `Odoo has no ${model} ${id} (any more)`;
      findings.push({ check: 'mapping', state: 'missing', what, where: `${entry}.${name}`, mend });
    }
  }
  return findings;
}

export const isReady = ({ findings }: Look): boolean => !findings.some(isWanting);
