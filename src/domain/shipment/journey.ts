// What happened to a shipment, when and where: reports placed at stops, corrected by later reports.
//
// Facts come late, twice and in any order, so nothing here may depend on arrival. Of several reports of one arrival,
// departure, pickup or delivery at one stop, the one reported last is believed; every other milestone may happen again.

import type { AppointmentFact, Fact, MilestoneFact, Whereabouts } from '../../model/fact.ts';
import { CORRECTABLE, type Milestone, placeOf, type StopKind } from '../../model/milestone.ts';
import type { Stop } from '../../model/shipment.ts';
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
  const stops = [...plan.stops].sort((a, b) => a.sequence - b.sequence);
  const believed = new Map<string, Happening>();
  for (const fact of facts) {
    if (fact.kind !== 'milestone') continue;
    const happening = happeningFrom(fact, stops);
    const key = identityOf(happening);
    const known = believed.get(key);
    if (known === undefined || isBelievedOver(happening, known)) believed.set(key, happening);
  }
  return {
    stops,
    origin: stops.find((stop) => stop.kind === 'pickup'),
    destination: stops.findLast((stop) => stop.kind === 'delivery'),
    happenings: [...believed.values()].sort((a, b) => a.at - b.at || compareText(a.factId, b.factId)),
    appointments: appointmentsFrom(stops, facts, planFact.reportedAt),
  };
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

const KINDS: Readonly<Record<ReturnType<typeof placeOf>, readonly StopKind[]>> = {
  pickup: ['pickup'],
  delivery: ['delivery'],
  'on-the-way': ['port', 'border'],
};

/**
 * The stop that a report means: the one it names, else the one of that kind in the same city, else the one hinted at, else the
 * first pickup or the last delivery. A named stop of another kind does not count (contract section 3; X12: part 2).
 */
export function stopMeant(
  where: Whereabouts,
  place: ReturnType<typeof placeOf>,
  stops: readonly Stop[],
): Stop | undefined {
  const kinds = KINDS[place];
  const candidates = stops.filter((stop) => kinds.includes(stop.kind));
  const named = candidates.find((stop) => stop.sequence === where.stop);
  if (where.stop !== undefined && named !== undefined) return named;
  const hinted = candidates.find((stop) => stop.sequence === where.stopHint);
  const sameCity = where.city === undefined ? [] : candidates.filter((stop) => isSameCity(stop.city, where.city));
  if (sameCity.length > 0) return hinted !== undefined && sameCity.includes(hinted) ? hinted : sameCity[0];
  if (where.stopHint !== undefined && hinted !== undefined) return hinted;
  if (place === 'pickup') return candidates[0];
  return place === 'delivery' ? candidates.at(-1) : undefined;
}

function isSameCity(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.trim().toLowerCase() === b.trim().toLowerCase();
}

// A wall-clock time means the stop's own zone once the stop is known; until then the sender's, which the fact carries.
function timeAt(zone: Zone | undefined, fact: Whereabouts, readInSendersZone: Instant): Instant {
  if (fact.localTime === undefined || zone === undefined) return readInSendersZone;
  return instantIn(zone, fact.localTime);
}

function identityOf(happening: Happening): string {
  const { milestone, stop, at, factId } = happening;
  if (CORRECTABLE.has(milestone)) return `${milestone}@${stop?.sequence ?? ''}`;
  return `${milestone}@${at}@${factId}`;
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
    .sort((a, b) => a.reportedAt - b.reportedAt || a.from - b.from);
  for (const move of moves) {
    const stop = stopMeant(move, move.end, stops);
    if (stop !== undefined) appointments.set(stop, timeAt(stop.timezone, move, move.from));
  }
  return appointments;
}

/** What is believed to have happened at one stop. */
export function happenedAt(journey: Journey, stop: Stop, milestone: Milestone): Happening | undefined {
  return journey.happenings.find((happening) => happening.stop === stop && happening.milestone === milestone);
}

export function happened(journey: Journey, milestone: Milestone): readonly Happening[] {
  return journey.happenings.filter((happening) => happening.milestone === milestone);
}

/** `picked-up` is the pickup's actual time; where only `departed-pickup` is known, it is that. */
export function pickupAt(journey: Journey, stop: Stop | undefined): Happening | undefined {
  if (stop === undefined) return undefined;
  return happenedAt(journey, stop, 'picked-up') ?? happenedAt(journey, stop, 'departed-pickup');
}

/** The last of the deliveries, once every delivery stop has one. */
export function wholeDelivery(journey: Journey): Happening | undefined {
  const deliveries = journey.stops
    .filter((stop) => stop.kind === 'delivery')
    .map((stop) => happenedAt(journey, stop, 'delivered'));
  if (deliveries.length === 0 || deliveries.includes(undefined)) return undefined;
  return (deliveries as Happening[]).reduce((last, delivery) => (delivery.at > last.at ? delivery : last));
}

/** Movements (contract section 5): on the way, at a delivery stop (`refused` aside), or a pickup at a further pickup stop. */
export function isMovement(journey: Journey, { milestone, stop }: Happening): boolean {
  if (milestone === 'departed' || milestone === 'in-transit' || milestone === 'arrived-terminal') return true;
  if (placeOf(milestone) === 'delivery') return milestone !== 'refused';
  return placeOf(milestone) === 'pickup' && stop !== undefined && stop !== journey.origin;
}
