// Payments go to the ERP: what settles an invoice here is registered on it there, once, where the setup names a journal for it.
//
// Each part is registered under a permanent name. When a payment is taken back, or settles less than before, what was registered
// is undone there and what remains is registered under a new name: an entry in somebody's books is never changed.
import type { ClientBase } from 'pg';
import type { RuleBook } from '../../model/rules.ts';
import type { Instant } from '../../model/time.ts';
import {
  intendRegistrations,
  type NewRegistration,
  type UnregisteredPart,
  undoRegistrations,
  unregisteredParts,
} from '../../store/erp-payments.ts';
import { ERP_SYSTEM } from '../context.ts';

/** Wants what differs between our account and what was registered. The account is held. */
export async function wantErpPayments(
  client: ClientBase,
  tenant: string,
  customer: string,
  { entities }: RuleBook,
  now: Instant,
): Promise<void> {
  const journals = new Map(
    [...entities.values()].flatMap(({ id, erp }) => {
      const journal = erp?.journals?.payments;
      return journal === undefined ? [] : [[id, journal] as const];
    }),
  );
  if (journals.size === 0) return;
  const parts = await unregisteredParts(client, tenant, customer, [...journals.keys()]);
  const wanted: NewRegistration[] = [];
  for (const part of parts) {
    const { payment, invoice, settledMinor, registeredMinor } = part;
    const isLess = settledMinor < registeredMinor;
    if (isLess) await undoRegistrations(client, tenant, ERP_SYSTEM, { customer, payment, invoice }, now);
    const amountMinor = isLess ? settledMinor : settledMinor - registeredMinor;
    const journal = journals.get(part.legalEntity) ?? '';
    if (amountMinor > 0n) wanted.push(registrationOf(part, { customer, amountMinor, journal }));
  }
  await intendRegistrations(client, tenant, ERP_SYSTEM, wanted, now);
}

function registrationOf(
  { payment, invoice, currency, receivedOn, sequence: last }: UnregisteredPart,
  { customer, amountMinor, journal }: Pick<NewRegistration, 'customer' | 'amountMinor' | 'journal'>,
): NewRegistration {
  const sequence = last + 1;
  const number = `pay:${customer}/${payment}/${invoice}#${sequence}`;
  return { number, customer, payment, invoice, sequence, currency, amountMinor, receivedOn, journal };
}
