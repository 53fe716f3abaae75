// A stop as it was planned and as it went. Pure.

import type { Happening, Journey } from '../../domain/shipment/journey.ts';
import type { Stop } from '../../model/shipment.ts';
import { formatIn, formatInstant, type Instant, instantOf, type Zone } from '../../model/time.ts';
import type { ShipmentExplanation } from '../explanation/shipment.ts';

type ExplainedStop = ShipmentExplanation['stops'][number];

const ARRIVED = new Set(['arrived-pickup', 'arrived-delivery']);
const DONE = new Set(['picked-up', 'delivered', 'delivery-failed', 'refused']);
const DEPARTED = new Set(['departed-pickup', 'departed-delivery', 'departed']);

export function explainStop(stop: Stop, journey: Journey): ExplainedStop {
  const { appointment: _, ...told } = stop;
  const where = [stop.name, stop.city, stop.region, stop.postal, stop.country, stop.locode];
  const last = (milestones: ReadonlySet<string>) =>
    journey.happenings.findLast((happening) => happening.stop === stop && milestones.has(happening.milestone));
  return {
    ...told,
    place: where.filter((part) => part !== undefined && part !== '').join(', '),
    ...appointmentOf(stop, journey.appointments.get(stop)),
    ...visit('arrived', last(ARRIVED), stop.timezone),
    ...visit('done', last(DONE), stop.timezone),
    ...visit('departed', last(DEPARTED), stop.timezone),
  };
}

// Moved since: then its end is not known.
function appointmentOf({ appointment, timezone }: Stop, from: Instant | undefined): Pick<ExplainedStop, 'appointment'> {
  if (from === undefined) return {};
  const isAsPlanned = appointment !== undefined && instantOf(appointment.from) === from;
  const to = isAsPlanned && appointment.to !== undefined ? { to: formatInstant(instantOf(appointment.to)) } : {};
  return { appointment: { from: formatInstant(from), ...to, ...localOf(from, timezone) } };
}

function visit(name: 'arrived' | 'done' | 'departed', happening: Happening | undefined, zone: Zone | undefined) {
  if (happening === undefined) return {};
  const { at, milestone } = happening;
  return { [name]: { at: formatInstant(at), ...localOf(at, zone), milestone } };
}

/** With the zone's offset; nothing where the zone is not known. */
export function localOf(at: Instant, zone: Zone | undefined): { local?: string } {
  return zone === undefined ? {} : { local: formatIn(zone, at) };
}
