// Looks at orders that changed, and decides what is to be asked of whoever carries them.
import type { ClientBase } from 'pg';
import { type AskedBefore, type DemandPlan, type Journey, planDemand } from '../../domain/demand/plan-demand.ts';
import type { DemandContent } from '../../model/demand.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Order } from '../../model/shipment.ts';
import { HOUR_MS, type Instant, instantOf } from '../../model/time.ts';
import { type DueDemand, demandLookedAt, holdDueDemand, orderProgress } from '../../store/demand-due.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import { findOrders } from '../../store/orders.ts';
import { askedSince, type KnownDemand, keepDemand, knownDemand } from '../../store/transport-demand.ts';
import type { PipelineContext } from '../context.ts';

const AT_ONCE = 100;
/** What waits for the end of a journey is looked at so often; settling a message has its order looked at by itself. */
const AGAIN_MS = HOUR_MS;

/** Returns how many orders were looked at. */
export async function planDemands({ store, rules, clock }: PipelineContext): Promise<number> {
  for (let done = 0; done < AT_ONCE; done++) {
    const isDone = await store.transaction(async (client) => {
      const now = clock.now();
      const due = await holdDueDemand(client, store.tenant, now);
      if (due === undefined) return true;
      const { again } = await lookAt(client, store.tenant, { due, rules: await rules.current(client), now });
      await demandLookedAt(client, store.tenant, due, again);
      return false;
    });
    if (isDone) return done;
  }
  return AT_ONCE;
}

export type Look = {
  readonly due: DueDemand;
  readonly rules: RuleBook;
  readonly now: Instant;
  /** Who wants it asked again. */
  readonly resentBy?: string;
};
/** `again`: when to look next, if at all. `plan`: none where there was nothing to plan. */
export type Looked = { readonly again?: Instant; readonly plan?: DemandPlan };

/** Holds the order against what was asked, and writes the message that the difference wants. */
export async function lookAt(client: ClientBase, tenant: string, look: Look): Promise<Looked> {
  const { due, rules, now, resentBy } = look;
  const known = await knownDemand(client, tenant, due);
  const recipient = known?.recipient ?? due.recipient;
  const profile = rules.partners.get(recipient)?.demand;
  const orders = await findOrders(client, tenant, [due.order]);
  const order = orders.find((each) => each.order.customer === due.customer)?.order;
  if (profile === undefined || order === undefined) return {};
  if (known?.underWay) return { again: now + AGAIN_MS };
  if (known === undefined && (await isOlder(client, tenant, order, look))) return {};
  const plan = planDemand(order, profile, askedBefore(known), await journeyOf(client, tenant, due));
  await tell(client, tenant, order.order, plan, recipient, now);
  if (plan.plan === 'ask') {
    const { purpose, content } = plan;
    const revision = (known?.revision ?? 0) + 1;
    const by = resentBy === undefined ? {} : { resentBy };
    await keepDemand(client, tenant, { ...due, recipient, revision, purpose, content, ...by }, now);
  }
  return { plan, ...(plan.plan === 'too-late' ? { again: now + AGAIN_MS } : {}) };
}

// Orders from before somebody was asked are on their way by other means.
async function isOlder(client: ClientBase, tenant: string, order: Order, { due, rules, now }: Look): Promise<boolean> {
  const began = await askedSince(client, tenant, due.recipient, now);
  const since = rules.partners.get(due.askedBy)?.pull?.demandSince;
  // Orders are stamped to the second.
  return instantOf(order.placedAt) < (since === undefined ? Math.floor(began / 1_000) * 1_000 : instantOf(since));
}

// Who declined holds nothing.
function askedBefore(known: KnownDemand | undefined): AskedBefore | undefined {
  if (known === undefined || known.content === null) return undefined;
  const isOpen = known.purpose !== 'cancel' && known.answer !== 'declined';
  return { isOpen, content: JSON.parse(known.content) as DemandContent };
}

async function journeyOf(client: ClientBase, tenant: string, due: DueDemand): Promise<Journey> {
  const { moving, ended, before } = await orderProgress(client, tenant, due);
  if (moving === 0 && ended === 0) return 'before-pickup';
  return moving > 0 || before > 0 ? 'under-way' : 'ended';
}

const TOO_LATE = 'order-changed-in-transit';

async function tell(
  client: ClientBase,
  tenant: string,
  order: string,
  plan: DemandPlan,
  recipient: string,
  now: Instant,
) {
  if (plan.plan === 'too-late') {
    const changes = plan.changes.join(', ');
    const detail = `Order ${order} was changed after pickup (${changes}), and ${recipient} was not told: it carries what was tendered.`;
    await openExceptions(client, tenant, [{ kind: TOO_LATE, subject: order, detail }], now);
    return;
  }
  await closeExceptions(client, tenant, [{ kind: TOO_LATE, subject: order }], now);
  const untaken = { kind: 'demand-not-taken', subject: order } as const;
  if (plan.plan === 'incomplete') {
    const detail = `Order ${order} cannot be given to ${recipient}: the ${plan.missing.join(' and the ')} is not known. Complete the address of the order.`;
    await openExceptions(client, tenant, [{ ...untaken, detail }], now);
  } else if (plan.plan === 'nothing') {
    return;
  } else if (plan.purpose !== 'original') {
    await closeExceptions(client, tenant, [untaken], now);
  }
}
