// A payment that the bank took back settles nothing any more: its invoices are open again.
import type { ClientBase } from 'pg';
import { findReversed } from '../../domain/cash/find-reversed.ts';
import type { PaymentReversed } from '../../model/event.ts';
import { formatMinor, parseMinor } from '../../model/money.ts';
import type { Instant } from '../../model/time.ts';
import { openExceptions } from '../../store/exceptions.ts';
import { type NewReversal, openReversals, paymentsNamed, takeBack } from '../../store/reversals.ts';
import { closeUnmatched } from './unmatched.ts';

export function reversalFrom({ references, amount, ...data }: PaymentReversed, eventId: string): NewReversal {
  const amountMinor = parseMinor(amount, data.currency) ?? 0n;
  return { ...data, amountMinor, names: [...new Set([data.reversal, ...references])], eventId };
}

/** Takes back what can be taken back now. A reversal that came before its payment waits for it. The account is held. */
export async function takeBackReversed(client: ClientBase, tenant: string, customer: string, now: Instant) {
  for (const open of await openReversals(client, tenant, customer)) {
    const { reversal, currency, amountMinor, names } = open;
    const exception = { kind: 'payment-unmatched' as const, subject: reversal };
    const found = findReversed(open, await paymentsNamed(client, tenant, customer, names));
    if (found === undefined) {
      const amount = `${formatMinor(amountMinor, currency)} ${currency}`;
      const detail = `A reversal of ${amount} of ${customer} found no payment of that amount: it names ${names.slice(0, 5).join(', ')}.`;
      await openExceptions(client, tenant, [{ ...exception, detail }], now);
      continue;
    }
    const { payment } = found;
    await takeBack(client, tenant, { customer, payment, reversal }, now);
    await closeUnmatched(client, tenant, customer, [reversal, payment], now);
  }
}
