// Who pays, as a partner in Odoo: the operator's word first, then the one we made before, else a new one.
import type { WantedDocument } from '../../contract.ts';
import type { LoadTable } from '../documents/invoice.ts';
import { recordBehind } from '../documents/resolve.ts';
import type { Door } from '../doors/door.ts';
import type { ExternalIds } from '../external-id.ts';
import { inTurns } from '../in-turns.ts';
import { loadRecords } from '../load.ts';
import type { Odoo } from '../odoo.ts';

export type Customer = WantedDocument['customer'];

export type Partner = { readonly id: number; readonly state: 'active' | 'archived' | 'missing' };

/** Of each customer its partner, made where there is none and no operator named one. */
export async function partnersFor(odoo: Odoo, customers: readonly Customer[]): Promise<ReadonlyMap<string, Partner>> {
  const idOf = await knownPartners(odoo, customers);
  const states = await statesOf(odoo.call, [...new Set(idOf.values())]);
  const found = customers.flatMap((customer) => {
    const { id: customerId } = customer;
    const id = idOf.get(customerId);
    if (id === undefined || (!states.has(id) && givenPartner(odoo, customer) === undefined)) return [];
    return [[customerId, { id, state: states.get(id) ?? 'missing' }] as const];
  });
  const partners = new Map<string, Partner>(found);
  const absent = customers.filter(({ id }) => !partners.has(id));
  if (absent.length > 0) {
    const made = await loadRecords(odoo.call, 'res.partner', partnerTable(absent, odoo.ids));
    for (const [index, { id }] of absent.entries()) partners.set(id, { id: made[index] as number, state: 'active' });
  }
  for (const [customer, { id }] of partners) odoo.partners.set(customer, id);
  return partners;
}

async function knownPartners(odoo: Odoo, customers: readonly Customer[]): Promise<ReadonlyMap<string, number>> {
  const idOf = new Map<string, number>();
  await inTurns(customers, async (customer) => {
    const known = givenPartner(odoo, customer) ?? odoo.partners.get(customer.id);
    const id = known ?? (await recordBehind(odoo.call, odoo.ids.customer(customer.id)));
    if (id !== undefined) idOf.set(customer.id, id);
  });
  return idOf;
}

/** The operator's word: in the settings, else as an identifier of scheme `odoo` on the partner's profile. */
export function givenPartner({ settings }: Pick<Odoo, 'settings'>, customer: Customer): number | undefined {
  return settings.customers?.[customer.id] ?? identifiedPartner(customer);
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
  const known = records as { id: number; active?: boolean }[];
  // Only `false` is said of an archived contact; a field that is not told says nothing.
  return new Map(known.map(({ id, active }) => [id, active === false ? 'archived' : 'active']));
}
