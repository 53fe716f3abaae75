// Transport demand: confirmed orders become messages to whoever is to carry them, and their answers are awaited.
//
// An order is looked at when it changed (demand/arrivals.ts). What it now asks for is held against what the recipient holds to
// be so, and the difference is one message at most: while one is under way, what changes meanwhile waits and goes as one.
import type { Instant } from '../model/time.ts';
import { nextDemandAt } from '../store/demand-due.ts';
import { demandSystem } from '../store/transport-demand.ts';
import type { PipelineContext } from './context.ts';
import { nextDelivery } from './deliver.ts';
import { type DemandTools, deliverDemands, PACE } from './demand/deliver.ts';
import { tellOverdue } from './demand/overdue.ts';
import { planDemands } from './demand/plan.ts';

/** Does what is due; returns how much. */
export async function demandOnce(context: PipelineContext, tools?: Partial<DemandTools>): Promise<number> {
  const recipients = await recipientsOf(context);
  if (recipients.length === 0) return 0;
  let done = (await planDemands(context)) + (await tellOverdue(context));
  for (const recipient of recipients) done += await deliverDemands(context, recipient, tools);
  return done;
}

/** When there is something to do next; `undefined`: not before an order changes. */
export async function nextDemand(context: PipelineContext): Promise<Instant | undefined> {
  const recipients = await recipientsOf(context);
  if (recipients.length === 0) return undefined;
  const { store } = context;
  const deliveries = recipients.map((id) => nextDelivery(context, { name: demandSystem(id), pace: PACE }));
  const times = [await nextDemandAt(store, store.tenant), ...(await Promise.all(deliveries))];
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

async function recipientsOf({ rules, store }: PipelineContext): Promise<string[]> {
  const { partners } = await rules.current(store);
  return [...partners.values()].flatMap(({ id, demand }) => (demand === undefined ? [] : [id]));
}
