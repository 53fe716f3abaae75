// The journals in which customers' payments are registered: there, and with a method whose payments have a journal entry.
//
// From 18 on a payment has one only where the method names an outstanding account; without, a payment in part shows its invoice as
// paid whole, and Lading leaves it a draft. In 17 the company has such an account for all of them.
import type { Door } from '../doors/door.ts';
import type { OdooVersion } from '../doors/versions.ts';
import type { OdooSettings } from '../settings.ts';
import type { Finding } from './finding.ts';
import type { Company } from './survey.ts';

/** As `entities.json` has it. */
export type PaymentJournal = {
  readonly legalEntity: string;
  /** Its code in Odoo. */
  readonly code: string;
  /** Name or database id of the company there. */
  readonly company?: string;
};

type Chosen = {
  readonly settings: OdooSettings;
  readonly companies: readonly Company[];
  readonly companyId: number;
};

/** One finding for each that payments would be refused in; none where all will do. Throws `OdooError`. */
export async function unfitPaymentJournals(
  call: Door,
  { methodNeedsOutstandingAccount }: OdooVersion,
  wanted: readonly PaymentJournal[],
  chosen: Chosen,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const journal of wanted) {
    const id = await journalId(call, journal.code, companyOf(journal, chosen));
    const where = `${journal.code} of ${journal.legalEntity}`;
    const note = (what: string, mend: string) => findings.push({ check: 'books', state: 'missing', what, where, mend });
    if (id === undefined) {
      note('there is no bank or cash journal of that code for payments', 'create it, or correct entities.json');
    } else if (methodNeedsOutstandingAccount && !(await hasOutstandingAccount(call, id))) {
      const mend = 'set one in Configuration, Journals, Incoming Payments; until then payments are refused';
      note('the payment method has no outstanding account', mend);
    }
  }
  return findings;
}

function companyOf({ legalEntity, company }: PaymentJournal, { settings, companies, companyId }: Chosen): number {
  const mapped = settings.companies?.[legalEntity];
  const named = companies.find(({ id, name }) => name === company || String(id) === company)?.id;
  return mapped ?? named ?? companyId;
}

async function journalId(call: Door, code: string, companyId: number): Promise<number | undefined> {
  const domain = [
    ['code', '=', code],
    ['type', 'in', ['bank', 'cash']],
    ['company_id', '=', companyId],
  ];
  const args = { domain, fields: ['id'], limit: 1 };
  const found = (await call({ model: 'account.journal', method: 'search_read', args })) as { id: number }[];
  return found[0]?.id;
}

// The first one is what a payment gets that names none.
async function hasOutstandingAccount(call: Door, journal: number): Promise<boolean> {
  const domain = [
    ['journal_id', '=', journal],
    ['payment_type', '=', 'inbound'],
  ];
  const args = { domain, fields: ['payment_account_id'], order: 'sequence, id', limit: 1 };
  const found = await call({ model: 'account.payment.method.line', method: 'search_read', args });
  const [method] = found as { payment_account_id: unknown }[];
  return method !== undefined && method.payment_account_id !== false;
}
