// Who pays, as a partner in Odoo: the operator's word first, then the one we made before, else a new one.
import type { WantedDocument } from '../contract.ts';
import type { Door } from './door.ts';
import type { ExternalIds } from './external-id.ts';
import type { LoadTable } from './invoice.ts';
import { loadRecords } from './load.ts';
import type { OdooSettings } from './settings.ts';

export type Customer = WantedDocument['customer'];

export type Partner = { readonly id: number; readonly state: 'active' | 'archived' | 'missing' };

/** Of each customer its partner, made where there is none yet and no operator named one. */
export async function partnersFor(
  call: Door,
  ids: ExternalIds,
  settings: OdooSettings,
  customers: readonly Customer[],
): Promise<ReadonlyMap<string, Partner>> {
  const given = customers.flatMap((customer) => {
    const id = settings.customers?.[customer.id] ?? identifiedPartner(customer);
    return id === undefined ? [] : [[customer.id, id] as const];
  });
  const idOf = new Map(given);
  const others = customers.filter(({ id }) => !idOf.has(id));
  if (others.length > 0) {
    const made = await loadRecords(call, 'res.partner', partnerTable(others, ids));
    for (const [index, { id }] of others.entries()) idOf.set(id, made[index] as number);
  }
  const states = await statesOf(call, [...new Set(idOf.values())]);
  return new Map([...idOf].map(([customer, id]) => [customer, { id, state: states.get(id) ?? 'missing' }]));
}

// An identifier of scheme `odoo` on the partner's profile is the database id of their record.
function identifiedPartner({ identifiers }: Customer): number | undefined {
  const value = identifiers.find(({ scheme }) => scheme === 'odoo')?.value;
  return value !== undefined && /^[1-9]\d{0,9}$/.test(value) ? Number(value) : undefined;
}

function partnerTable(customers: readonly Customer[], ids: ExternalIds): LoadTable {
  const data = customers.map(({ id, name, identifiers }) => {
    const email = identifiers.find(({ scheme }) => scheme === 'email')?.value ?? '';
    return [ids.customer(id), name, '1', id, email];
  });
  return { fields: ['id', 'name', 'is_company', 'ref', 'email'], data };
}

async function statesOf(call: Door, ids: readonly number[]): Promise<ReadonlyMap<number, Partner['state']>> {
  const records = await call({ model: 'res.partner', method: 'read', ids, args: { fields: ['active'] } });
  const known = records as { id: number; active: boolean }[];
  return new Map(known.map(({ id, active }) => [id, active ? 'active' : 'archived']));
}
