// What happens because time passes, all of it in one place:
//
//   what                                        due at                                   done by
//   a shipment asked to be decided again        shipment.wake_at                         wakeOnce
//   a fact found no shipment for a day          waiting.since + 24 h                     wakeOnce
//   a message lies in the inbox                 at once                                  workOnce
//   an effect is to be brought about            effect.next_at, breaker and pace         deliverOnce
//   next month's partitions                     a day ahead                              keepMonths
//
// All of these are instants in rows, read by the context's clock. Nothing sleeps, so a clock may jump.
import { DAY_MS, type Instant } from '../model/time.ts';
import { earliestDue } from '../store/due.ts';
import type { PipelineContext } from './context.ts';
import { nextDelivery, type OutsideSystem } from './deliver.ts';
import { wakeOnce } from './wake.ts';

/** Does what is due by time and is nobody's message or effect; returns how much. */
export async function scheduleOnce(context: PipelineContext): Promise<number> {
  await context.keepMonths(context.clock.now());
  return wakeOnce(context);
}

/** The earliest instant, past or future, at which there is something to do; `undefined`: only when something arrives. */
export async function nextDue(
  context: PipelineContext,
  systems: readonly OutsideSystem[],
): Promise<Instant | undefined> {
  const { store, clock } = context;
  const { inbox, shipment, waiting } = await earliestDue(store, store.tenant, DAY_MS);
  const deliveries = await Promise.all(systems.map((system) => nextDelivery(context, system)));
  const times = [inbox ? clock.now() : undefined, shipment ?? undefined, waiting ?? undefined, ...deliveries];
  const due = times.filter((time) => time !== undefined);
  return due.length === 0 ? undefined : Math.min(...due);
}
