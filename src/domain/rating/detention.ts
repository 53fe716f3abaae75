// Detention: waiting at a stop beyond the free time, in started increments (contract section 2, "Detention").

import { type Decimal, decimal, formatDecimal } from '../../model/decimal.ts';
import type { DetentionTerms } from '../../model/setup/agreement.ts';
import type { Stop } from '../../model/shipment.ts';
import { formatIn, type Instant, MINUTE_MS, wholeMinute } from '../../model/time.ts';
import { type Happening, happenedAt, type Journey } from '../shipment/journey.ts';
import type { Derivation } from './derivation.ts';
import { placeName } from './lane.ts';

export type StopDetention = {
  readonly stop: Stop;
  /** Before rounding, in major units. */
  readonly amount: Decimal;
  readonly derivation: Derivation;
  readonly facts: readonly string[];
};

/** One entry per stop that owes something; a stop with an arrival and no departure gives nothing yet. */
export function detentionAtStops(terms: DetentionTerms, journey: Journey): StopDetention[] {
  return journey.stops
    .filter(({ kind }) => kind === terms.stops || (terms.stops === 'any' && (kind === 'pickup' || kind === 'delivery')))
    .flatMap((stop) => detentionAt(stop, terms, journey) ?? []);
}

function detentionAt(stop: Stop, terms: DetentionTerms, journey: Journey): StopDetention | undefined {
  const arrival = happenedAt(journey, stop, stop.kind === 'pickup' ? 'arrived-pickup' : 'arrived-delivery');
  const departure = departureFrom(journey, stop);
  if (arrival === undefined || departure === undefined) return undefined;
  const appointment = journey.appointments.get(stop);
  const start = appointment !== undefined && appointment > arrival.at ? appointment : arrival.at;
  const waitedMinutes = minutesBetween(start, departure.at);
  const billableMinutes = waitedMinutes - terms.freeMinutes;
  if (billableMinutes <= 0) return undefined;
  const increments = Math.ceil(billableMinutes / terms.incrementMinutes);
  const waited = decimal(terms.rate).times(increments);
  const isCapped = terms.maximum !== undefined && waited.gt(decimal(terms.maximum));
  const zone = stop.timezone ?? 'UTC';
  return {
    stop,
    amount: isCapped ? decimal(terms.maximum ?? '0') : waited,
    derivation: () => [
      `${placeName(stop)} from ${formatIn(zone, start)} to ${formatIn(zone, departure.at)}: ${waitedMinutes} min, ${terms.freeMinutes} free`,
      `${billableMinutes} min = ${increments} × ${terms.incrementMinutes} min × ${terms.rate} = ${formatDecimal(waited)}${isCapped ? `, maximum ${terms.maximum}` : ''}`,
    ],
    facts: [arrival.factId, departure.factId],
  };
}

/** A stop's departure is its `departed-…`, else `picked-up` or `delivered` there. */
function departureFrom(journey: Journey, stop: Stop): Happening | undefined {
  return stop.kind === 'pickup'
    ? (happenedAt(journey, stop, 'departed-pickup') ?? happenedAt(journey, stop, 'picked-up'))
    : (happenedAt(journey, stop, 'departed-delivery') ?? happenedAt(journey, stop, 'delivered'));
}

function minutesBetween(from: Instant, to: Instant): number {
  return (wholeMinute(to) - wholeMinute(from)) / MINUTE_MS;
}
