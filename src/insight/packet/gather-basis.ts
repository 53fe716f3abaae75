// What a packet rests on, read from the store in one view of it, and cut to what its reader may see.

import { manualIn } from '../../domain/billing/manual.ts';
import { decide } from '../../domain/decide.ts';
import { hear } from '../../domain/shipment/hearing.ts';
import type { Side } from '../../model/decision.ts';
import type { Fact } from '../../model/fact.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Partner } from '../../model/setup/partner.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import { type Instant, instantOf } from '../../model/time.ts';
import { eventsOfShipment } from '../../store/read/events.ts';
import { memoryOfShipment, originsOfEvents } from '../../store/read/knowledge.ts';
import { type WholeDocument, wholeDocuments } from '../../store/read/packet.ts';
import { fuelPricesHeld, type HeldFuelPrice, ordersHeld, ruleVersionsHeld } from '../../store/read/states.ts';
import type { Asked } from '../explain/asked.ts';
import { ordersOf } from '../explain/find-shipment.ts';
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
  const gathered: Gathered[] = [];
  for (const shipment of subject.shipments.slice(0, MOST_SHIPMENTS)) {
    const found = await gatherShipment(asked, shipment, subject.side, reader);
    if (found !== undefined) gathered.push(found);
  }
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

async function gatherShipment(
  asked: Asked,
  shipment: string,
  side: Side,
  { customer }: Reader,
): Promise<Gathered | undefined> {
  const { client, tenant, rules, now } = asked;
  const memory = await memoryOfShipment(client, tenant, shipment);
  if (memory === undefined) return undefined;
  const seen = decide({ shipment, facts: memory.facts, documents: [], orders: [], standing: {} }, rules, now);
  if (customer !== undefined && seen?.customer !== customer) return undefined;
  const facts = factsFor(side, customer === undefined ? memory.facts : toldOf(memory.facts, rules));
  const numbers = facts.flatMap((fact) => (fact.kind === 'plan' ? (fact.plan.orders ?? []) : []));
  const claimed = (seen?.claims ?? []).map(({ order }) => order);
  const ids = facts.map(({ id }) => id);
  const events = await eventsOfShipment(client, tenant, shipment);
  const { waived, landed } = memory.standing;
  // Only where the customer pays it is it any of its business.
  const { codes: disbursements, correction } = rules.policies.get(seen?.customer ?? '')?.content.landedCost ?? {};
  return {
    inPacket: {
      shipment,
      facts,
      // An order has the customer's prices.
      orders: side === 'buy' ? [] : await ordersOf(asked, seen?.customer, [...new Set([...numbers, ...claimed])]),
      standing: {
        ...(waived === undefined ? {} : { waived }),
        ...(landed === undefined || side === 'buy' || correction !== true ? {} : { landed }),
      },
      ...(side === 'buy' && disbursements !== undefined ? { disbursements } : {}),
      messageOf: Object.fromEntries(
        [...(await originsOfEvents(client, tenant, ids))].map(([event, { message }]) => [event, message]),
      ),
    },
    ...(seen === undefined ? {} : { customer: seen.customer }),
    ...(seen?.carrier === undefined ? {} : { carrier: seen.carrier }),
    recordedAt: new Map(events.map(({ id, recordedAt }) => [id, recordedAt])),
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
