// One shipment explained: the facts with their sources, and what `decide` makes of them now. Pure.
//
// The decision is made here again, by the same function on the same facts, so that what is explained is what was done.

import { rulingsIn } from '../../domain/billing/manual.ts';
import { decide } from '../../domain/decide.ts';
import { goodsIn } from '../../domain/goods/contents.ts';
import { type Heard, hear } from '../../domain/shipment/hearing.ts';
import { type Journey, journeyFrom, stopMeant } from '../../domain/shipment/journey.ts';
import type { ChargeRow, Decision, RatedCharge, ShipmentInput } from '../../model/decision.ts';
import { subtotalOf } from '../../model/document.ts';
import type { Fact, MilestoneFact } from '../../model/fact.ts';
import { placeOf } from '../../model/milestone.ts';
import { formatMinor } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import { formatInstant, type Instant, instantIn } from '../../model/time.ts';
import type { EventOrigin } from '../../store/read/knowledge.ts';
import type { ExplainedInvoice } from '../explanation/document.ts';
import type { ExplainedException } from '../explanation/exception.ts';
import type { ExplainedCharge, ExplainedMilestone, ShipmentExplanation } from '../explanation/shipment.ts';
import { partnerName } from '../partner-names.ts';
import { billingSentence } from './billing.ts';
import { explainFacts } from './facts.ts';
import { explainStop, localOf } from './stop.ts';

export type ShipmentKnowledge = {
  readonly input: ShipmentInput;
  readonly rules: RuleBook;
  readonly now: Instant;
  /** Event id → its message. */
  readonly messageOf: ReadonlyMap<string, EventOrigin>;
  readonly invoices: readonly ExplainedInvoice[];
  readonly exceptions: readonly ExplainedException[];
};

export function explainShipment(known: ShipmentKnowledge): ShipmentExplanation {
  const { input, rules, now, invoices, exceptions } = known;
  const heard = hear(input.facts, rules);
  const decision = decide(input, rules, now);
  const kept = {
    about: 'shipment' as const,
    shipment: input.shipment,
    ...factsOf(known, heard),
    invoices: [...invoices],
  };
  if (heard === undefined || decision === undefined) {
    const billingBecause = 'Not invoiced because its plan is not known; waits for the plan; owner operations.';
    return { ...kept, billingBecause, charges: [], awaitingApproval: [], exceptions: [...exceptions] };
  }
  const policy = rules.policies.get(decision.customer);
  const trigger = policy?.content.trigger ?? 'pod';
  const journey = journeyFrom(heard);
  const open = exceptions.filter(({ state }) => state === 'open') as (ExplainedException & { kind: never })[];
  return {
    ...kept,
    customer: decision.customer,
    ...given('customerName', partnerName(rules, decision.customer)),
    ...given('carrier', decision.carrier),
    ...given('carrierName', partnerName(rules, decision.carrier)),
    status: decision.status,
    billing: decision.billing,
    ...given('billingBecause', billingSentence({ decision, heard, journey, trigger, invoices, open })),
    ...given('pickedUpAt', timeOf(decision.pickedUpAt)),
    ...given('deliveredAt', timeOf(decision.deliveredAt)),
    ...given('ratingDate', decision.ratingDate),
    policy: {
      trigger,
      consolidation: policy?.content.consolidation ?? 'shipment',
      ...given('version', policy?.version),
      given: policy !== undefined,
    },
    charges: chargesOf(decision, known),
    awaitingApproval: decision.awaitingApproval.map(({ kind, currency, corrects, lines }) => ({
      kind,
      currency,
      total: formatMinor(subtotalOf(lines), currency),
      ...given('corrects', corrects),
      lines: lines.map(({ code, amountMinor, description, derivation }) => ({
        ...{ code, amount: formatMinor(amountMinor, currency), description, derivation: [...derivation] },
      })),
    })),
    exceptions: [...exceptions],
  };
}

/** `{ [key]: value }`, or nothing where there is none. */
function given<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: V };
}

const timeOf = (instant: Instant | undefined) => (instant === undefined ? undefined : formatInstant(instant));

function factsOf(known: ShipmentKnowledge, heard: Heard | undefined) {
  const { facts } = known.input;
  const unheard = new Set(heard?.unheard ?? []);
  const journey = heard === undefined ? undefined : journeyFrom(heard);
  const sourceOf = (fact: Fact) => sourceFrom(fact, known);
  return {
    ...(heard === undefined ? {} : { plan: planOf(heard, sourceOf) }),
    ...given('goods', heard && goodsOf(heard.facts)),
    references: referencesOf(facts, heard),
    stops: journey === undefined ? [] : journey.stops.map((stop) => explainStop(stop, journey)),
    milestones: facts
      .filter((fact) => fact.kind === 'milestone')
      .map((fact) => milestoneOf(fact, journey, unheard, sourceOf(fact)))
      .sort((a, b) => (a.at === b.at ? Number(a.event) - Number(b.event) : a.at < b.at ? -1 : 1)),
    facts: explainFacts({
      facts,
      unheard,
      believed: new Set(journey?.happenings.map(({ factId }) => factId)),
      sourceOf,
    }),
    documents: facts
      .filter((fact) => fact.kind === 'document')
      .map((fact) => ({
        kind: fact.document,
        ...given('mediaType', fact.mediaType),
        ...given('signedBy', fact.signedBy),
        ...given('url', fact.url),
        isKept: fact.content !== undefined,
        heard: !unheard.has(fact.id),
        ...sourceOf(fact),
      })),
    reports: facts
      .filter((fact) => fact.kind === 'charge')
      .map((fact) => ({
        code: fact.code,
        side: fact.side,
        ...given('quantity', fact.quantity),
        occurredAt: formatInstant(fact.occurredAt),
        heard: !unheard.has(fact.id),
        ...sourceOf(fact),
      })),
    byHand: byHandOf(facts, sourceOf),
  };
}

function goodsOf(heard: readonly Fact[]): ShipmentExplanation['goods'] {
  const lines = goodsIn(heard).map(({ order, line, shipped, kept }) => ({
    ...{ order, line, shipped: shipped.toFixed(), kept: kept.toFixed() },
  }));
  return lines.length === 0 ? undefined : lines;
}

function byHandOf(facts: readonly Fact[], sourceOf: (fact: Fact) => Source): ShipmentExplanation['byHand'] {
  const rulings = rulingsIn(facts);
  return facts
    .filter((fact) => fact.kind === 'entry')
    .map((fact) => {
      const word = facts.find((each) => each.kind === 'ruling' && each.entries.includes(fact.id));
      const standing = fact.needsApproval ? (rulings.get(fact.id) ?? 'waits for approval') : 'within the limit';
      const { entry, code, amount, currency, reason } = fact;
      return { entry, code, amount, currency, reason, standing, ...given('ruledBy', word?.sender), ...sourceOf(fact) };
    });
}

function sourceFrom(fact: Fact, { messageOf, rules }: ShipmentKnowledge) {
  return {
    sender: fact.sender,
    ...given('senderName', partnerName(rules, fact.sender)),
    reportedAt: formatInstant(fact.reportedAt),
    event: fact.id,
    ...given('message', messageOf.get(fact.id)?.message),
    ...given('recordedAt', messageOf.get(fact.id)?.recordedAt),
  };
}

type Source = ReturnType<typeof sourceFrom>;

function planOf({ plan, planFact }: Heard, sourceOf: (fact: Fact) => Source): ShipmentExplanation['plan'] {
  return {
    mode: plan.mode,
    ...given('service', plan.service),
    ...given('equipment', plan.equipment),
    orders: plan.orders ?? [],
    ...given('weight', plan.weight && `${plan.weight.value} ${plan.weight.unit}`),
    ...given('pallets', plan.pallets),
    ...given('units', plan.units),
    ...given('distanceMiles', plan.distanceMiles),
    attributes: plan.attributes ?? [],
    ...sourceOf(planFact),
  };
}

function referencesOf(facts: readonly Fact[], heard: Heard | undefined) {
  const all = [...(heard?.plan.references ?? []), ...facts.flatMap((fact) => fact.teaches ?? [])];
  return [...new Map(all.map((reference) => [`${reference.type} ${reference.value}`, reference])).values()];
}

function milestoneOf(
  fact: MilestoneFact,
  journey: Journey | undefined,
  unheard: ReadonlySet<string>,
  source: Source,
): ExplainedMilestone {
  const happening = journey?.happenings.find(({ factId }) => factId === fact.id);
  const stop = journey === undefined ? undefined : stopMeant(fact, placeOf(fact.milestone), journey.stops);
  const zone = stop?.timezone;
  const read = fact.localTime === undefined || zone === undefined ? fact.occurredAt : instantIn(zone, fact.localTime);
  const at = happening?.at ?? read;
  return {
    milestone: fact.milestone,
    at: formatInstant(at),
    ...localOf(at, zone),
    ...given('stop', stop?.sequence),
    ...given('reason', fact.reason),
    standing:
      unheard.has(fact.id) || journey === undefined ? 'not heard' : happening === undefined ? 'corrected' : 'believed',
    ...source,
  };
}

// A code stands in `rated` as it is charged now, of goods once an order line, and in the rows by what is done about it; either
// may be alone.
function chargesOf(decision: Decision, known: ShipmentKnowledge): ExplainedCharge[] {
  const groups = new Map<string, { rated: RatedCharge[]; rows: ChargeRow[] }>();
  const groupOf = ({ side, code, currency }: Pick<ChargeRow, 'side' | 'code' | 'currency'>) => {
    const key = [side, code, currency].join('\u0000');
    const group = groups.get(key) ?? { rated: [], rows: [] };
    groups.set(key, group);
    return group;
  };
  for (const rated of decision.rated) groupOf(rated).rated.push(rated);
  for (const row of decision.charges) groupOf(row).rows.push(row);
  return [...groups.values()].map(({ rated, rows }) => chargeOf(rated, rows, known)).sort(bySideAndCode);
}

function chargeOf(
  rated: readonly RatedCharge[],
  rows: readonly ChargeRow[],
  known: ShipmentKnowledge,
): ExplainedCharge {
  const [first] = rated;
  const { side, code, currency } = (first ?? rows[0]) as ChargeRow;
  const amountMinor = rated.reduce((sum, charge) => sum + charge.amountMinor, 0n);
  const facts = new Set(rated.flatMap((charge) => charge.facts));
  return {
    side,
    code,
    currency,
    ...given('amount', first && formatMinor(amountMinor, currency)),
    states: rows.map(({ state, amountMinor }) => ({ state, amount: formatMinor(amountMinor, currency) })),
    ...given('agreement', first?.agreement && { ...first.agreement }),
    ...given('lane', first?.lane),
    derivation: first ? rated.flatMap((charge) => charge.derivation()) : ['no longer charged'],
    restsOn: [...facts].map((id) => ({
      event: id,
      ...given('message', known.messageOf.get(id)?.message),
      what: whatOf(known.input.facts.find((fact) => fact.id === id)),
    })),
  };
}

function bySideAndCode(a: ExplainedCharge, b: ExplainedCharge): number {
  // Ours to bill first; linehaul before what comes on top of it.
  const rank = ({ side, code }: ExplainedCharge) =>
    `${side === 'sell' ? 0 : 1}${code === 'LHL' ? 0 : code === 'FSC' ? 1 : 2}${code}`;
  return rank(a) < rank(b) ? -1 : 1;
}

/** A fact in a few words. */
export function whatOf(fact: Fact | undefined): string {
  if (fact === undefined) return 'a fact no longer here';
  switch (fact.kind) {
    case 'milestone':
      return `${fact.milestone} at ${formatInstant(fact.occurredAt)}`;
    case 'appointment':
      return `${fact.end} appointment at ${formatInstant(fact.from)}`;
    case 'document':
      return `document ${fact.document}`;
    case 'charge':
      return `charge ${fact.code} reported`;
    case 'entry':
      return `${fact.entry} ${fact.code} of ${fact.amount} ${fact.currency} entered by hand`;
    case 'ruling':
      return `entries by hand ${fact.ruling}`;
    case 'link':
      return `linked by hand: ${(fact.teaches ?? []).map(({ type, value }) => `${type} ${value}`).join(', ')}`;
    case 'packed':
      return `packed at ${formatInstant(fact.occurredAt)}`;
    case 'short':
      return `shortage at ${formatInstant(fact.occurredAt)}`;
    case 'returned':
      return `goods returned at ${formatInstant(fact.occurredAt)}`;
    default:
      return fact.kind;
  }
}
