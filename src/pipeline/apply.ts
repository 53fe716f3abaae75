// Events are applied message by message, as if each had come alone: a shipment is decided after every message that
// touches it, and what was decided on the way stands. Only the last state is written, so a batch costs little more
// than its last message; its outcome is that of its messages one by one.
//
// No I/O here: everything was gathered before.
import { type DecideOptions, decide } from '../domain/decide.ts';
import type { Decision } from '../model/decision.ts';
import type { Fact } from '../model/fact.ts';
import type { Order } from '../model/shipment.ts';
import { type Instant, instantOf } from '../model/time.ts';
import { decodeFacts, encodeFact } from '../store/facts.ts';
import type { KnownOrder } from '../store/orders.ts';
import type { Name, ReferenceRow } from '../store/references.ts';
import { type Batch, orderKey, ordersOf, type ShipmentState, type Waiter, wait } from './batch.ts';
import { addName, type Found, find, nameKey, removeName, shipmentsUnder } from './resolve.ts';
import type { Arrival, WorkedMessage } from './translate.ts';

export type Applied = {
  /** Event id → shipment, for what arrived now. */
  readonly shipments: Map<string, string>;
  /** Waited before this pass, and was found in it; by event id. */
  readonly found: Map<string, { readonly waiter: Waiter; readonly shipment: string }>;
  /** Orders that were placed, as they now stand. */
  readonly orders: Set<string>;
  /** Names that began to find a shipment. */
  readonly newNames: Name[];
};

export type Applying = Applied & { readonly batch: Batch };

/** Applies what waits and is found already; messages follow by `applyMessages`. */
export function beginApplying(batch: Batch): Applying {
  const pass: Applying = { batch, shipments: new Map(), found: new Map(), orders: new Set(), newNames: [] };
  settle(pass, placeFound(pass, [...batch.waiting.keys()]), undefined);
  return pass;
}

/** Applies messages in their order, and what waits whenever it is found. */
export function applyMessages(pass: Applying, messages: readonly WorkedMessage[]): void {
  for (const { message, arrivals } of messages) {
    const touched = new Set<ShipmentState>();
    for (const arrival of arrivals) place(pass, arrival, touched);
    settle(pass, touched, message.correlation);
  }
}

function place(pass: Applying, arrival: Arrival, touched: Set<ShipmentState>): void {
  const { event, names } = arrival.translated;
  if (event.type === 'order.placed') placeOrder(pass, arrival, event.data, touched);
  else if (arrival.fact?.kind === 'plan') placePlan(pass, arrival, arrival.fact.plan.shipment, touched);
  // Bills, payments and prices are about no shipment of their own.
  else if (names.length > 0) placeNamed(pass, arrival, touched);
}

function placeNamed({ batch, shipments }: Applying, arrival: Arrival, touched: Set<ShipmentState>): void {
  const found = find(batch.index, arrival.translated.names);
  const state = found && batch.states.get(found.shipment);
  if (found === undefined || state === undefined) {
    wait(batch, waiterFrom(arrival, batch.now));
    return;
  }
  shipments.set(arrival.eventId, found.shipment);
  if (arrival.fact !== undefined) addFact(state, lessonsOf(arrival.fact, found), touched);
}

function placePlan(pass: Applying, arrival: Arrival, shipment: string, touched: Set<ShipmentState>): void {
  const state = pass.batch.states.get(shipment);
  if (state === undefined || arrival.fact === undefined) throw new Error(`no row was made for shipment ${shipment}`);
  pass.shipments.set(arrival.eventId, shipment);
  if (!pass.batch.index.shipments.has(shipment)) {
    pass.batch.index.shipments.add(shipment);
    pass.newNames.push({ type: 'shipment', value: shipment });
  }
  addFact(state, arrival.fact, touched);
}

function placeOrder(pass: Applying, arrival: Arrival, order: Order, touched: Set<ShipmentState>): void {
  const { batch } = pass;
  const { reportedAt } = arrival.translated;
  const key = orderKey(order);
  const known = batch.orders.get(key);
  if (known !== undefined && !isPlacedLater({ order, reportedAt }, known)) return;
  batch.orders.set(key, { order, reportedAt, eventId: arrival.eventId });
  pass.orders.add(key);
  for (const shipment of shipmentsUnder(batch.index, { type: 'order', value: order.order })) {
    const state = batch.states.get(shipment);
    if (state !== undefined) touched.add(state);
  }
}

// Reported at one time: placed later, then the text, so that arrival order does not matter.
function isPlacedLater(one: Pick<KnownOrder, 'order' | 'reportedAt'>, than: KnownOrder): boolean {
  if (one.reportedAt !== than.reportedAt) return one.reportedAt > than.reportedAt;
  const [a, b] = [instantOf(one.order.placedAt), instantOf(than.order.placedAt)];
  return a === b ? JSON.stringify(one.order) > JSON.stringify(than.order) : a > b;
}

function addFact(state: ShipmentState, fact: Fact, touched: Set<ShipmentState>): void {
  state.facts.push(fact);
  touched.add(state);
}

// A number teaches only where the message was placed by other means.
function lessonsOf(fact: Fact, { by }: Found): Fact {
  if (fact.teaches === undefined) return fact;
  const { teaches, ...rest } = fact;
  const lessons = teaches.filter(({ type, value }) => type !== by.type || value !== by.value);
  return lessons.length > 0 ? { ...fact, teaches: lessons } : (rest as Fact);
}

function waiterFrom({ eventId, message, translated, fact }: Arrival, now: Instant) {
  const { sender, subject, names } = translated;
  const text = fact === undefined ? '' : encodeFact(fact);
  return { eventId, messageId: message.id, sender, fact: text, subject, since: now, names, raised: false, kept: false };
}

// Deciding makes names known, under which facts wait, which are applied and decide again.
function settle(pass: Applying, first: ReadonlySet<ShipmentState>, correlation: string | undefined): void {
  let touched = first;
  while (touched.size > 0) {
    const begin = pass.newNames.length;
    for (const state of touched) decideAgain(pass.batch, state, { correlation });
    for (const state of touched) pass.newNames.push(...renamed(pass.batch, state));
    // The shipment's own id may have become known before it was decided.
    const own = [...touched].map(({ row }) => ({ type: 'shipment', value: row.shipment }));
    const under = [...pass.newNames.slice(begin), ...own].map((name) => pass.batch.waitingUnder.get(nameKey(name)));
    touched = placeFound(pass, [...new Set(under.flatMap((eventIds) => [...(eventIds ?? [])]))]);
  }
}

/** Applies those of the waiting facts that a name finds now. */
function placeFound({ batch, shipments, found }: Applying, eventIds: readonly string[]): Set<ShipmentState> {
  const touched = new Set<ShipmentState>();
  for (const eventId of eventIds) {
    const waiter = batch.waiting.get(eventId);
    const hit = waiter && find(batch.index, waiter.names);
    const state = hit && batch.states.get(hit.shipment);
    if (waiter === undefined || hit === undefined || state === undefined) continue;
    batch.waiting.delete(eventId);
    if (waiter.kept) found.set(eventId, { waiter, shipment: hit.shipment });
    else shipments.set(eventId, hit.shipment);
    for (const fact of decodeFacts(waiter.fact)) addFact(state, lessonsOf(fact, hit), touched);
  }
  return touched;
}

export type Deciding = {
  readonly correlation?: string;
  readonly approvedBy?: string;
  readonly authorised?: DecideOptions['authorised'];
};

/** Decides over all that is known by now, and keeps the documents that are newly wanted. */
export function decideAgain(
  batch: Batch,
  state: ShipmentState,
  { correlation, approvedBy, authorised }: Deciding,
): void {
  const { rules, now } = batch;
  const { facts, documents, standing } = state;
  const input = { shipment: state.row.shipment, facts, documents, orders: ordersOf(batch, facts), standing };
  const decision = decide(input, rules, now, { approve: approvedBy !== undefined, authorised });
  state.touched = true;
  state.decision = decision;
  state.standing = decision?.standing ?? standing;
  for (const document of decision?.documents ?? []) {
    state.decided.push({ document, correlation, approvedBy });
    documents.push({ ...document, inErp: false });
  }
}

/** Brings the index in step with what the decision says finds the shipment; returns the names that are new. */
export function renamed(batch: Batch, state: ShipmentState): Name[] {
  if (state.decision === undefined) return [];
  const after = namesFrom(state, state.decision);
  if (areSame(after, state.names)) return [];
  const before = new Map(state.names.map((row) => [nameKey(row), row]));
  state.names = after;
  const added: Name[] = [];
  for (const row of after) {
    addName(batch.index, row);
    if (!before.delete(nameKey(row))) added.push({ type: row.type, value: row.value });
  }
  for (const row of before.values()) removeName(batch.index, row);
  return added;
}

function areSame(some: readonly ReferenceRow[], others: readonly ReferenceRow[]): boolean {
  if (some.length !== others.length) return false;
  return some.every(({ type, value, taughtAt }, index) => {
    const other = others[index];
    return other?.type === type && other.value === value && other.taughtAt === taughtAt;
  });
}

function namesFrom(state: ShipmentState, decision: Decision): ReferenceRow[] {
  const lessons = lessonTimes(state.facts, new Set(decision.unheard));
  const { shipment } = state.row;
  return decision.references.map(({ type, value }) => {
    const taughtAt = lessons.get(nameKey({ type, value }));
    return taughtAt === undefined ? { type, value, shipment } : { type, value, shipment, taughtAt };
  });
}

// A plan gives numbers; everything else that is heard teaches them.
function lessonTimes(facts: readonly Fact[], unheard: ReadonlySet<string>): Map<string, Instant> {
  const times = new Map<string, Instant>();
  for (const { kind, id, teaches, reportedAt } of facts) {
    if (teaches === undefined || kind === 'plan' || unheard.has(id)) continue;
    for (const lesson of teaches) {
      const key = nameKey(lesson);
      times.set(key, Math.max(times.get(key) ?? reportedAt, reportedAt));
    }
  }
  return times;
}
