// By what names an event finds its shipment, what it teaches, and what it is called in an exception.

import type { CanonicalEvent } from '../model/event.ts';
import { LEARNED_REFERENCE_TYPES, type Reference } from '../model/reference.ts';
import type { ShipmentName } from './translation.ts';

type Named = { readonly shipment?: string | undefined; readonly references?: readonly Reference[] };

/** Our own id first, then the references as listed. Empty for what is not about one shipment. */
export function namesOf(event: CanonicalEvent): ShipmentName[] {
  const named = namedBy(event);
  if (named === undefined) return [];
  // A plan makes its shipment; what else it lists are numbers that the shipment then carries.
  return namesIn(event.type === 'shipment.planned' ? { shipment: named.shipment } : named);
}

/** What may find the shipment of one thing said, such as a line of a carrier's invoice, in the order to try. */
export function namesIn({ shipment, references = [] }: Named): ShipmentName[] {
  const own = shipment === undefined ? [] : [{ type: 'shipment', value: shipment }];
  return [...own, ...references.map(({ type, value }) => ({ type, value }))];
}

/**
 * The same for a line of a carrier's bill. Many carriers write the bill of lading where the shipment is asked for (B303 of a
 * 210, as B1002 of a 214): where no shipment has that id, it is tried as one.
 */
export function namesBilled({ shipment, references = [] }: Named): ShipmentName[] {
  const asWritten = shipment === undefined ? [] : [{ type: 'bol', value: shipment }];
  return namesIn({ shipment, references: [...asWritten, ...references] });
}

export function teachesOf(event: CanonicalEvent): Reference[] {
  return (namedBy(event)?.references ?? []).filter(({ type }) => LEARNED_REFERENCE_TYPES.has(type));
}

/** What an exception about this event names (contract section 3, "Subject"). */
export function subjectOf(event: CanonicalEvent): string {
  switch (event.type) {
    case 'order.placed':
      return event.data.order;
    case 'carrier.invoice':
      return `${event.data.carrier}/${event.data.invoice}`;
    case 'payment.received':
      return event.data.payment;
    case 'payment.reversed':
      return event.data.reversal;
    case 'fuel.published':
      return event.data.index;
    case 'delivery.acknowledged':
    case 'delivery.rejected':
    case 'document.stated':
      return event.data.document;
    case 'charge.entered':
    case 'charge.ruled':
      return event.data.shipment;
    default:
      return event.data.shipment ?? event.data.references?.[0]?.value ?? event.id;
  }
}

/** Is about one shipment, and yet names none: nothing could ever be done with it. */
export function namesNoShipment(event: CanonicalEvent): boolean {
  return namedBy(event) !== undefined && namesOf(event).length === 0;
}

function namedBy(event: CanonicalEvent): Named | undefined {
  switch (event.type) {
    case 'order.placed':
    case 'carrier.invoice':
    case 'payment.received':
    case 'payment.reversed':
    case 'fuel.published':
    case 'delivery.acknowledged':
    case 'delivery.rejected':
    case 'document.stated':
      return undefined;
    default:
      return event.data;
  }
}
