// Whose a document is: the customer that its N1 parties name.

import type { PartyView } from '../../formats/x12/transactions/index.ts';
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
