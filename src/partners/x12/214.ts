// 214 → one event for each AT7: a milestone, a moved appointment, or a note (contract part 2).
//
// The busiest of all documents, so nothing is done twice: what the head says is made once for all its statuses.

import type { X12Fault, X12Segment, X12Transaction } from '../../formats/x12/index.ts';
import {
  elementFault,
  type ReferenceView,
  type ShipmentStatus214,
  type StatusLoop,
  type StatusView,
  viewShipmentStatus,
} from '../../formats/x12/transactions/index.ts';
import type { CanonicalEvent, EventData } from '../../model/event.ts';
import type { Milestone } from '../../model/milestone.ts';
import type { Reference } from '../../model/reference.ts';
import type { ShipmentName } from '../translation.ts';
import { countryFrom } from './codes/countries.ts';
import { CONTAINER_EQUIPMENT } from './codes/load-tender.ts';
import { STOP_SEQUENCE_QUALIFIER } from './codes/references.ts';
import { APPOINTMENT_ENDS, MILESTONE_BY_STATUS, NOTED_STATUSES } from './codes/statuses.ts';
import { eventId, freeText, isIdentifier, type Meaning, type Said, softened, type X12Context } from './meaning.ts';
import { instantOfMoment, type Moment, momentOf } from './moments.ts';
import { learnedFrom, MAX_REFERENCES_EACH, ownNamesFrom, referencesFrom } from './references.ts';
import { instantText, wallClockText } from './times.ts';

/** Elements of AT7 with the date, the time and the zone. */
const AT7_MOMENT = { date: 5, time: 6, zone: 7 };

export function meaningOfShipmentStatus(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewShipmentStatus(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const said: Said[] = [];
  const faults: X12Fault[] = [];
  const { head, loops } = read.view;
  const references = read.view.references.slice(0, MAX_LOOKED_AT);
  const ofHead: Surroundings = {
    shipment: shipmentOf(head, references, context),
    stops: references.filter(isStopSequence),
  };
  for (const loop of loops) {
    const around = loop.references.length === 0 ? ofHead : surroundingsOf(loop, head, ofHead, context);
    const { shipment } = around;
    for (const status of loop.statuses) {
      const made = eventFrom(status, around, context);
      if ('fault' in made) faults.push(softened(made.fault));
      else for (const event of made.events) said.push({ event, ...shipment.known });
    }
  }
  return { said, faults };
}

/** Looked at again for each status: of the head, and of one loop's stop sequences. */
const MAX_LOOKED_AT = 200;

type Surroundings = {
  readonly shipment: Shipment;
  /** L11 `QN` of the loop, else of the head. */
  readonly stops: readonly ReferenceView[];
};

function surroundingsOf(
  loop: StatusLoop,
  head: ShipmentStatus214['head'],
  ofHead: Surroundings,
  context: X12Context,
): Surroundings {
  const stops = loop.references.filter(isStopSequence).slice(0, MAX_LOOKED_AT);
  return {
    shipment: shipmentOf(head, loop.references, context, ofHead.shipment),
    stops: stops.length > 0 ? stops : ofHead.stops,
  };
}

type Shipment = {
  /** What the event's data say about whose status it is. */
  readonly shipment: string | undefined;
  readonly references: readonly Reference[] | undefined;
  readonly carrier: string | undefined;
  /** Names that may be the shipment's own id, to be tried before its references. */
  readonly own: readonly ShipmentName[];
  readonly known: { names: readonly ShipmentName[]; teaches: readonly Reference[]; subject: string };
};

/** Of the head's references alone, or of those of a loop added to what the head says. */
function shipmentOf(
  head: ShipmentStatus214['head'],
  views: readonly ReferenceView[],
  context: X12Context,
  ofHead?: Shipment,
): Shipment {
  const pro = isIdentifier(head.referenceId) ? [{ type: 'pro', value: head.referenceId }] : [];
  const references = referencesFrom(views, ofHead?.references ?? pro, MAX_REFERENCES_EACH);
  const own = ofHead?.own ?? ownNamesFrom(head.shipmentId, []);
  const named = [...own, ...ownNamesFrom('', views)];
  const names = [...named, ...references];
  const shipment = isIdentifier(head.shipmentId) ? head.shipmentId : undefined;
  const subject = shipment ?? references[0]?.value ?? names[0]?.value ?? context.path;
  return {
    shipment,
    references: references.length === 0 ? undefined : references,
    carrier: ofHead === undefined ? carrierOf(head.scac, context) : ofHead.carrier,
    own: named,
    known: { names, teaches: learnedFrom(references), subject },
  };
}

// A SCAC we do not know is kept as it is: somebody will want to see it.
function carrierOf(scac: string, { directory }: X12Context): string | undefined {
  return directory.byScac(scac)?.id ?? (isIdentifier(scac) ? scac : undefined);
}

type Made = { readonly events: readonly CanonicalEvent[] } | { readonly fault: X12Fault };

function eventFrom(status: StatusView, around: Surroundings, context: X12Context): Made {
  const { segment, code, appointmentCode } = status;
  if (code === '') {
    const kind = APPOINTMENT_ENDS.get(appointmentCode);
    if (kind !== undefined) return appointmentFrom(status, kind, around, context);
    if (appointmentCode === '') return { fault: elementFault('element-missing', segment, 1) };
    return { fault: elementFault('element-code-unknown', segment, 3, { found: appointmentCode }) };
  }
  const milestone = context.sender.statusCodes?.[code] ?? MILESTONE_BY_STATUS.get(code);
  if (milestone !== undefined) return milestoneFrom(status, milestone, around, context);
  if (NOTED_STATUSES.has(code)) return noteFrom(status, around, context);
  return { fault: elementFault('element-code-unknown', segment, 1, { found: code }) };
}

function milestoneFrom(status: StatusView, milestone: Milestone, around: Surroundings, context: X12Context): Made {
  const moment = momentOf(status, AT7_MOMENT);
  if (!moment.ok) return moment;
  const { shipment } = around;
  const time = instantText(instantOfMoment(moment, context));
  const isEstimate = milestone === 'eta';
  const data: EventData<'shipment.milestone'> = {
    ...whose(shipment),
    milestone,
    occurredAt: isEstimate ? context.reportedText : time,
  };
  if (shipment.carrier !== undefined) data.carrier = shipment.carrier;
  if (isEstimate) data.eta = time;
  else addLocalTime(data, moment);
  if (status.reason !== '') data.reason = freeText(status.reason);
  addPlace(data, status, around);
  const equipment = equipmentOf(status);
  if (equipment !== undefined) data.equipment = equipment;
  const event = eventOf('shipment.milestone', data, status.segment, context);
  const proves = status.code === 'D1' && context.sender.podFromD1 === true;
  return { events: proves ? [event, proofOfDelivery(status, shipment, time, context)] : [event] };
}

/** RFC 1767: the status itself is the paper. */
const X12_MEDIA_TYPE = 'application/EDI-X12';

function proofOfDelivery(
  status: StatusView,
  shipment: Shipment,
  signedAt: string,
  context: X12Context,
): CanonicalEvent {
  return eventOf(
    'document.attached',
    { ...whose(shipment), kind: 'pod', mediaType: X12_MEDIA_TYPE, signedAt },
    status.segment,
    context,
    '/pod',
  );
}

function appointmentFrom(
  status: StatusView,
  kind: 'pickup' | 'delivery',
  around: Surroundings,
  context: X12Context,
): Made {
  const moment = momentOf(status, AT7_MOMENT);
  if (!moment.ok) return moment;
  const from = instantText(instantOfMoment(moment, context));
  const data: EventData<'appointment.changed'> = { ...whose(around.shipment), kind, from };
  addLocalTime(data, moment);
  addPlace(data, status, around);
  return { events: [eventOf('appointment.changed', data, status.segment, context)] };
}

function noteFrom(status: StatusView, around: Surroundings, context: X12Context): Made {
  const data: EventData<'status.noted'> = { ...whose(around.shipment), code: status.code };
  if (status.date !== '') {
    const moment = momentOf(status, AT7_MOMENT);
    if (!moment.ok) return moment;
    data.occurredAt = instantText(instantOfMoment(moment, context));
    addLocalTime(data, moment);
  }
  if (status.reason !== '') data.reason = freeText(status.reason);
  addPlace(data, status, around);
  return { events: [eventOf('status.noted', data, status.segment, context)] };
}

function eventOf<T extends CanonicalEvent['type']>(
  type: T,
  data: EventData<T>,
  segment: X12Segment,
  context: X12Context,
  part = '',
): CanonicalEvent {
  const id = eventId(context, segment, part);
  return { id, source: context.source, type, time: context.reportedText, data } as CanonicalEvent;
}

function whose({ shipment, references }: Shipment): { shipment?: string; references?: Reference[] } {
  const named: { shipment?: string; references?: Reference[] } = {};
  if (shipment !== undefined) named.shipment = shipment;
  if (references !== undefined) named.references = references as Reference[];
  return named;
}

// The stop's own clock: read again in the stop's zone once the stop is known.
function addLocalTime(data: { localTime?: string }, moment: Extract<Moment, { ok: true }>): void {
  if (moment.zone.kind === 'local') data.localTime = wallClockText(moment.wall);
}

type Placed = { stopHint?: number; city?: string; region?: string; country?: string };

function addPlace(data: Placed, { segment, place }: StatusView, { stops }: Surroundings): void {
  if (place !== undefined) {
    if (place.city !== '') data.city = freeText(place.city);
    if (place.region !== '') data.region = freeText(place.region);
    const country = place.country === '' ? undefined : countryFrom(place.country);
    if (country !== undefined) data.country = country;
  }
  if (stops.length > 0) data.stopHint = stopHintOf(segment, stops);
}

// Of several in one loop, the one that follows the status most closely.
function stopHintOf(status: X12Segment, stops: readonly ReferenceView[]): number {
  const meant = stops.find(({ segment }) => segment.index > status.index) ?? stops[0];
  return Number(meant?.value);
}

function isStopSequence({ qualifier, value }: ReferenceView): boolean {
  return qualifier === STOP_SEQUENCE_QUALIFIER && /^\d{1,4}$/.test(value);
}

function equipmentOf({ equipment }: StatusView): string | undefined {
  if (equipment === undefined) return undefined;
  // A container's number begins with its owner's letters, which stand in an element of their own.
  const { scac, number, kind } = equipment;
  const text = kind === CONTAINER_EQUIPMENT ? `${scac}${number}` : number || scac;
  return isIdentifier(text) ? text : undefined;
}
