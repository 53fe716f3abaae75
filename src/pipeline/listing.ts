// What a list says of a shipment, from its decision.
import type { ChargeRow, Decision } from '../model/decision.ts';
import type { Fact } from '../model/fact.ts';
import type { Stop } from '../model/shipment.ts';
import type { Listing } from '../store/shipment-listing.ts';

/** `undefined` while its plan is not known: then it is in no list. */
export function listingOf(decision: Decision | undefined, facts: readonly Fact[]): Listing | undefined {
  if (decision === undefined) return undefined;
  const { shipment, customer, carrier, mode, status, billing, pickedUpAt, deliveredAt, route } = decision;
  return {
    shipment,
    customer,
    carrier,
    mode,
    status,
    billing,
    origin: placeText(route.origin),
    destination: placeText(route.destination),
    plannedPickupAt: route.plannedPickupAt,
    plannedDeliveryAt: route.plannedDeliveryAt,
    pickedUpAt,
    deliveredAt,
    unposted: unpostedOf(decision.charges),
    plannedBy: [...new Set(facts.flatMap((fact) => (fact.kind === 'plan' ? [fact.sender] : [])))].sort(),
  };
}

/** Sell charges that are on no posted document, by currency, in minor units as text. */
export function unpostedOf(charges: readonly ChargeRow[]): Listing['unposted'] {
  const minors = new Map<string, bigint>();
  for (const { side, state, currency, amountMinor } of charges) {
    if (side === 'buy' || (state !== 'expected' && state !== 'pending')) continue;
    minors.set(currency, (minors.get(currency) ?? 0n) + amountMinor);
  }
  return [...minors].map(([currency, minor]): [string, string] => [currency, minor.toString()]).sort();
}

/** As it is compared: the same text, the same row. */
export function listingText(listing: Listing | undefined): string {
  return listing === undefined ? '' : JSON.stringify(Object.values(listing));
}

/** `Joliet, IL, US` */
function placeText(stop: Stop | undefined): string | undefined {
  if (stop === undefined) return undefined;
  return [stop.city ?? stop.name, stop.region, stop.country].filter((part) => part !== undefined).join(', ');
}
