// Is this the right Odoo, and may we do there what we must? Asked before the first invoice, so that what is missing is
// told in one list and not document by document.
import type { ConnectorDeps } from '../contract.ts';
import { findingLine, isWanting } from './connect/finding.ts';
import { lookAtOdoo, type Needs } from './connect/look.ts';
import type { OdooSettings } from './settings.ts';

/** `ok`: everything needed is there. `says` is for the operator: what was found, or what lacks and how to mend it. */
export type Examination = { readonly ok: boolean; readonly says: string };

/** Changes nothing in Odoo. Never rejects: what cannot be reached or read is a finding too. */
export async function examineOdoo(
  settings: OdooSettings,
  deps: ConnectorDeps,
  { paymentJournals = [] }: Pick<Needs, 'paymentJournals'> = {},
): Promise<Examination> {
  const needs = { codes: Object.keys(settings.products ?? {}), paymentJournals };
  const { findings, version, login, surveyed } = await lookAtOdoo(settings, deps, needs);
  const lacks = findings.filter(isWanting);
  if (lacks.length > 0) return { ok: false, says: lacks.map(findingLine).join('; ') };
  const company = surveyed?.survey.companies.find(({ id }) => id === surveyed.companyId)?.name;
  const where = `Odoo ${version?.major}, database ${settings.database}, user ${login}, company ${company}`;
  // Rights that further work would need are for `lading connect odoo` to tell.
  const advice = findings.filter(({ state, check }) => state === 'advice' && check !== 'rights').map(findingLine);
  return { ok: true, says: [where, ...advice].join('; ') };
}
