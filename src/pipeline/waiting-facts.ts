// Facts whose shipment is not known yet: kept waiting, and looked at again whenever a name begins to find.
import type { ClientBase } from 'pg';
import { markInvoicesFoundMeanwhile, markInvoicesUnder } from '../store/carrier-invoices-due.ts';
import { assignEvents } from '../store/events.ts';
import { closeExceptions } from '../store/exceptions.ts';
import type { Name } from '../store/references.ts';
import { dropWaiting, keepWaiting, namesFoundMeanwhile, subjectsSettled } from '../store/waiting.ts';
import { type Applied, beginApplying } from './apply.ts';
import { type Batch, gather } from './batch.ts';
import type { PipelineContext } from './context.ts';
import { faultOf, isOurFault } from './fault.ts';
import { record } from './record.ts';

const NAMES_AT_ONCE = 1_000;
const SWEEP_EVERY_MS = 60_000;

/** Keeps what still waits, and lets go what was found. */
export async function writeWaiting(
  client: ClientBase,
  tenant: string,
  batch: Batch,
  { found }: Applied,
): Promise<void> {
  await keepWaiting(
    client,
    tenant,
    [...batch.waiting.values()].filter(({ kept }) => !kept),
  );
  if (found.size === 0) return;
  const waited = [...found.values()];
  await assignEvents(
    client,
    tenant,
    waited.map(({ waiter, shipment }) => ({ id: waiter.eventId, recordedAt: waiter.since, shipment })),
  );
  await dropWaiting(client, tenant, [...found.keys()]);
  const subjects = [...new Set(waited.flatMap(({ waiter }) => (waiter.raised ? [waiter.subject] : [])))];
  const settled = await subjectsSettled(client, tenant, subjects);
  const gone = settled.map((subject) => ({ kind: 'unmatched-reference' as const, subject }));
  await closeExceptions(client, tenant, gone, batch.now);
}

// Two workers may miss each other: one keeps a fact waiting while the other is making its name known. Whoever commits
// last sees the other's work, so both look again.
export function namesToRecheck(batch: Batch, applied: Applied): Name[] {
  const stillWaiting = [...batch.waiting.values()].filter(({ kept }) => !kept);
  return [...applied.newNames, ...stillWaiting.flatMap(({ names }) => names)];
}

/** Looks again at what waits under these names, now that what was decided can be seen by all. */
export async function recheck(context: PipelineContext, names: readonly Name[]): Promise<void> {
  if (names.length === 0) return;
  const { store } = context;
  await markInvoicesUnder(store, store.tenant, names);
  const found = await namesFoundMeanwhile(store, store.tenant, NAMES_AT_ONCE, names);
  if (found.length === 0) return;
  try {
    await applyWaiting(context, found);
  } catch (error) {
    if (!isOurFault(error)) throw error;
    // It waits on, and the next sweep tries it again.
    context.log.error(faultOf(error), 'facts that waited could not be applied');
  }
}

/** Applies what waits under these names and is found by now. */
async function applyWaiting(context: PipelineContext, names: readonly Name[]): Promise<void> {
  const { store } = context;
  const newNames = await store.transaction(async (client) => {
    const rules = await context.rules.hold(client);
    const now = context.clock.now();
    const batch = await gather(client, store.tenant, {
      arrivals: [],
      recheck: names,
      rules,
      now,
      memory: context.memory,
    });
    const applied = beginApplying(batch);
    await record(client, store.tenant, batch);
    await writeWaiting(client, store.tenant, batch, applied);
    return applied.newNames;
  });
  await recheck(context, newNames);
}

/** Applies whatever a process that died between its commit and its second look left waiting. */
async function sweepWaiting(context: PipelineContext): Promise<number> {
  const { store } = context;
  await markInvoicesFoundMeanwhile(store, store.tenant, NAMES_AT_ONCE);
  const names = await namesFoundMeanwhile(store, store.tenant, NAMES_AT_ONCE);
  await recheck(context, names);
  return names.length;
}

/** Sweeps at the first call, and every minute from then on. */
export async function sweepWhenDue(context: PipelineContext): Promise<void> {
  const { lastSweep } = context.memory;
  const now = performance.now();
  if (lastSweep !== undefined && now - lastSweep < SWEEP_EVERY_MS) return;
  context.memory.lastSweep = now;
  await sweepWaiting(context);
}
