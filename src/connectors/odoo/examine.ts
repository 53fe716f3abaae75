// Is this the right Odoo, and may we do there what we must? Asked before the first invoice, so that what is missing is
// told in one list and not document by document.
import type { ConnectorDeps } from '../contract.ts';
import { classifyRead } from './classify.ts';
import { type Connection, openConnection } from './connection.ts';
import type { OdooSettings } from './settings.ts';
import { verdictOn } from './together.ts';

/** `ok`: everything needed is there. `says` is for the operator: what was found, or what lacks and how to mend it. */
export type Examination = { readonly ok: boolean; readonly says: string };

const BILLING = 'give its user the group Invoicing (Billing)';
const CONTACTS = 'give its user the group Contact Creation';

// What `check_access_rights` is asked: the rights that our calls need.
const NEEDED: readonly {
  readonly model: string;
  readonly operation: 'read' | 'create' | 'write';
  readonly mend: string;
}[] = [
  { model: 'account.move', operation: 'create', mend: BILLING },
  { model: 'account.move', operation: 'write', mend: BILLING },
  { model: 'account.move.line', operation: 'create', mend: BILLING },
  { model: 'account.journal', operation: 'read', mend: BILLING },
  { model: 'res.partner', operation: 'create', mend: CONTACTS },
  { model: 'ir.attachment', operation: 'create', mend: 'make it an internal user' },
  { model: 'res.company', operation: 'read', mend: 'make it an internal user' },
  { model: 'res.currency.rate', operation: 'read', mend: 'make it an internal user' },
];

const SOON_MS = 14 * 24 * 60 * 60 * 1000;

/** Changes nothing in Odoo. Never rejects: what cannot be reached or read is a finding too. */
export async function examineOdoo(settings: OdooSettings, deps: ConnectorDeps): Promise<Examination> {
  const connection = openConnection(settings, deps);
  try {
    const { major } = await connection.version();
    const { login, companyId } = await userOf(connection);
    const where = `Odoo ${major}, database ${settings.database}, user ${login}`;
    const lacks = [
      ...(await lackingRights(connection)),
      ...(await lackingJournal(connection)),
      ...(await endingKeys(connection, deps.now())),
    ];
    if (lacks.length === 0) return { ok: true, says: where + (await adviceOnTax(connection, companyId)) };
    return { ok: false, says: `${where}: ${lacks.join('; ')}` };
  } catch (error) {
    const verdict = verdictOn(error, classifyRead);
    return { ok: false, says: `${settings.url}: ${'sentence' in verdict ? verdict.sentence : verdict.reason}` };
  } finally {
    await connection.close();
  }
}

async function userOf({ call }: Connection): Promise<{ readonly login: string; readonly companyId: number }> {
  const { uid } = (await call({ model: 'res.users', method: 'context_get' })) as { uid: number };
  const fields = ['login', 'company_id'];
  const users = await call({ model: 'res.users', method: 'read', ids: [uid], args: { fields } });
  const [{ login, company_id }] = users as [{ login: string; company_id: [number, string] }];
  return { login, companyId: company_id[0] };
}

// We round tax on each line. Companies made in 19 round it over the whole document, and may come to a cent less or more;
// then the document is refused. Whoever bills without tax need not care.
async function adviceOnTax({ call }: Connection, companyId: number): Promise<string> {
  const fields = ['tax_calculation_rounding_method'];
  const companies = await call({ model: 'res.company', method: 'read', ids: [companyId], args: { fields } });
  const [company] = companies as { tax_calculation_rounding_method: unknown }[];
  if (company?.tax_calculation_rounding_method !== 'round_globally') return '';
  return '; before billing with tax, set Rounding Method to "Round per Line" in its Invoicing settings';
}

async function lackingRights({ call }: Connection): Promise<string[]> {
  const lacks: (typeof NEEDED)[number][] = [];
  for (const right of NEEDED) {
    const args = { operation: right.operation, raise_exception: false };
    const isAllowed = await call({ model: right.model, method: 'check_access_rights', args });
    if (isAllowed !== true) lacks.push(right);
  }
  return [...Map.groupBy(lacks, ({ mend }) => mend)].map(([mend, rights]) => {
    return `it may not ${rights.map(({ operation, model }) => `${operation} ${model}`).join(', ')}: ${mend}`;
  });
}

async function lackingJournal({ call }: Connection): Promise<string[]> {
  const args = { operation: 'read', raise_exception: false };
  if ((await call({ model: 'account.journal', method: 'check_access_rights', args })) !== true) return [];
  const sales = { domain: [['type', '=', 'sale']], fields: ['name'], limit: 1 };
  const journals = (await call({ model: 'account.journal', method: 'search_read', args: sales })) as unknown[];
  return journals.length > 0 ? [] : ['it has no sales journal: choose a chart of accounts in Invoicing, Settings'];
}

// Which of the user's keys we hold is not told, so all of them are looked at. Before 18 they do not end.
async function endingKeys({ call, version }: Connection, now: number): Promise<string[]> {
  if (!(await version()).hasEndingKeys) return [];
  const args = { domain: [['expiration_date', '!=', false]], fields: ['name', 'expiration_date'], limit: 50 };
  const keys = await call({ model: 'res.users.apikeys', method: 'search_read', args });
  return (keys as { name: string; expiration_date: string }[])
    .filter(({ expiration_date }) => instantOf(expiration_date) - now < SOON_MS)
    .map(({ name, expiration_date }) => `its key "${name}" ends on ${expiration_date} UTC: make a new one before`);
}

/** Odoo writes instants in UTC, without saying so. */
function instantOf(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}
