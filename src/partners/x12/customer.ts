// Whose a document is: the customer that its N1 parties name.

import type { X12Fault, X12Transaction } from '../../formats/x12/index.ts';
import { elementFault, missingSegment, type PartyView } from '../../formats/x12/transactions/index.ts';
import type { X12Context } from './meaning.ts';

/**
 * Partner id of the first of these roles that names somebody we know; by identifier first, then by name. Where no party of
 * these roles stands, the sender if it is a customer. `undefined` when nobody is found: never a guess.
 */
export function customerFrom(
  parties: readonly PartyView[],
  roles: readonly string[],
  { directory, sender }: X12Context,
): string | undefined {
  const named = roles.flatMap((role) => parties.filter((party) => party.role === role));
  for (const { idQualifier, id } of named) {
    const found = directory.byParty({ idQualifier, id, name: '' }, 'customer');
    if (found !== undefined) return found.id;
  }
  for (const { name } of named) {
    const found = directory.byParty({ idQualifier: '', id: '', name }, 'customer');
    if (found !== undefined) return found.id;
  }
  return named.length === 0 && sender.roles.includes('customer') ? sender.id : undefined;
}

/** Nobody was found: told at the first party that should have named one, or that there is no such party. */
export function customerFault(
  transaction: X12Transaction,
  parties: readonly PartyView[],
  roles: readonly string[],
): X12Fault {
  const party = parties.find(({ role }) => roles.includes(role));
  if (party === undefined) return missingSegment(transaction, 'N1');
  const element = party.id === '' ? 2 : 4;
  return elementFault('element-code-unknown', party.segment, element, { found: party.id || party.name });
}
