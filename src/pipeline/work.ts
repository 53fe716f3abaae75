// One pass of a worker: messages out of the inbox, through translation, to shipments, charges and documents, in one
// transaction. Any number of workers run this side by side, in one process or on many machines.
import { performance } from 'node:perf_hooks';
import type { ClientBase } from 'pg';
import type { RuleBook } from '../model/rules.ts';
import { keepAttachments } from '../store/attachments.ts';
import { isCollision, isConnectionFailure } from '../store/database.ts';
import { DatabaseProblem } from '../store/embedded/problem.ts';
import { appendEvents, assignEvents } from '../store/events.ts';
import { closeExceptions } from '../store/exceptions.ts';
import { claimMessages } from '../store/messages.ts';
import { putOrders } from '../store/orders.ts';
import type { Name } from '../store/references.ts';
import { dropWaiting, keepWaiting, namesFoundMeanwhile, subjectsSettled } from '../store/waiting.ts';
import { type Applied, apply } from './apply.ts';
import { type Batch, gather } from './batch.ts';
import type { PipelineContext } from './context.ts';
import { publishFuel } from './fuel.ts';
import { record } from './record.ts';
import { dataOf, newEventsOf, type Understood, understand, type WorkedMessage } from './translate.ts';
import { takeTurn } from './turn.ts';
import { setAside, writeVerdicts } from './verdict.ts';

export type PassLimits = { readonly messages: number; readonly bytes: number; readonly events: number };

export const PASS_LIMITS: PassLimits = { messages: 500, bytes: 512 * 1024, events: 5_000 };
const SWEEP_EVERY_MS = 60_000;
const NAMES_AT_ONCE = 1_000;
const SEEN_AT_MOST = 100_000;

/** Works on some hundreds of messages; returns how many. `0`: the inbox is empty, or others are at what is left. */
export async function workOnce(context: PipelineContext, limits: PassLimits = PASS_LIMITS): Promise<number> {
  await context.keepMonths(context.clock.now());
  if (context.memory.seen.size > SEEN_AT_MOST) context.memory.seen.clear();
  await sweepWhenDue(context);
  const claimed: string[] = [];
  try {
    return await finish(context, await pass(context, limits, claimed));
  } catch (error) {
    if (!isOurFault(error)) throw error;
    context.log.error({ error: String(error) }, 'a batch failed: its messages are tried one by one');
    return oneByOne(context, claimed);
  }
}

function isOurFault(error: unknown): boolean {
  return !(error instanceof DatabaseProblem) && !isCollision(error) && !isConnectionFailure(error as Error);
}

// One message that nobody foresaw must not hold up the others: it is set aside, with its bytes, to be replayed.
async function oneByOne(context: PipelineContext, ids: readonly string[]): Promise<number> {
  let done = 0;
  for (const id of ids) {
    try {
      done += await finish(context, await pass(context, { ...PASS_LIMITS, messages: 1 }, [], id));
    } catch (error) {
      if (!isOurFault(error)) throw error;
      context.log.error({ message: id, error: error instanceof Error ? error.stack : String(error) }, 'set aside');
      done += await setAside(context, id);
    }
  }
  return done;
}

type Passed = { readonly messages: number; readonly recheck: readonly Name[] };

async function finish(context: PipelineContext, { messages, recheck: names }: Passed): Promise<number> {
  await recheck(context, names);
  return messages;
}

async function pass(context: PipelineContext, limits: PassLimits, claimed: string[], only?: string): Promise<Passed> {
  const { store, log } = context;
  const begin = performance.now();
  const turn = takeTurn(context.memory);
  try {
    for (let most = limits.messages; ; ) {
      const outcome = await store.transaction(async (client) => {
        await turn.mayClaim;
        const messages = await claimMessages(client, store.tenant, { messages: most, bytes: limits.bytes, only });
        claimed.splice(0, claimed.length, ...messages.map(({ id }) => id));
        if (messages.length === 0) return { messages: 0, events: 0, recheck: [] };
        const early = await context.rules.current(client);
        const understood = understand(messages, early);
        const fitting = whatFits(understood, limits.events);
        if (fitting < messages.length) return { fitting };
        turn.claimed();
        await turn.mayApply;
        const rules = await context.rules.hold(client);
        return applyAll(context, client, rules === early ? understood : understand(messages, rules), rules);
      });
      if (!('fitting' in outcome)) {
        const { messages, events } = outcome;
        log.debug({ messages, events, milliseconds: Math.round(performance.now() - begin) }, 'worked');
        return outcome;
      }
      // Nothing was done: the rest is free again, and others do not pass us by meanwhile.
      most = outcome.fitting;
    }
  } finally {
    turn.done();
  }
}

async function applyAll(
  context: PipelineContext,
  client: ClientBase,
  understood: readonly Understood[],
  rulesSoFar: RuleBook,
): Promise<Passed & { events: number }> {
  const { tenant } = context.store;
  const now = context.clock.now();
  const { worked, attachments } = await newEventsOf(client, tenant, understood);
  const isRepriced = await publishFuel(client, tenant, worked, rulesSoFar, now);
  const rules = isRepriced ? await context.rules.reread(client) : rulesSoFar;
  const arrivals = worked.flatMap((message) => message.arrivals);
  const { seen } = context.memory;
  const batch = await gather(client, tenant, { arrivals, recheck: [], rules, now, seen });
  const applied = apply(batch, worked);
  await keepAttachments(client, tenant, attachments);
  await write(client, tenant, batch, applied, worked);
  return { messages: worked.length, events: arrivals.length, recheck: namesToRecheck(batch, applied) };
}

/** How many of the messages this pass takes. A price changes what others decide, so it has a pass of its own. */
function whatFits(understood: readonly Understood[], maxEvents: number): number {
  const isFuel = ({ translation }: Understood) =>
    translation.events.some(({ event }) => event.type === 'fuel.published');
  if (understood[0] !== undefined && isFuel(understood[0])) return 1;
  let events = 0;
  const end = understood.findIndex((message) => {
    events += message.translation.events.length;
    return isFuel(message) || events > maxEvents;
  });
  return end === -1 ? understood.length : Math.max(1, end);
}

async function write(
  client: ClientBase,
  tenant: string,
  batch: Batch,
  applied: Applied,
  worked: readonly WorkedMessage[],
): Promise<void> {
  const events = worked.flatMap(({ arrivals }) =>
    arrivals.map((arrival) => ({
      id: arrival.eventId,
      messageId: arrival.message.id,
      position: arrival.position,
      type: arrival.translated.event.type,
      source: arrival.translated.event.source,
      key: arrival.translated.event.id,
      sender: arrival.translated.sender,
      reportedAt: arrival.translated.reportedAt,
      shipment: applied.shipments.get(arrival.eventId),
      data: dataOf(arrival),
    })),
  );
  await appendEvents(client, tenant, events, batch.now);
  const placed = [...applied.orders].flatMap((key) => batch.orders.get(key) ?? []);
  await putOrders(client, tenant, placed);
  await markOrdersDue(
    client,
    tenant,
    placed.map(({ order }) => order),
  );
  await record(client, tenant, batch);
  await writeWaiting(client, tenant, batch, applied);
  await writeVerdicts(client, tenant, worked, batch.now);
}

async function writeWaiting(client: ClientBase, tenant: string, batch: Batch, { found }: Applied): Promise<void> {
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
function namesToRecheck(batch: Batch, applied: Applied): Name[] {
  const stillWaiting = [...batch.waiting.values()].filter(({ kept }) => !kept);
  return [...applied.newNames, ...stillWaiting.flatMap(({ names }) => names)];
}

/** Looks again at what waits under these names, now that what was decided can be seen by all. */
export async function recheck(context: PipelineContext, names: readonly Name[]): Promise<void> {
  if (names.length === 0) return;
  const { store } = context;
  const found = await namesFoundMeanwhile(store, store.tenant, NAMES_AT_ONCE, names);
  if (found.length === 0) return;
  try {
    await applyWaiting(context, found);
  } catch (error) {
    if (!isOurFault(error)) throw error;
    // It waits on, and the next sweep tries it again.
    context.log.error({ error: String(error) }, 'facts that waited could not be applied');
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
      seen: context.memory.seen,
    });
    const applied = apply(batch, []);
    await record(client, store.tenant, batch);
    await writeWaiting(client, store.tenant, batch, applied);
    return applied.newNames;
  });
  await recheck(context, newNames);
}

/** Applies whatever a process that died between its commit and its second look left waiting. */
export async function sweepWaiting(context: PipelineContext): Promise<number> {
  const { store } = context;
  const names = await namesFoundMeanwhile(store, store.tenant, NAMES_AT_ONCE);
  await recheck(context, names);
  return names.length;
}

async function sweepWhenDue(context: PipelineContext): Promise<void> {
  const { lastSweep } = context.memory;
  const now = performance.now();
  if (lastSweep !== undefined && now - lastSweep < SWEEP_EVERY_MS) return;
  context.memory.lastSweep = now;
  await sweepWaiting(context);
}
