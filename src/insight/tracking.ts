// Where a shipment is, for whoever follows it: its customer, and those to whom a link was given.
//
// It names places and times and nothing else: no money, no people and companies at the stops, no numbers but the customer's own.

import { type Static, Type } from 'typebox';
import { hear } from '../domain/shipment/hearing.ts';
import { type Journey, journeyFrom } from '../domain/shipment/journey.ts';
import { statusOf } from '../domain/shipment/status.ts';
import { SHIPMENT_STATUSES } from '../model/decision.ts';
import type { Fact } from '../model/fact.ts';
import { MILESTONES, type Milestone, STOP_KINDS } from '../model/milestone.ts';
import type { RuleBook } from '../model/rules.ts';
import type { Stop } from '../model/shipment.ts';
import { InstantText } from '../model/text.ts';
import { formatInstant, type Instant } from '../model/time.ts';
import { memoryOfShipment } from '../store/read/knowledge.ts';
import { explainStop } from './explain/stop.ts';
import type { ExplainContext, ExplainOptions } from './explain.ts';

const optional = Type.Optional;

const TrackedStop = Type.Object({
  sequence: Type.Integer(),
  kind: Type.Enum(STOP_KINDS),
  place: Type.String({ description: 'City, region, country' }),
  timezone: optional(Type.String()),
  plannedAt: optional(InstantText),
  plannedUntil: optional(InstantText),
  arrivedAt: optional(InstantText),
  doneAt: optional(InstantText),
  isFailed: optional(Type.Boolean({ description: 'The last attempt at it failed or was refused' })),
});
export const Tracking = Type.Object(
  {
    references: Type.Array(Type.Object({ type: Type.String(), value: Type.String() }), {
      description: "The customer's own: purchase orders, orders, its references",
    }),
    status: Type.Enum(SHIPMENT_STATUSES),
    origin: optional(Type.String()),
    destination: optional(Type.String()),
    expectedAt: optional(Type.String({ format: 'date-time', description: 'While it is not delivered' })),
    expectedBy: optional(Type.Enum(['estimate', 'plan'])),
    deliveredAt: optional(InstantText),
    stops: Type.Array(TrackedStop),
    timeLine: Type.Array(
      Type.Object({
        milestone: Type.Enum(MILESTONES),
        at: InstantText,
        place: optional(Type.String()),
        timezone: optional(Type.String()),
      }),
      { description: 'What happened, the latest first' },
    ),
  },
  { title: 'Tracking', description: 'Where a shipment is: no money, no people, no numbers but those of its customer' },
);
export type Tracking = Static<typeof Tracking>;

/** `undefined`: there is no such shipment, its plan is not known, or it is not this customer's. */
export async function trackingOf(
  { store, rules }: ExplainContext,
  shipment: string,
  { customer }: ExplainOptions = {},
): Promise<Tracking | undefined> {
  const memory = await memoryOfShipment(store, store.tenant, shipment);
  return memory && trackingFrom(memory.facts, await rules.current(store), customer);
}

// Who was asked to carry it, and what is between us and the customer, is nobody's else.
const TOLD: ReadonlySet<Milestone> = new Set(
  MILESTONES.filter((each) => !/^tender/.test(each) && each !== 'damaged' && each !== 'eta'),
);
const OWN_REFERENCES: ReadonlySet<string> = new Set(['po', 'order', 'customer-ref']);
const HAS_ENDED: ReadonlySet<string> = new Set(['delivered', 'refused', 'returned', 'cancelled']);

/** Pure. */
function trackingFrom(facts: readonly Fact[], rules: RuleBook, customer?: string): Tracking | undefined {
  const heard = hear(facts, rules);
  if (heard === undefined || (customer !== undefined && heard.plan.customer !== customer)) return undefined;
  const { plan } = heard;
  const journey = journeyFrom(heard);
  const status = statusOf(journey);
  const stops = journey.stops.map((stop) => trackedStop(stop, journey));
  const last = stops.findLast(({ sequence }) => sequence === journey.destination?.sequence);
  return {
    references: (plan.references ?? [])
      .filter(({ type }) => OWN_REFERENCES.has(type))
      .map(({ type, value }) => ({ type, value })),
    status,
    ...(journey.origin && { origin: placeOf(journey.origin) }),
    ...(journey.destination && { destination: placeOf(journey.destination) }),
    ...(HAS_ENDED.has(status) ? {} : expectation(estimateIn(heard.facts), last?.plannedAt)),
    ...(status === 'delivered' && last?.doneAt !== undefined ? { deliveredAt: last.doneAt } : {}),
    stops,
    timeLine: journey.happenings
      .filter(({ milestone }) => TOLD.has(milestone))
      .map(({ milestone, at, stop }) => ({
        milestone,
        at: formatInstant(at),
        ...(stop && { place: placeOf(stop), ...(stop.timezone && { timezone: stop.timezone }) }),
      }))
      .reverse(),
  };
}

function trackedStop(stop: Stop, journey: Journey): Tracking['stops'][number] {
  const { sequence, kind, timezone, appointment, arrived, done } = explainStop(stop, journey);
  return {
    sequence,
    kind: kind as Stop['kind'],
    place: placeOf(stop),
    ...(timezone === undefined ? {} : { timezone }),
    ...(appointment && { plannedAt: appointment.from }),
    ...(appointment?.to && { plannedUntil: appointment.to }),
    ...(arrived && { arrivedAt: arrived.at }),
    ...(done && { doneAt: done.at }),
    ...(done && /failed|refused/.test(done.milestone) ? { isFailed: true } : {}),
  };
}

// Neither name nor postal code: both may lead to a person's door.
function placeOf({ city, region, country, locode }: Stop): string {
  const parts = [city ?? locode, region, country].filter((part) => part !== undefined && part !== '');
  return parts.join(', ');
}

/** What was said last of when it will come. */
function estimateIn(facts: readonly Fact[]): Instant | undefined {
  let last: { eta: Instant; reportedAt: Instant } | undefined;
  for (const fact of facts) {
    if (fact.kind !== 'milestone' || fact.eta === undefined) continue;
    const { eta, reportedAt } = fact;
    const isLater =
      last === undefined || reportedAt > last.reportedAt || (reportedAt === last.reportedAt && eta > last.eta);
    if (isLater) last = { eta, reportedAt };
  }
  return last?.eta;
}

function expectation(estimate: Instant | undefined, planned: string | undefined) {
  if (estimate !== undefined) return { expectedAt: formatInstant(estimate), expectedBy: 'estimate' as const };
  return planned === undefined ? {} : { expectedAt: planned, expectedBy: 'plan' as const };
}
