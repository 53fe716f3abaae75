// The numbers under which something waits for a shipment, as an exception is about them.
import type { ExceptionKind } from '../model/exception.ts';
import type { Queryable } from './database.ts';
import type { Name } from './references.ts';

const MOST_NAMES = 100;

// Facts try their names in order; the first is what the exception is called by. A bill may ask for several shipments.
const WAITING = `
  select distinct names::jsonb -> 0 ->> 0 as type, names::jsonb -> 0 ->> 1 as value
    from lading.waiting where tenant = $1 and subject = $2 order by 1, 2 limit $3`;
const BILLED = `
  select distinct n.type, n.value from lading.carrier_invoice i
    join lading.carrier_invoice_name n on n.tenant = $1 and n.id = i.id
   where i.tenant = $1 and i.carrier = split_part($2, '/', 1) and $2 = i.carrier || '/' || i.invoice
   order by 1, 2 limit $3`;

/** Empty for exceptions that no number mends. */
export async function namesAskedBy(
  db: Queryable,
  tenant: string,
  { kind, subject }: { readonly kind: ExceptionKind; readonly subject: string },
): Promise<Name[]> {
  const query = { 'unmatched-reference': WAITING, 'carrier-invoice-unmatched': BILLED }[kind as string];
  if (query === undefined) return [];
  const { rows } = await db.query<Name>(query, [tenant, subject, MOST_NAMES]);
  return rows;
}
