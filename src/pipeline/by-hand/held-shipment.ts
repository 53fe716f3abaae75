// One shipment in one person's hands: held, decided as the facts are, and written with the act that changes it.
import type { ClientBase } from 'pg';
import { factFrom } from '../../domain/fact-from.ts';
import type { Decision } from '../../model/decision.ts';
import type { Instant } from '../../model/time.ts';
import { type DeskEvent, keepDeskEvent } from '../../store/desk-entries.ts';
import { lockShipments } from '../../store/shipments.ts';
import { type Deciding, decideAgain, renamed } from '../apply.ts';
import { type Batch, gatherHeld, type ShipmentState } from '../batch.ts';
import type { PipelineContext } from '../context.ts';
import { record } from '../record.ts';

export type HeldShipment = {
  readonly client: ClientBase;
  readonly tenant: string;
  readonly now: Instant;
  readonly batch: Batch;
  readonly state: ShipmentState;
};

/** In one transaction: `act` gets the shipment, or `undefined` where there is none of that name. */
export function withHeldShipment<Result>(
  { store, clock, rules, memory }: PipelineContext,
  shipment: string,
  act: (held: HeldShipment | undefined, client: ClientBase) => Promise<Result>,
): Promise<Result> {
  return store.transaction(async (client) => {
    const held = await rules.hold(client);
    const now = clock.now();
    const rows = await lockShipments(client, store.tenant, [shipment]);
    const batch = await gatherHeld(client, store.tenant, { rows, rules: held, now, memory });
    const state = batch.states.get(shipment);
    return act(state && { client, tenant: store.tenant, now, batch, state }, client);
  });
}

/** As the facts are now. `undefined` while no plan was heard. */
export function decideHeld({ batch, state }: HeldShipment, how: Deciding = {}): Decision | undefined {
  decideAgain(batch, state, how);
  return state.decision;
}

/** A further fact, said by one of ours just now. */
export async function sayByHand({ client, tenant, now, state }: HeldShipment, event: DeskEvent, actor: string) {
  await keepDeskEvent(client, tenant, { event, actor }, now);
  const fact = factFrom(event, { id: event.id, sender: actor, reportedAt: now, teaches: [] });
  if (fact !== undefined) state.facts.push(fact);
}

export async function writeHeld({ client, tenant, batch, state }: HeldShipment): Promise<void> {
  renamed(batch, state);
  await record(client, tenant, batch);
}
