// What a payment or reversal was told for is over, once no customer's of that name is unmatched any more: customers number
// their payments themselves, so two may have one number, and an exception has only that.
import type { ClientBase } from 'pg';
import type { Instant } from '../../model/time.ts';
import { closeExceptions } from '../../store/exceptions.ts';
import { unmatchedElsewhere } from '../../store/payments.ts';

/** `names`: of payments and reversals of this customer that have found what they are for. */
export async function closeUnmatched(
  client: ClientBase,
  tenant: string,
  customer: string,
  names: readonly string[],
  now: Instant,
): Promise<void> {
  if (names.length === 0) return;
  const others = await unmatchedElsewhere(client, tenant, customer, names);
  const gone = names.filter((name) => !others.has(name));
  const exceptions = gone.map((subject) => ({ kind: 'payment-unmatched' as const, subject }));
  await closeExceptions(client, tenant, exceptions, now);
}
