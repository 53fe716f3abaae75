// Lets simulated time pass: the clock goes from due instant to due instant, and at each what is due is done.
import { formatInstant, type Instant } from '../../model/time.ts';
import { ERP_SYSTEM } from '../../pipeline/context.ts';
import { deliverOnce, isOnlyProbed, LONGEST_PROBE_WAIT_MS, nextDelivery } from '../../pipeline/deliver.ts';
import { drain, type Hub, type Rest } from '../../pipeline/hub.ts';
import { decideDue } from '../../pipeline/wake.ts';

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
  /** The ERP answers nothing, and will not before it is told to. */
  readonly isErpAway?: () => boolean;
};

/** Does what is due now, and then what becomes due up to and at `until`. */
export async function passTimeUntil(
  until: Instant,
  timepiece: Timepiece,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { clock, hub } = timepiece;
  let nextDue = await nextOf(await drain(hub()), until, timepiece);
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
    nextDue = await nextOf(rest, until, timepiece);
  }
  throw new NotSettled(clock.now());
}

// An outage of days is thousands of probes of which each fails as the one before. All but the last before something else
// happens are left out, as if the hub's machine had slept: the next one comes when it would have come.
async function nextOf(
  { nextDue, nextDueElsewhere }: Rest,
  until: Instant,
  { hub, isErpAway = () => false }: Timepiece,
): Promise<Instant | undefined> {
  if (nextDue === undefined || !isErpAway()) return nextDue;
  const lastProbe = Math.min(nextDueElsewhere ?? until, until) - LONGEST_PROBE_WAIT_MS;
  if (lastProbe <= nextDue || !(await isOnlyProbed(hub().context, ERP_SYSTEM))) return nextDue;
  return lastProbe;
}

/** Lets time pass for what is on its way to outside systems, and its shipments hear of it, until nothing is or time is up. */
export async function postUntil(until: Instant, { clock, hub }: Timepiece): Promise<void> {
  const { context, systems } = hub();
  for (const { session, ...system } of systems) {
    for (;;) {
      const due = await nextDelivery(context, system);
      if (due === undefined || due > until) break;
      clock.advanceTo(due);
      await deliverOnce(context, session, system);
      await decideDue(context);
    }
  }
}
