// Lets simulated time pass: the clock goes from due instant to due instant, and at each what is due is done.
import { formatInstant, type Instant } from '../../model/time.ts';
import { deliverOnce, nextDelivery } from '../../pipeline/deliver.ts';
import { drain, type Hub } from '../../pipeline/hub.ts';

/** So many due instants in one stretch mean that something never settles. */
const MOST_JUMPS = 200_000;

export class NotSettled extends Error {
  constructor(at: Instant) {
    super(`something is due again and again at ${formatInstant(at)}: the hub does not settle`);
    this.name = 'NotSettled';
  }
}

/** A clock that goes when told, and the hub that lives by it. */
export type Timepiece = {
  readonly clock: { now(): Instant; advanceTo(at: Instant): void };
  readonly hub: () => Hub;
};

/** Does what is due now, and then what becomes due up to and at `until`. */
export async function passTimeUntil(
  until: Instant,
  { clock, hub }: Timepiece,
  signal: AbortSignal | undefined,
): Promise<number> {
  let { nextDue } = await drain(hub());
  for (let jumps = 0; jumps < MOST_JUMPS; jumps++) {
    signal?.throwIfAborted();
    if (nextDue === undefined || nextDue > until) {
      clock.advanceTo(until);
      return jumps;
    }
    const before = clock.now();
    clock.advanceTo(nextDue);
    const rest = await drain(hub());
    if (rest.done === 0 && clock.now() === before) throw new NotSettled(before);
    nextDue = rest.nextDue;
  }
  throw new NotSettled(clock.now());
}

/** Lets time pass for what is on its way to outside systems, and for nothing else, until nothing is or time is up. */
export async function postUntil(until: Instant, { clock, hub }: Timepiece): Promise<void> {
  const { context, systems } = hub();
  for (const { session, ...system } of systems) {
    for (;;) {
      const due = await nextDelivery(context, system);
      if (due === undefined || due > until) break;
      clock.advanceTo(due);
      await deliverOnce(context, session, system);
    }
  }
}
