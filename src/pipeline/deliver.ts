// The last station: what should exist outside is brought about there, once.
//
// One act leases a batch of effects and marks them `sent` before anything leaves, so that a worker which dies leaves
// a trace: its effects come back in doubt. What is in doubt is looked up by its key before anything is sent again.
// Which steps an effect may take says deliver/verdict.ts; when a system may be asked at all, deliver/breaker.ts.
// Any number of workers may run: leases part the work, the row of the system keeps their pace.
import type { Session } from '../connectors/contract.ts';
import type { Instant } from '../model/time.ts';
import {
  type EffectSelection,
  extendLeases,
  type LeasedEffect,
  leaseEffects,
  nextEffectAt,
  resumeEffects,
  type StoppedEffect,
  stoppedEffects,
} from '../store/effects.ts';
import { lockSystemState, readSystemState, writeSystemState } from '../store/system-state.ts';
import { perform } from './deliver/act.ts';
import { admission, afterAdmission, isLongAway, UNTROUBLED } from './deliver/breaker.ts';
import type { DeliverContext, OutsideSystem } from './deliver/context.ts';
import { record } from './deliver/record.ts';

export { LONGEST_PROBE_WAIT_MS } from './deliver/breaker.ts';
export type { DeliverContext, OutsideSystem } from './deliver/context.ts';

// Long enough for any pause of a living worker, short enough that a dead one's effects are soon settled.
const LEASE_MS = 30_000;
const HEARTBEAT_MS = 8_000;

/** One act: leases what is due, brings it about, writes down what became of it. Returns how many effects it took up. */
export async function deliverOnce(context: DeliverContext, session: Session, system: OutsideSystem): Promise<number> {
  const effects = await leaseDue(context, system);
  if (effects.length === 0) return 0;
  const heartbeat = setInterval(() => void keepLeases(context, effects), HEARTBEAT_MS);
  try {
    await record(context, system, await perform(context, session, effects));
  } finally {
    clearInterval(heartbeat);
  }
  return effects.length;
}

/** Takes what is due and may go to the system now, and notes that it is under way. */
export async function leaseDue(
  { store, clock }: DeliverContext,
  { name, pace }: OutsideSystem,
): Promise<LeasedEffect[]> {
  return store.transaction(async (client) => {
    const now = clock.now();
    const state = await lockSystemState(client, store.tenant, name);
    if (state.heldSince !== undefined) return [];
    const allowed = admission(state, now, pace);
    if (allowed.admits === 'nothing') return [];
    const until = now + LEASE_MS;
    const effects = await leaseEffects(client, store.tenant, name, allowed.documents, now, until);
    if (effects.length > 0) {
      const next = afterAdmission(state, allowed.admits, effects.length, now, pace, until);
      await writeSystemState(client, store.tenant, name, next);
    }
    return effects;
  });
}

async function keepLeases({ store, clock, log }: DeliverContext, effects: readonly LeasedEffect[]): Promise<void> {
  try {
    const keys = effects.map(({ key }) => key);
    await extendLeases(store, store.tenant, keys, clock.now() + LEASE_MS);
  } catch (error) {
    log.warn({ err: error }, 'could not keep the lease of effects under way');
  }
}

/** When `deliverOnce` will next have something to do; `undefined`: not before something new is wanted, or the system is held. */
export async function nextDelivery(
  { store, clock }: DeliverContext,
  { name, pace }: OutsideSystem,
): Promise<Instant | undefined> {
  const dueAt = await nextEffectAt(store, store.tenant, name);
  if (dueAt === undefined) return undefined;
  const known = await readSystemState(store, store.tenant, name);
  if (known?.heldSince !== undefined) return undefined;
  const state = known ?? UNTROUBLED;
  const allowed = admission(state, clock.now(), pace);
  return allowed.admits === 'nothing' ? Math.max(dueAt, allowed.until) : dueAt;
}

/** Nothing but a probe now and then goes to the system, and that for some minutes already. */
export async function isOnlyProbed({ store }: Pick<DeliverContext, 'store'>, system: string): Promise<boolean> {
  const state = await readSystemState(store, store.tenant, system);
  return state !== undefined && isLongAway(state);
}

const MOST_RESUMED = 10_000;

/**
 * Sets refused and dead effects going again, after their cause was mended; `dryRun` only tells which. They are looked
 * up before anything is sent. At most 10,000 at a time, those changed last first.
 */
export async function resumeDeliveries(
  { store, clock }: Pick<DeliverContext, 'store' | 'clock'>,
  selection: EffectSelection,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<StoppedEffect[]> {
  const stopped = await stoppedEffects(store, store.tenant, selection, MOST_RESUMED);
  if (dryRun) return stopped;
  const keys = stopped.map(({ key }) => key);
  const resumed = new Set(await resumeEffects(store, store.tenant, keys, clock.now()));
  return stopped.filter(({ key }) => resumed.has(key));
}
