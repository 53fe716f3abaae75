// What a packet rests on, read from the store in one view of it, and cut to what its reader may see.

import { manualIn } from '../../domain/billing/manual.ts';
import { hear } from '../../domain/shipment/hearing.ts';
import type { Decision, Side, Standing } from '../../model/decision.ts';
import type { Fact } from '../../model/fact.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Partner } from '../../model/setup/partner.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { Order } from '../../model/shipment.ts';
import { type Instant, instantOf } from '../../model/time.ts';
import { type EventOrigin, memoriesOfShipments, originsOfEvents } from '../../store/read/knowledge.ts';
import { type WholeDocument, wholeDocuments } from '../../store/read/packet.ts';
import { fuelPricesHeld, type HeldFuelPrice, ordersHeld, ruleVersionsHeld } from '../../store/read/states.ts';
import { type Asked, seenIn } from '../explain/asked.ts';
import { ordersOf } from '../explain/known-shipments.ts';
import { knownThen } from './document-lines.ts';
import type { Basis, ShipmentInPacket } from './packet.ts';
import { OUR_DESK, type Reader } from './reader.ts';
import { type Parties, partnerInPacket, ruleBookOf, rulesFor } from './rules-in-packet.ts';
import { changedSince } from './states.ts';
import type { Subject } from './subject.ts';

/** Beyond these a common invoice's shipments are named, and their facts left out. */
export const MOST_SHIPMENTS = 20;

export async function gatherBasis(asked: Asked, subject: Subject, reader: Reader): Promise<Basis> {
  const { client, tenant, now } = asked;
  const gathered = await gatherShipments(asked, subject.shipments.slice(0, MOST_SHIPMENTS), subject.side, reader);
  const shipments = gathered.map(({ inPacket }) => inPacket);
  const documents = (
    await wholeDocuments(
      client,
      tenant,
      shipments.map(({ shipment }) => shipment),
    )
  )
    .filter(({ customer }) => reader.customer === undefined || customer === reader.customer)
    .filter(() => subject.side === 'sell')
    .map((document) => ({
      ...document,
      approvedBy: reader.customer === undefined ? document.approvedBy : undefined,
      known: {},
    }));
  const basis: Basis = {
    at: now,
    ...(reader.customer === undefined ? {} : { customer: reader.customer }),
    side: subject.side,
    ...(subject.invoice === undefined ? {} : { invoice: subject.invoice }),
    ...(subject.charge === undefined ? {} : { charge: subject.charge }),
    rules: rulesFor(partiesOf(gathered, subject), asked.rules, subject.side),
    shipments,
    documents,
    carrierInvoices: subject.carrierInvoices,
  };
  const whole = await withStates(asked, basis, gathered);
  return { ...whole, documents: withKnown(whole, gathered) };
}

// What was corrected after a document was decided is kept beside what is there now.
async function withStates({ client, tenant }: Asked, basis: Basis, gathered: readonly Gathered[]): Promise<Basis> {
  const [first] = basis.documents.map(({ decidedAt }) => instantOf(decidedAt)).sort((a, b) => a - b);
  if (first === undefined) return basis;
  const indexes = basis.rules.fuel.map(({ index }) => index);
  const prices = Map.groupBy(await fuelPricesHeld(client, tenant, indexes), ({ index }) => index);
  const fuel = basis.rules.fuel.map((each) => {
    const held = changedWeeks(prices.get(each.index) ?? [], first);
    return held.length === 0 ? each : { ...each, held };
  });
  const shipments: ShipmentInPacket[] = [];
  for (const { inPacket, customer = '' } of gathered) {
    const states = await ordersHeld(
      client,
      tenant,
      customer,
      inPacket.orders.map(({ order }) => order),
    );
    const changed = [...Map.groupBy(states, ({ order }) => order.order).values()].flatMap((each) =>
      changedSince(each, first),
    );
    shipments.push(changed.length === 0 ? inPacket : { ...inPacket, ordersHeld: changed });
  }
  const held = await rulesHeld({ client, tenant }, basis.rules, first);
  return { ...basis, rules: { ...basis.rules, fuel, ...held }, shipments };
}

// A profile that changed in what is no matter of the packet did not change here.
async function rulesHeld(
  { client, tenant }: Pick<Asked, 'client' | 'tenant'>,
  { partners, policies }: Basis['rules'],
  first: Instant,
): Promise<Pick<Basis['rules'], 'partnersHeld' | 'policiesHeld'>> {
  const ids = partners.map(({ id }) => id);
  const profiles = (await ruleVersionsHeld(client, tenant, 'partner', ids)).map(({ content, from, until }) => ({
    ...partnerInPacket(content as Partner),
    from,
    ...(until === undefined ? {} : { until }),
  }));
  const partnersHeld = [...Map.groupBy(profiles, ({ id }) => id).values()].flatMap((versions) => {
    const changed = changedSince(versions, first);
    return new Set(changed.map(({ name, roles, timezone }) => JSON.stringify([name, roles, timezone]))).size > 1
      ? changed
      : [];
  });
  const customers = policies.map(({ content }) => content.customer);
  const versions = await ruleVersionsHeld(client, tenant, 'policy', customers);
  const policiesHeld = [...Map.groupBy(versions, ({ id }) => id).values()]
    .flatMap((each) => changedSince(each, first))
    .map(({ id: _, from, content, ...state }) => ({
      ...{ ...state, from, importedAt: from },
      content: content as BillingPolicy,
    }));
  return {
    ...(partnersHeld.length === 0 ? {} : { partnersHeld }),
    ...(policiesHeld.length === 0 ? {} : { policiesHeld }),
  };
}

function changedWeeks(states: readonly HeldFuelPrice[], since: Instant) {
  const weeks = Map.groupBy(states, ({ effective }) => effective).values();
  return [...weeks].flatMap((week) => changedSince(week, since)).map(({ index: _, ...state }) => state);
}

type Gathered = {
  readonly inPacket: ShipmentInPacket;
  readonly customer?: string;
  readonly carrier?: string;
  /** By event id: when it was recorded, RFC 3339. */
  readonly recordedAt: ReadonlyMap<string, string>;
};

// Those that there are and this reader may see.
async function gatherShipments(
  asked: Asked,
  shipments: readonly string[],
  side: Side,
  { customer }: Reader,
): Promise<Gathered[]> {
  const { client, tenant, rules } = asked;
  const memories = await memoriesOfShipments(client, tenant, shipments);
  const found = shipments.flatMap((shipment): Found[] => {
    const memory = memories.get(shipment);
    const seen = memory && seenIn(asked, shipment, memory.facts);
    if (memory === undefined || (customer !== undefined && seen?.customer !== customer)) return [];
    const facts = factsFor(side, customer === undefined ? memory.facts : toldOf(memory.facts, rules));
    return [{ shipment, facts, standing: memory.standing, seen }];
  });
  const events = found.flatMap(({ facts }) => facts.map(({ id }) => id));
  const origins = await originsOfEvents(client, tenant, events);
  // An order has the customer's prices.
  const orders = side === 'buy' ? [] : await ordersOf(asked, found.map(ordersNamedBy));
  return found.map((each, index) => gatheredFrom(each, orders[index] ?? [], { origins, rules, side }));
}

type Found = Pick<ShipmentInPacket, 'shipment' | 'facts'> & {
  readonly standing: Standing;
  readonly seen: Decision | undefined;
};

function ordersNamedBy({ facts, seen }: Found) {
  const planned = facts.flatMap((fact) => (fact.kind === 'plan' ? (fact.plan.orders ?? []) : []));
  const claimed = (seen?.claims ?? []).map(({ order }) => order);
  return { customer: seen?.customer, numbers: [...new Set([...planned, ...claimed])] };
}

type Around = { readonly origins: ReadonlyMap<string, EventOrigin>; readonly rules: RuleBook; readonly side: Side };

function gatheredFrom({ shipment, facts, standing, seen }: Found, orders: Order[], around: Around): Gathered {
  const { origins, rules, side } = around;
  const { waived, landed } = standing;
  // Only where the customer pays it is it any of its business.
  const { codes: disbursements, correction } = rules.policies.get(seen?.customer ?? '')?.content.landedCost ?? {};
  const own = facts.flatMap(({ id }) => {
    const origin = origins.get(id);
    return origin === undefined ? [] : [{ id, ...origin }];
  });
  return {
    inPacket: {
      shipment,
      facts,
      orders,
      standing: {
        ...(waived === undefined ? {} : { waived }),
        ...(landed === undefined || side === 'buy' || correction !== true ? {} : { landed }),
      },
      ...(side === 'buy' && disbursements !== undefined ? { disbursements } : {}),
      messageOf: Object.fromEntries(own.map(({ id, message }) => [id, message])),
    },
    ...(seen === undefined ? {} : { customer: seen.customer }),
    ...(seen?.carrier === undefined ? {} : { carrier: seen.carrier }),
    recordedAt: new Map(own.flatMap(({ id, recordedAt }) => (recordedAt === undefined ? [] : [[id, recordedAt]]))),
  };
}

// A customer is told what counts and why, not who of ours entered it, nor what was only proposed.
function toldOf(facts: readonly Fact[], rules: RuleBook): Fact[] {
  const inForce = manualIn(facts).entries.map((entry) => ({ ...entry, sender: OUR_DESK, needsApproval: false }));
  const heard = hear(facts, rules)?.facts ?? [];
  return [...heard.filter(({ kind }) => kind !== 'entry' && kind !== 'ruling'), ...inForce];
}

// What concerns the other side's money alone is not for this one to read.
function factsFor(side: Side, facts: readonly Fact[]): Fact[] {
  return facts.filter((fact) => {
    if (fact.kind === 'entry' || fact.kind === 'ruling') return side === 'sell';
    return fact.kind !== 'charge' || fact.side === 'both' || fact.side === side;
  });
}

function partiesOf(gathered: readonly Gathered[], { carrierInvoices }: Subject): Parties {
  return {
    customers: new Set(gathered.flatMap(({ customer }) => customer ?? [])),
    carriers: new Set([
      ...gathered.flatMap(({ carrier }) => carrier ?? []),
      ...carrierInvoices.map(({ carrier }) => carrier),
    ]),
    senders: new Set(gathered.flatMap(({ inPacket }) => inPacket.facts.map(({ sender }) => sender))),
  };
}

function withKnown(basis: Basis, gathered: readonly Gathered[]): Basis['documents'] {
  const rules = ruleBookOf(basis.rules);
  return basis.documents.map((document) => {
    const known = gathered.flatMap(({ inPacket, recordedAt }) => {
      if (!document.lines.some(({ shipment }) => shipment === inPacket.shipment)) return [];
      const recorded = recordedBy(inPacket.facts, recordedAt, document);
      const count = knownThen(basis, rules, document, inPacket, recorded);
      return count === undefined ? [] : [[inPacket.shipment, count] as const];
    });
    return { ...document, known: Object.fromEntries(known) };
  });
}

function recordedBy(facts: readonly Fact[], recordedAt: ReadonlyMap<string, string>, document: WholeDocument): number {
  const at = instantOf(document.decidedAt);
  return facts.filter(({ id }) => instantOf(recordedAt.get(id) ?? document.decidedAt) <= at).length;
}
