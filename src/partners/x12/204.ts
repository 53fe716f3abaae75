// 204 → a planned shipment and its tender, or a cancellation (contract part 2).

import type { X12Fault, X12Segment, X12Transaction } from '../../formats/x12/index.ts';
import {
  elementFault,
  type LoadTender204,
  missingSegment,
  viewLoadTender,
} from '../../formats/x12/transactions/index.ts';
import type { CanonicalEvent } from '../../model/event.ts';
import type { Milestone } from '../../model/milestone.ts';
import type { Reference } from '../../model/reference.ts';
import type { ShipmentPlan } from '../../model/shipment.ts';
import { decimalFrom } from './amounts.ts';
import { CONTAINER_EQUIPMENT, MODE_BY_METHOD, TENDER_PURPOSES } from './codes/load-tender.ts';
import { DISTANCE_QUALIFIER } from './codes/references.ts';
import { customerFault, customerFrom } from './customer.ts';
import { eventId, isIdentifier, type Meaning, refusal, type Said, softened, type X12Context } from './meaning.ts';
import { learnedFrom, namesFrom, referencesFrom } from './references.ts';
import { stopFrom } from './stops.ts';
import { weightFrom } from './weights.ts';

/** A lane needs a mode; a tender that gives none is planned all the same and waits for a lane or an update. */
const MODE_NOT_GIVEN = 'UNSPECIFIED';
/** N1 parties that may name the customer, in this order. */
const CUSTOMER_ROLES = ['BT', 'BY'];
const MAX_STOPS = 200;

export function meaningOfLoadTender(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewLoadTender(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { view } = read;
  const { code, segment } = view.purpose;
  const purpose = TENDER_PURPOSES.get(code);
  if (purpose === undefined) return refusal([elementFault('element-code-unknown', segment, 1, { found: code })]);
  if (!isIdentifier(view.shipmentId)) {
    const detail = { expected: '200', found: view.shipmentId };
    return refusal([elementFault('element-too-long', view.shipmentSegment, 4, detail)]);
  }
  if (purpose === 'cancel') return { said: [milestoneOf('cancelled', view, context)], faults: [] };
  return planned(transaction, view, context);
}

function planned(transaction: X12Transaction, view: LoadTender204, context: X12Context): Meaning {
  if (view.stops.length === 0) return refusal([missingSegment(transaction, 'S5')]);
  if (view.stops.length > MAX_STOPS) {
    const { segment } = view.stops[MAX_STOPS] as { segment: X12Segment };
    return refusal([elementFault('element-number-invalid', segment, 1, { found: `stop ${MAX_STOPS + 1}` })]);
  }
  const customer = customerFrom(view.parties, CUSTOMER_ROLES, context);
  const stops = view.stops.map((stop) => stopFrom(stop, context));
  const broken = stops.flatMap((stop) => (stop.ok ? [] : [stop.fault]));
  if (customer === undefined) return refusal([customerFault(transaction, view.parties, CUSTOMER_ROLES), ...broken]);
  if (broken.length > 0) return refusal(broken);

  const weight = weightFrom(view);
  const distance = distanceFrom(view, context);
  const references = planReferences(view, context);
  const carrier = carrierOf(view, context);
  const plan: ShipmentPlan = {
    shipment: view.shipmentId,
    customer,
    ...(carrier === undefined ? {} : { carrier }),
    ...modeFrom(view),
    ...equipmentFrom(view),
    ...(references.length === 0 ? {} : { references: references as Reference[] }),
    stops: stops.flatMap((stop) => (stop.ok ? [stop.stop] : [])),
    ...(weight.ok && weight.weight !== undefined ? { weight: weight.weight } : {}),
    ...(distance.ok && distance.text !== undefined ? { distanceMiles: distance.text } : {}),
  };
  const faults = [weight, distance].flatMap((each) => (each.ok ? [] : [softened(each.fault)]));
  return { said: [planOf(plan, references, view, context), milestoneOf('tendered', view, context)], faults };
}

function planOf(plan: ShipmentPlan, references: readonly Reference[], view: LoadTender204, context: X12Context): Said {
  const event: CanonicalEvent = {
    id: eventId(context, view.shipmentSegment),
    source: context.source,
    type: 'shipment.planned',
    time: context.reportedText,
    data: plan,
  };
  const names = [{ type: 'shipment', value: plan.shipment }];
  return { event, names, teaches: learnedFrom(references), subject: plan.shipment };
}

// A tender has no time of occurrence of its own: the GS date and time stands for it.
function milestoneOf(milestone: Milestone, view: LoadTender204, context: X12Context): Said {
  const carrier = carrierOf(view, context);
  const event: CanonicalEvent = {
    id: eventId(context, view.shipmentSegment, `/${milestone}`),
    source: context.source,
    type: 'shipment.milestone',
    time: context.reportedText,
    data: {
      shipment: view.shipmentId,
      ...(carrier === undefined ? {} : { carrier }),
      milestone,
      occurredAt: context.reportedText,
    },
  };
  return { event, names: namesFrom(view.shipmentId, [], []), teaches: [], subject: view.shipmentId };
}

function carrierOf({ scac }: LoadTender204, { directory }: X12Context): string | undefined {
  return directory.byScac(scac)?.id ?? (isIdentifier(scac) ? scac : undefined);
}

// MS304, else the first AT5 whose handling code is a mode; AT502 is the service.
function modeFrom({ transportMethod, handling }: LoadTender204): { mode: string; service?: string } {
  const handled = handling.map(({ code }) => MODE_BY_METHOD.get(code)).find((mode) => mode !== undefined);
  const service = handling.map((each) => each.service).find(isIdentifier);
  const given = isIdentifier(transportMethod) ? transportMethod : undefined;
  const mode = given === undefined ? (handled ?? MODE_NOT_GIVEN) : (MODE_BY_METHOD.get(given) ?? given);
  return service === undefined ? { mode } : { mode, service };
}

function equipmentFrom({ equipment }: LoadTender204): { equipment?: string } {
  const kind = equipment.map((each) => each.kind).find(isIdentifier);
  return kind === undefined ? {} : { equipment: kind };
}

/** Head and stops together, and the numbers of containers. */
function planReferences(view: LoadTender204, context: X12Context): readonly Reference[] {
  const distance = distanceQualifierOf(context);
  const all = [...view.references, ...view.stops.flatMap((stop) => stop.references)];
  const listed = all.filter(({ qualifier }) => qualifier !== distance);
  const containers = view.equipment
    .filter(({ kind, initial, number }) => kind === CONTAINER_EQUIPMENT && isIdentifier(`${initial}${number}`))
    .map(({ initial, number }) => ({ type: 'container', value: `${initial}${number}` }));
  return referencesFrom(listed, containers);
}

type Distance = { ok: true; text?: string } | { ok: false; fault: X12Fault };

function distanceQualifierOf({ sender }: X12Context): string {
  return sender.distanceQualifier ?? DISTANCE_QUALIFIER;
}

function distanceFrom(view: LoadTender204, context: X12Context): Distance {
  const qualifier = distanceQualifierOf(context);
  const given = view.references.find((each) => each.qualifier === qualifier && each.value !== '');
  if (given === undefined) return { ok: true };
  const text = decimalFrom(given.value);
  if (text !== undefined && !text.startsWith('-')) return { ok: true, text };
  return { ok: false, fault: elementFault('element-number-invalid', given.segment, 1, { found: given.value }) };
}
