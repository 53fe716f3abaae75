// What happens because time passes, all of it in one place:
//
//   what                                        due at                                   done by
//   a shipment asked to be decided again        shipment.wake_at                         wakeOnce
//   a fact found no shipment for a day          waiting.since + 24 h                     wakeOnce
//   a message lies in the inbox                 at once                                  workOnce
//   an account has a period to close, a payment   account_due.due_at                      settleOnce
//   an order's lines are to be given out        at once                                  coverOrdersOnce
//   carriers' invoices are to be judged         at once                                  auditOnce
//   charges are to be booked in the ledger       at once                                  bookOnce
//   what depends on exceptions is to be weighed  at once                                 weighOnce
//   the nightly lists are to be taken           job_due.due_at                           listOnce
//   an effect is to be brought about            effect.next_at, breaker and pace         deliverOnce
//   next month's partitions                     a day ahead                              keepMonths
//
// All of these are instants in rows, read by the context's clock. Nothing sleeps, so a clock may jump.
import { DAY_MS, earliest, type Instant } from '../model/time.ts';
import { earliestDue } from '../store/due.ts';
import { auditOnce } from './audit.ts';
import type { PipelineContext } from './context.ts';
import { nextDelivery, type OutsideSystem } from './deliver.ts';
import { bookOnce } from './ledger.ts';
import { listOnce } from './lists.ts';
import { coverOrdersOnce } from './orders.ts';
import { settleOnce } from './settle.ts';
import { weighOnce } from './stakes.ts';
import { wakeOnce } from './wake.ts';

/** Does what is due by time and is nobody's message or effect; returns how much. */
export async function scheduleOnce(context: PipelineContext): Promise<number> {
  await context.keepMonths(context.clock.now());
  return (
    (await decideAndAnswer(context)) +
    (await settleOnce(context)) +
    (await auditOnce(context)) +
    (await bookOnce(context)) +
    (await weighOnce(context)) +
    (await listOnce(context))
  );
}

const MOST_ROUNDS = 20;

// An account is settled when the orders of its shipments have answered and these know it: what waits for an answer alone is not
// missing on a common invoice, and has its turn at the credit limit. However much comes in, accounts have theirs too.
async function decideAndAnswer(context: PipelineContext): Promise<number> {
  let done = await wakeOnce(context);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const answered = await coverOrdersOnce(context);
    if (answered === 0) break;
    done += answered + (await wakeOnce(context));
  }
  return done;
}

export type DueTimes = {
  /** Messages to work on; now or not at all. */
  readonly work?: Instant;
  readonly schedule?: Instant;
  /** One for each system, in the order given. */
  readonly deliveries: readonly (Instant | undefined)[];
};

/** The earliest instant, past or future, at which each station has something to do; `undefined`: only when something arrives. */
export async function dueTimes(context: PipelineContext, systems: readonly OutsideSystem[]): Promise<DueTimes> {
  const { store, clock } = context;
  const { inbox, shipment, waiting, account, order, carrierInvoice, ledger, stake, job } = await earliestDue(
    store,
    store.tenant,
    DAY_MS,
  );
  return {
    work: inbox ? clock.now() : undefined,
    schedule: earliest([
      ...[shipment, waiting, account, job].map((at) => at ?? undefined),
      order || carrierInvoice || ledger || stake ? clock.now() : undefined,
    ]),
    deliveries: await Promise.all(systems.map((system) => nextDelivery(context, system))),
  };
}
