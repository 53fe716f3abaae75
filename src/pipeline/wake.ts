// What happens because time passes: shipments that asked to be looked at again, facts that wait too long.
import type { ClientBase } from 'pg';
import { DAY_MS } from '../model/time.ts';
import { openExceptions } from '../store/exceptions.ts';
import { lockDueShipments, wakeShipments } from '../store/shipments.ts';
import { markRaised } from '../store/waiting.ts';
import { decideAgain, renamed } from './apply.ts';
import { gatherHeld } from './batch.ts';
import type { PipelineContext } from './context.ts';
import { faultOf, isOurFault } from './fault.ts';
import { record } from './record.ts';
import { recheck } from './waiting-facts.ts';

const AT_ONCE = 500;
const RETRY_AFTER_FAULT_MS = DAY_MS / 24;

/** Does what is due by now; returns how much. `0`: nothing is due. */
export async function wakeOnce(context: PipelineContext): Promise<number> {
  const raised = await raiseUnmatched(context);
  return raised + (await decideDue(context));
}

/** Those that asked to be decided again by now; returns how many. */
export async function decideDue(context: PipelineContext): Promise<number> {
  const held: string[] = [];
  try {
    return await decideDueTogether(context, AT_ONCE, held);
  } catch (error) {
    if (!isOurFault(error)) throw error;
    context.log.error(faultOf(error), 'deciding failed: the shipments are tried one by one');
    return decideDueSingly(context, held.length);
  }
}

// One shipment that cannot be decided must not keep the others from it.
async function decideDueSingly(context: PipelineContext, count: number): Promise<number> {
  const { store, clock, log } = context;
  for (let done = 0; done < count; done++) {
    const held: string[] = [];
    try {
      await decideDueTogether(context, 1, held);
    } catch (error) {
      if (!isOurFault(error)) throw error;
      log.error({ shipment: held[0], ...faultOf(error) }, 'not decided');
      await store.query(
        `update lading.shipment set wake_at = to_timestamp($3::float8 / 1000) where tenant = $1 and shipment = any($2)`,
        [store.tenant, held, clock.now() + RETRY_AFTER_FAULT_MS],
      );
    }
  }
  return count;
}

async function decideDueTogether(context: PipelineContext, limit: number, held: string[]): Promise<number> {
  const { store, clock } = context;
  const { count, newNames } = await store.transaction(async (client) => {
    const rules = await context.rules.hold(client);
    const now = clock.now();
    const rows = await lockDueShipments(client, store.tenant, now, limit);
    held.splice(0, held.length, ...rows.map(({ shipment }) => shipment));
    if (rows.length === 0) return { count: 0, newNames: [] };
    const batch = await gatherHeld(client, store.tenant, { rows, rules, now, memory: context.memory });
    const states = [...batch.states.values()];
    for (const state of states) decideAgain(batch, state, {});
    const names = states.flatMap((state) => renamed(batch, state));
    await record(client, store.tenant, batch);
    return { count: rows.length, newNames: names };
  });
  await recheck(context, newNames);
  return count;
}

/** Facts whose shipment is unknown after a day get an owner; they wait on. */
async function raiseUnmatched(context: PipelineContext): Promise<number> {
  const { store, clock } = context;
  return store.transaction(async (client: ClientBase) => {
    const now = clock.now();
    const due = await markRaised(client, store.tenant, now - DAY_MS, AT_ONCE);
    const raised = due.map(({ subject, names, messageId }) => {
      const tried = names.map(({ type, value }) => `${type} ${value}`).join(', ');
      const detail = `No shipment is known under ${tried}. Send its plan, or correct the reference.`;
      return { kind: 'unmatched-reference' as const, subject, detail, messageId };
    });
    await openExceptions(client, store.tenant, raised, now);
    return due.length;
  });
}

/** Has these shipments decided again as soon as a worker gets to it. */
export async function wake(context: PipelineContext, shipments: readonly string[]): Promise<void> {
  await wakeShipments(context.store, context.store.tenant, shipments, context.clock.now());
}
