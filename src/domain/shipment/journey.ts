// What happened to a shipment, when and where: reports placed at stops, corrected by later reports.
//
// Facts come late, twice and in any order, so nothing here may depend on arrival. Of several reports of one arrival,
// departure, pickup or delivery at one stop, the one reported last is believed; every other milestone may happen again.

import type { AppointmentFact, Fact, MilestoneFact, Whereabouts } from '../../model/fact.ts';
import { CORRECTABLE, type Milestone, placeOf } from '../../model/milestone.ts';
import type { ShipmentPlan, Stop } from '../../model/shipment.ts';
import { type Instant, instantIn, instantOf, type Zone } from '../../model/time.ts';
import type { Heard } from './hearing.ts';

export type Happening = {
  readonly milestone: Milestone;
  readonly at: Instant;
  readonly reportedAt: Instant;
  /** Where it happened, if at a stop of the plan. */
  readonly stop?: Stop;
  readonly country?: string;
  readonly factId: string;
};

export type Journey = {
  /** Ascending by sequence. */
  readonly stops: readonly Stop[];
  readonly origin?: Stop;
  readonly destination?: Stop;
  /** What is believed, ascending by time. */
  readonly happenings: readonly Happening[];
  /** Epoch of a stop's appointment start, as planned or moved since. */
  readonly appointments: ReadonlyMap<Stop, Instant>;
};

export function journeyFrom({ plan, planFact, facts }: Heard): Journey {
  const route = routeOf(plan);
  const { stops } = route;
  return {
    ...route,
    happenings: believedOf(facts, stops).sort((a, b) => a.at - b.at || compareText(a.factId, b.factId)),
    appointments: appointmentsFrom(stops, facts, planFact.reportedAt),
  };
}

type Route = Pick<Journey, 'stops' | 'origin' | 'destination'>;
const ROUTES = new WeakMap<ShipmentPlan, Route>();

// Made once for each plan, which is decided over after every message.
function routeOf(plan: ShipmentPlan): Route {
  let route = ROUTES.get(plan);
  if (route === undefined) {
    const stops = [...plan.stops].sort((a, b) => a.sequence - b.sequence);
    const origin = stops.find((stop) => stop.kind === 'pickup');
    route = { stops, origin, destination: stops.findLast((stop) => stop.kind === 'delivery') };
    ROUTES.set(plan, route);
  }
  return route;
}

function believedOf(facts: readonly Fact[], stops: readonly Stop[]): Happening[] {
  const happenings: Happening[] = [];
  const positions = new Map<string, number>();
  for (const fact of facts) {
    if (fact.kind !== 'milestone') continue;
    const happening = happeningFrom(fact, stops);
    const identity = identityOf(happening, stops);
    const position = identity === undefined ? undefined : positions.get(identity);
    if (position === undefined) {
      if (identity !== undefined) positions.set(identity, happenings.length);
      happenings.push(happening);
    } else if (isBelievedOver(happening, happenings[position] as Happening)) happenings[position] = happening;
  }
  return happenings;
}

function happeningFrom(fact: MilestoneFact, stops: readonly Stop[]): Happening {
  const stop = stopMeant(fact, placeOf(fact.milestone), stops);
  return {
    milestone: fact.milestone,
    at: timeAt(stop?.timezone, fact, fact.occurredAt),
    reportedAt: fact.reportedAt,
    stop,
    country: fact.country ?? stop?.country,
    factId: fact.id,
  };
}

/**
 * The stop that a report means: the one it names, else the one of that kind in the same city, else the one hinted at, else the
 * first pickup or the last delivery. A named stop of another kind does not count (contract section 3; X12: part 2).
 */
export function stopMeant(where: Whereabouts, place: Place, stops: readonly Stop[]): Stop | undefined {
  const candidates = stops.filter(
    ({ kind }) => (kind === 'pickup' || kind === 'delivery' ? kind : 'on-the-way') === place,
  );
  const named = where.stop === undefined ? undefined : candidates.find((stop) => stop.sequence === where.stop);
  if (named !== undefined) return named;
  const sameCity = where.city === undefined ? [] : candidates.filter((stop) => isSameCity(stop.city, where.city));
  const hinted = (among: readonly Stop[]) =>
    where.stopHint === undefined ? undefined : among.find((stop) => stop.sequence === where.stopHint);
  if (sameCity.length > 0) return hinted(sameCity) ?? sameCity[0];
  const hint = hinted(candidates);
  if (hint !== undefined) return hint;
  if (place === 'pickup') return candidates[0];
  return place === 'delivery' ? candidates.at(-1) : undefined;
}

type Place = ReturnType<typeof placeOf>;

function isSameCity(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.trim().toLowerCase() === b.trim().toLowerCase();
}

// A wall-clock time means the stop's own zone once the stop is known; until then the sender's, which the fact carries.
function timeAt(zone: Zone | undefined, fact: Whereabouts, readInSendersZone: Instant): Instant {
  if (fact.localTime === undefined || zone === undefined) return readInSendersZone;
  return instantIn(zone, fact.localTime);
}

// What a later report may correct; `undefined` for what may happen again.
function identityOf({ milestone, stop }: Happening, stops: readonly Stop[]): string | undefined {
  if (!CORRECTABLE.has(milestone)) return undefined;
  return `${milestone}@${stop === undefined ? '' : stops.indexOf(stop)}`;
}

function isBelievedOver(happening: Happening, known: Happening): boolean {
  if (happening.reportedAt !== known.reportedAt) return happening.reportedAt > known.reportedAt;
  if (happening.at !== known.at) return happening.at > known.at;
  return compareText(happening.factId, known.factId) > 0;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function appointmentsFrom(stops: readonly Stop[], facts: readonly Fact[], plannedAt: Instant): Map<Stop, Instant> {
  const appointments = new Map<Stop, Instant>();
  for (const stop of stops) {
    if (stop.appointment !== undefined) appointments.set(stop, instantOf(stop.appointment.from));
  }
  const moves = facts
    .filter((fact): fact is AppointmentFact => fact.kind === 'appointment' && fact.reportedAt >= plannedAt)
    .map((move) => {
      const stop = stopMeant(move, move.end, stops);
      return { stop, from: timeAt(stop?.timezone, move, move.from), reportedAt: move.reportedAt };
    })
    .sort((a, b) => a.reportedAt - b.reportedAt || a.from - b.from);
  for (const { stop, from } of moves) if (stop !== undefined) appointments.set(stop, from);
  return appointments;
}

/** What is believed to have happened at one stop. */
export function happenedAt(journey: Journey, stop: Stop, milestone: Milestone): Happening | undefined {
  return journey.happenings.find((happening) => happening.stop === stop && happening.milestone === milestone);
}

export function happened(journey: Journey, milestone: Milestone): readonly Happening[] {
  return journey.happenings.filter((happening) => happening.milestone === milestone);
}

export function lastTime(journey: Journey, milestone: Milestone): Happening | undefined {
  return journey.happenings.findLast((happening) => happening.milestone === milestone);
}

/** `picked-up` is the pickup's actual time; where only `departed-pickup` is known, it is that. */
export function pickupAt(journey: Journey, stop: Stop | undefined): Happening | undefined {
  if (stop === undefined) return undefined;
  return happenedAt(journey, stop, 'picked-up') ?? happenedAt(journey, stop, 'departed-pickup');
}

/** The last of the deliveries, once every delivery stop has one. */
export function wholeDelivery(journey: Journey): Happening | undefined {
  let last: Happening | undefined;
  for (const stop of journey.stops) {
    if (stop.kind !== 'delivery') continue;
    const delivery = happenedAt(journey, stop, 'delivered');
    if (delivery === undefined) return undefined;
    if (last === undefined || delivery.at > last.at) last = delivery;
  }
  return last;
}

/** Movements (contract section 5): on the way, at a delivery stop (`refused` aside), or a pickup at a further pickup stop. */
export function isMovement(journey: Journey, { milestone, stop }: Happening): boolean {
  if (milestone === 'departed' || milestone === 'in-transit' || milestone === 'arrived-terminal') return true;
  if (placeOf(milestone) === 'delivery') return milestone !== 'refused';
  return placeOf(milestone) === 'pickup' && stop !== undefined && stop !== journey.origin;
}
