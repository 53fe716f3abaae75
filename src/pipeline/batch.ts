// What one pass holds in its hands: the shipments it may touch, the names that find them, the orders they name, and
// the facts that wait. Read here in few statements; from then on the pass needs the database only to write.
import type { ClientBase } from 'pg';
import type { Decision, Standing } from '../model/decision.ts';
import type { KnownDocument } from '../model/document.ts';
import type { Fact } from '../model/fact.ts';
import type { RuleBook } from '../model/rules.ts';
import type { Order } from '../model/shipment.ts';
import type { Instant } from '../model/time.ts';
import { decodeFacts } from '../store/facts.ts';
import { type DecidedDocument, documentsOf } from '../store/invoices.ts';
import { findOrders, holdOrderNumbers, type KnownOrder } from '../store/orders.ts';
import { findReferences, type Name, type ReferenceRow } from '../store/references.ts';
import { createShipments, lockShipments, type ShipmentChange, type ShipmentRow } from '../store/shipments.ts';
import { lockWaitingUnder, type WaitingFact } from '../store/waiting.ts';
import type { Memory } from './context.ts';
import { recall } from './fact-memory.ts';
import { addName, emptyIndex, type NameIndex, nameKey, shipmentUnder } from './resolve.ts';
import type { Arrival } from './translate.ts';

export type ShipmentState = {
  readonly row: ShipmentRow;
  /** All facts; those beyond `row.factCount` are new. */
  readonly facts: Fact[];
  readonly documents: KnownDocument[];
  readonly decided: DecidedDocument[];
  /** What finds it now. */
  names: readonly ReferenceRow[];
  standing: Standing;
  decision: Decision | undefined;
  /** Decided since it was last written. */
  touched: boolean;
  /** What its rows hold by now. */
  kept: { readonly facts: number; readonly names: string; readonly charges: string; readonly listing: string };
  /** As it was last written in this pass. */
  change?: ShipmentChange;
};

/** Waits now, or has just been found. */
export type Waiter = WaitingFact & {
  /** It waited before this pass. */
  readonly kept: boolean;
};

export type Batch = {
  readonly rules: RuleBook;
  readonly now: Instant;
  readonly index: NameIndex;
  readonly states: Map<string, ShipmentState>;
  /** By `orderKey`. */
  readonly orders: Map<string, KnownOrder>;
  /** By event id. */
  readonly waiting: Map<string, Waiter>;
  /** By `nameKey`: the event ids that wait under it. */
  readonly waitingUnder: Map<string, Set<string>>;
};

export function orderKey({ order, customer }: Pick<Order, 'order' | 'customer'>): string {
  return `${order} ${customer}`;
}

export type BatchMemory = Pick<Memory, 'seen' | 'facts'>;

export type Gathering = {
  readonly arrivals: readonly Arrival[];
  /** Names under which to look for waiting facts, whatever arrives. */
  readonly recheck: readonly Name[];
  readonly rules: RuleBook;
  readonly now: Instant;
  /** What names first a shipment that this process has seen needs no other name. */
  readonly memory: BatchMemory;
};

/** Reads and holds all that these arrivals can touch. */
export async function gather(client: ClientBase, tenant: string, gathering: Gathering): Promise<Batch> {
  const { arrivals, recheck, rules, now, memory } = gathering;
  const { seen } = memory;
  const numbers = orderNumbersIn(arrivals);
  await holdOrderNumbers(client, tenant, numbers);
  const batch = emptyBatch(rules, now);
  const plans = [...new Set(arrivals.flatMap(({ fact }) => (fact?.kind === 'plan' ? [fact.plan.shipment] : [])))];
  await createShipments(client, tenant, plans, now);
  const direct = arrivals.flatMap(({ translated: { names } }) => (isSeen(names[0], seen) ? [names[0]] : []));
  const named = distinct([...direct, ...namesToLookUp(arrivals, seen)]);
  await take(client, tenant, batch, { names: named, plans, memory });
  for (const { row } of batch.states.values()) if (row.factCount > 0) seen.add(row.shipment);
  const begins = arrivals.flatMap(namesToBe).filter((name) => mayBegin(batch, name));
  const waiting = await waitingFor(client, tenant, [...recheck, ...begins]);
  await take(client, tenant, batch, { names: distinct(waiting.flatMap(({ names }) => names)), plans: [], memory });
  for (const fact of waiting) wait(batch, { ...fact, kept: true });
  await readOrders(client, tenant, batch, numbers);
  return batch;
}

function emptyBatch(rules: RuleBook, now: Instant): Batch {
  const nothing = { states: new Map(), orders: new Map(), waiting: new Map(), waitingUnder: new Map() };
  return { rules, now, index: emptyIndex(), ...nothing };
}

function isSeen(name: Name | undefined, seen: ReadonlySet<string>): name is Name {
  return name?.type === 'shipment' && seen.has(name.value);
}

function namesToLookUp(arrivals: readonly Arrival[], seen: ReadonlySet<string>): Name[] {
  return arrivals.flatMap((arrival) => {
    const { event, names } = arrival.translated;
    if (event.type === 'order.placed') return [{ type: 'order', value: event.data.order }];
    if (arrival.fact?.kind === 'plan') return namesToBe(arrival);
    return isSeen(names[0], seen) ? [] : names;
  });
}

/** Reads who carries these names, and takes the shipments they find. */
async function take(
  client: ClientBase,
  tenant: string,
  batch: Batch,
  { names, plans, memory }: { names: readonly Name[]; plans: readonly string[]; memory: BatchMemory },
): Promise<void> {
  const references = await findReferences(
    client,
    tenant,
    names.filter(({ type }) => type !== 'shipment'),
  );
  for (const reference of references) addName(batch.index, reference);
  await hold(client, tenant, batch, { shipments: [...plans, ...candidates(batch.index, names)], memory });
  // Rare: an id that is no shipment's own may have been linked to one.
  const strange = names.filter(({ type, value }) => type === 'shipment' && !batch.states.has(value));
  if (strange.length === 0) return;
  const linked = await findReferences(client, tenant, strange);
  for (const reference of linked) addName(batch.index, reference);
  await hold(client, tenant, batch, { shipments: linked.map(({ shipment }) => shipment), memory });
}

async function hold(
  client: ClientBase,
  tenant: string,
  batch: Batch,
  { shipments, memory }: { shipments: readonly string[]; memory: BatchMemory },
): Promise<void> {
  const wanted = [...new Set(shipments)].filter((shipment) => !batch.states.has(shipment)).sort();
  const rows = await lockShipments(client, tenant, wanted);
  // A shipment that this pass itself makes is known from its plan on, not before.
  for (const { shipment, factCount } of rows) if (factCount > 0) batch.index.shipments.add(shipment);
  for (const [shipment, state] of await statesFrom(client, tenant, rows, memory)) batch.states.set(shipment, state);
}

// Under a name that finds already, nothing waits. Only a lesson given for the first time may change that.
function mayBegin({ index, states }: Batch, name: Name & { shipment?: string }): boolean {
  if (name.type === 'shipment') return !index.shipments.has(name.value);
  if (shipmentUnder(index, name) !== undefined) return false;
  const state = name.shipment === undefined ? undefined : states.get(name.shipment);
  return !state?.names.some(({ type, value, taughtAt }) => type === name.type && value === name.value && taughtAt);
}

/** The same, for shipments that are held already. */
export async function gatherHeld(
  client: ClientBase,
  tenant: string,
  parts: { rows: readonly ShipmentRow[]; rules: RuleBook; now: Instant; memory: BatchMemory },
): Promise<Batch> {
  const { rows, rules, now, memory } = parts;
  const batch = { ...emptyBatch(rules, now), states: await statesFrom(client, tenant, rows, memory) };
  await readOrders(client, tenant, batch, []);
  return batch;
}

export function wait(batch: Batch, waiter: Waiter): void {
  batch.waiting.set(waiter.eventId, waiter);
  for (const name of waiter.names) {
    const key = nameKey(name);
    const under = batch.waitingUnder.get(key);
    if (under === undefined) batch.waitingUnder.set(key, new Set([waiter.eventId]));
    else under.add(waiter.eventId);
  }
}

/** Names that may begin to find a shipment when this is applied; which, where it is plain. */
function namesToBe({ translated, fact }: Arrival): (Name & { shipment?: string })[] {
  if (fact?.kind !== 'plan') {
    const own = translated.names[0]?.type === 'shipment' ? translated.names[0].value : undefined;
    return translated.teaches.map(({ type, value }) => ({ type, value, shipment: own }));
  }
  const { shipment, references = [], orders = [] } = fact.plan;
  return [{ type: 'shipment', value: shipment }, ...references, ...orders.map((value) => ({ type: 'order', value }))];
}

// What waits may itself teach names under which more waits.
async function waitingFor(client: ClientBase, tenant: string, names: readonly Name[]): Promise<WaitingFact[]> {
  const asked = new Set<string>();
  const found = new Map<string, WaitingFact>();
  let next = distinct(names);
  while (next.length > 0) {
    for (const name of next) asked.add(nameKey(name));
    const facts = (await lockWaitingUnder(client, tenant, next)).filter(({ eventId }) => !found.has(eventId));
    for (const fact of facts) found.set(fact.eventId, fact);
    const lessons = facts.flatMap(({ fact }) => decodeFacts(fact).flatMap(({ teaches = [] }) => teaches));
    next = distinct(lessons).filter((name) => !asked.has(nameKey(name)));
  }
  return [...found.values()];
}

function distinct(names: readonly Name[]): Name[] {
  return [...new Map(names.map((name) => [nameKey(name), name])).values()];
}

// Of an ambiguous name none is taken: it finds nothing, and may be carried by hundreds.
function candidates(index: NameIndex, names: readonly Name[]): string[] {
  return names.flatMap((name) => {
    if (name.type === 'shipment') return [name.value];
    const shipment = shipmentUnder(index, name);
    if (shipment !== undefined) return [shipment];
    return name.type === 'order' ? [...(index.carriers.get(nameKey(name))?.keys() ?? [])] : [];
  });
}

async function statesFrom(client: ClientBase, tenant: string, rows: readonly ShipmentRow[], memory: BatchMemory) {
  const billed = rows.filter(({ documents }) => documents > 0).map(({ shipment }) => shipment);
  const documents = byShipment(await documentsOf(client, tenant, billed));
  const states = new Map<string, ShipmentState>();
  for (const row of rows) {
    const { shipment } = row;
    states.set(shipment, {
      row,
      facts: recall(memory.facts, shipment, row.facts),
      documents: documents.get(shipment) ?? [],
      decided: [],
      names: namesIn(row),
      standing: JSON.parse(row.standing) as Standing,
      decision: undefined,
      touched: false,
      kept: { facts: row.factCount, names: row.names, charges: row.charges, listing: row.listing },
    });
  }
  return states;
}

// One of several shipments is each one's.
function byShipment(documents: readonly KnownDocument[]): Map<string, KnownDocument[]> {
  const own = new Map<string, KnownDocument[]>();
  for (const document of documents) {
    for (const shipment of new Set(document.lines.map((line) => line.shipment))) {
      const known = own.get(shipment);
      if (known === undefined) own.set(shipment, [document]);
      else known.push(document);
    }
  }
  return own;
}

function namesIn({ shipment, names }: ShipmentRow): ReferenceRow[] {
  return (JSON.parse(names) as [string, string, Instant?][]).map(([type, value, taughtAt]) =>
    taughtAt === undefined ? { type, value, shipment } : { type, value, shipment, taughtAt },
  );
}

function orderNumbersIn(arrivals: readonly Arrival[]): string[] {
  const numbers = arrivals.flatMap(({ translated: { event }, fact }) => {
    if (event.type === 'order.placed') return [event.data.order];
    return fact === undefined ? [] : orderNumbersOf(fact);
  });
  return [...new Set(numbers)];
}

function orderNumbersOf(fact: Fact): string[] {
  if (fact.kind === 'packed') return fact.contents.map(({ order }) => order);
  if (fact.kind !== 'plan') return [];
  return [...(fact.plan.orders ?? []), ...(fact.plan.contents ?? []).map(({ order }) => order)];
}

async function readOrders(client: ClientBase, tenant: string, batch: Batch, numbers: readonly string[]): Promise<void> {
  const named = [...batch.states.values()].flatMap(({ facts }) => facts.flatMap(orderNumbersOf));
  for (const known of await findOrders(client, tenant, [...new Set([...numbers, ...named])])) {
    batch.orders.set(orderKey(known.order), known);
  }
}

/** Every order that the facts name, of any customer they name: which plan holds is for the core to say. */
export function ordersOf(batch: Batch, facts: readonly Fact[]): Order[] {
  if (batch.orders.size === 0) return [];
  const customers = new Set(facts.flatMap((fact) => (fact.kind === 'plan' ? [fact.plan.customer] : [])));
  const numbers = [...new Set(facts.flatMap(orderNumbersOf))];
  return [...customers].flatMap((customer) =>
    numbers.flatMap((order) => batch.orders.get(orderKey({ order, customer }))?.order ?? []),
  );
}
