// Who pays, as a partner in Odoo: the operator's word first, then the one we made before, else a new one.
import type { WantedDocument } from '../contract.ts';
import type { Door } from './door.ts';
import type { ExternalIds } from './external-id.ts';
import { loadRecords } from './load.ts';
import { recordBehind } from './resolve.ts';
import type { OdooSettings } from './settings.ts';

export type Customer = WantedDocument['customer'];

/** The partner's database id. Throws `OdooError`; a creation whose answer is lost is found by its external id later. */
export async function partnerFor(
  call: Door,
  ids: ExternalIds,
  settings: OdooSettings,
  customer: Customer,
): Promise<number> {
  const given = settings.customers?.[customer.id] ?? identifiedPartner(customer);
  if (given !== undefined) return given;
  const externalId = ids.customer(customer.id);
  const known = await recordBehind(call, externalId);
  return known ?? createPartner(call, externalId, customer);
}

// An identifier of scheme `odoo` on the partner's profile is the database id of their record.
function identifiedPartner({ identifiers }: Customer): number | undefined {
  const value = identifiers.find(({ scheme }) => scheme === 'odoo')?.value;
  return value !== undefined && /^[1-9]\d{0,9}$/.test(value) ? Number(value) : undefined;
}

async function createPartner(call: Door, externalId: string, { id, name, identifiers }: Customer): Promise<number> {
  const email = identifiers.find(({ scheme }) => scheme === 'email')?.value ?? '';
  const fields = ['id', 'name', 'is_company', 'ref', 'email'];
  const [partnerId] = await loadRecords(call, 'res.partner', { fields, data: [[externalId, name, '1', id, email]] });
  return partnerId as number;
}
