// Which of the states that a fuel price, an order, a policy or a partner had counted at an instant. Pure.
//
// A packet carries the present state of each, and beside it every state of those that changed since its first document.

import type { RuleBook } from '../../model/rules.ts';
import type { Order } from '../../model/shipment.ts';
import type { Instant } from '../../model/time.ts';
import type { Held } from '../../store/read/states.ts';
import type { Basis, RulesInPacket, ShipmentInPacket } from './packet.ts';

/** Several states may meet at one instant: `earlier` counts back from the last of them. */
export type Then = { readonly at: Instant; readonly earlier: number };

/** The states of one thing that counted from `since` on; none where one and the same has counted ever since. */
export function changedSince<State extends Held>(states: readonly State[], since: Instant): State[] {
  const counting = states.filter(({ until }) => until === undefined || until >= since);
  const [only, ...more] = counting;
  return only !== undefined && more.length === 0 && only.from <= since ? [] : counting;
}

/** Every way to look at the instant of a document that the packet's states allow; nearly always one. */
export function waysToSee({ rules, shipments }: Basis, at: Instant): Then[] {
  const changed: (readonly Held[])[] = [
    ...rules.fuel.flatMap(({ held = [] }) => [...Map.groupBy(held, ({ effective }) => effective).values()]),
    ...shipments.flatMap(({ ordersHeld = [] }) => [...Map.groupBy(ordersHeld, ({ order }) => order.order).values()]),
    ...Map.groupBy(rules.policiesHeld ?? [], ({ content }) => content.customer).values(),
    ...Map.groupBy(rules.partnersHeld ?? [], ({ id }) => id).values(),
  ];
  const most = Math.max(1, ...changed.map((states) => countingAt(states, at).length));
  return Array.from({ length: most }, (_, earlier) => ({ at, earlier }));
}

/** The fuel prices that were known then; a week that nobody had published yet is not among them. */
export function fuelThen(fuel: RulesInPacket['fuel'], then: Then): RuleBook['fuel'] {
  return new Map(
    fuel.map(({ index, prices, held = [] }) => {
      const statesOf = Map.groupBy(held, ({ effective }) => effective);
      const known = prices.flatMap((present) => stateThen(statesOf.get(present.effective), present, then) ?? []);
      return [index, known.map(({ effective, price }) => ({ effective, price }))];
    }),
  );
}

/** By key, as each was then; `held` are the states of those that changed. */
export function heldThen<State, HeldState extends State & Held>(
  present: ReadonlyMap<string, State>,
  held: readonly HeldState[] = [],
  keyOf: (state: HeldState) => string,
  then: Then,
): ReadonlyMap<string, State> {
  if (held.length === 0) return present;
  const statesOf = Map.groupBy(held, keyOf);
  // Imported by another clock, or first known later: the earliest that there is.
  const stateOf = (key: string, state: State) =>
    stateThen<State>(statesOf.get(key), state, then) ?? statesOf.get(key)?.[0] ?? state;
  return new Map([...present].map(([key, state]) => [key, stateOf(key, state)]));
}

export function ordersThen({ orders, ordersHeld = [] }: ShipmentInPacket, then: Then): Order[] {
  const statesOf = Map.groupBy(ordersHeld, ({ order }) => order.order);
  return orders.flatMap((order) => stateThen(statesOf.get(order.order), { order }, then)?.order ?? []);
}

/** Whether some of it was first known here after that instant: what there was before, if anything, is not to be had. */
export function isLostAt(states: readonly Held[], at: Instant): boolean {
  return states.length > 0 && states.every(({ from }) => from > at);
}

function stateThen<State>(
  states: readonly (State & Held)[] | undefined,
  present: State,
  { at, earlier }: Then,
): State | undefined {
  if (states === undefined) return present;
  const counting = countingAt(states, at);
  return counting.at(-1 - earlier) ?? counting[0];
}

// Both ends count: what ended at that very instant may still have been what was decided on.
function countingAt<State extends Held>(states: readonly State[], at: Instant): State[] {
  return states.filter(({ from, until }) => from <= at && (until === undefined || until >= at));
}
