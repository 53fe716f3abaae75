// Which lane of an agreement a shipment runs on (contract section 2, "Which lane").

import type { Agreement, Lane, Place } from '../../model/setup/agreement.ts';
import type { ShipmentPlan, Stop } from '../../model/shipment.ts';

/** The lane whose two ends name the most specific keys; a tie goes to the first listed. */
export function laneFor(
  agreement: Agreement,
  plan: ShipmentPlan,
  origin: Stop | undefined,
  destination: Stop | undefined,
): Lane | undefined {
  if (origin === undefined || destination === undefined) return undefined;
  let best: { lane: Lane; specificity: number } | undefined;
  for (const lane of agreement.lanes) {
    if (!isOffered(lane, plan) || !isInside(origin, lane.origin) || !isInside(destination, lane.destination)) continue;
    const specificity = specificityOf(lane.origin) + specificityOf(lane.destination);
    if (best === undefined || specificity > best.specificity) best = { lane, specificity };
  }
  return best?.lane;
}

function isOffered(lane: Lane, plan: ShipmentPlan): boolean {
  if (lane.mode !== plan.mode) return false;
  if (lane.service !== undefined && lane.service !== plan.service) return false;
  return lane.equipment === undefined || lane.equipment === plan.equipment;
}

function isInside(stop: Stop, place: Place): boolean {
  if (place.country !== undefined && place.country !== stop.country) return false;
  if (place.region !== undefined && !place.region.includes(stop.region ?? '')) return false;
  if (place.postal !== undefined && !place.postal.some((prefix) => stop.postal?.startsWith(prefix))) return false;
  if (place.city !== undefined && place.city.toLowerCase() !== stop.city?.toLowerCase()) return false;
  return place.locode === undefined || place.locode === stop.locode;
}

const SPECIFICITY: readonly (readonly [keyof Place, number])[] = [
  ['locode', 5],
  ['city', 4],
  ['postal', 3],
  ['region', 2],
  ['country', 1],
];

/** The highest of an end's keys. */
function specificityOf(place: Place): number {
  return SPECIFICITY.find(([key]) => place[key] !== undefined)?.[1] ?? 0;
}

/** "Joliet IL" or "Kempten DE": how a person names a place. */
export function placeName(stop: Stop | undefined): string {
  if (stop === undefined) return 'an unknown place';
  const parts = [stop.city ?? stop.locode ?? stop.postal, stop.region ?? stop.country];
  return parts.filter((part) => part !== undefined).join(' ');
}
