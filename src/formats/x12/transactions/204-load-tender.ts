// 204 Motor Carrier Load Tender: one shipment, its parties and its stops, offered to a carrier or withdrawn.
//
// Heading: B2, B2A, L11, MS3, AT5, N1 loops, N7. Then an S5 loop a stop: L11, G62, AT8, N1 loop, and detail loops
// (L5, OID) with weights of their own. Summary: L3.
import type { X12Segment, X12Transaction } from '../document.ts';
import {
  type MomentView,
  missingElement,
  missingSegment,
  momentFrom,
  type PartyView,
  type PlaceView,
  partyFrom,
  placeFrom,
  type ReferenceView,
  referenceFromL11,
  refusedFor,
  type TransactionView,
  textAt,
  type WeightView,
  weightFrom,
} from './common.ts';

export type LoadTender204 = {
  /** B202. */
  readonly scac: string;
  /** B204. */
  readonly shipmentId: string;
  readonly shipmentSegment: X12Segment;
  readonly purpose: { readonly segment: X12Segment; readonly code: string };
  /** MS304. */
  readonly transportMethod: string;
  /** AT501 and AT502. */
  readonly handling: readonly { readonly segment: X12Segment; readonly code: string; readonly service: string }[];
  readonly references: readonly ReferenceView[];
  readonly parties: readonly PartyView[];
  readonly equipment: readonly EquipmentView[];
  /** None in a tender that only cancels. */
  readonly stops: readonly StopView[];
  /** L301 and L312 (unit; empty is pounds). */
  readonly total?: WeightView;
};

/** N7. */
export type EquipmentView = {
  readonly segment: X12Segment;
  readonly initial: string;
  readonly number: string;
  /** N711, such as `TL` or `CN`. */
  readonly kind: string;
};

export type StopView = {
  readonly segment: X12Segment;
  readonly sequence: string;
  /** S502, such as `CL`. */
  readonly reason: string;
  readonly references: ReferenceView[];
  readonly moments: MomentView[];
  /** AT8 of the stop itself. */
  readonly weights: WeightView[];
  /** AT8 of its order and description loops (L5, OID). */
  readonly detailWeights: WeightView[];
  readonly parties: PartyView[];
  place?: PlaceView;
};

type Building = {
  heading?: X12Segment;
  purpose?: X12Segment;
  method?: X12Segment;
  total?: X12Segment;
  readonly handling: X12Segment[];
  readonly references: ReferenceView[];
  readonly parties: PartyView[];
  readonly equipment: EquipmentView[];
  readonly stops: StopView[];
  party?: PartyView | undefined;
  inDetail: boolean;
};

export function viewLoadTender(transaction: X12Transaction): TransactionView<LoadTender204> {
  const building: Building = {
    handling: [],
    references: [],
    parties: [],
    equipment: [],
    stops: [],
    inDetail: false,
  };
  for (const segment of transaction.segments) place(building, segment);
  const { heading, purpose, stops } = building;
  const refused = refusedFor([
    heading === undefined ? missingSegment(transaction, 'B2') : missingElement(heading, 4),
    purpose === undefined ? missingSegment(transaction, 'B2A') : missingElement(purpose, 1),
    ...stops.map(({ segment }) => missingElement(segment, 1, 2)),
  ]);
  if (refused !== undefined || heading === undefined || purpose === undefined)
    return refused ?? { ok: false, faults: [] };
  return {
    ok: true,
    view: {
      scac: textAt(heading, 2),
      shipmentId: textAt(heading, 4),
      shipmentSegment: heading,
      purpose: { segment: purpose, code: textAt(purpose, 1) },
      transportMethod: building.method === undefined ? '' : textAt(building.method, 4),
      handling: building.handling.map((segment) => ({
        segment,
        code: textAt(segment, 1),
        service: textAt(segment, 2),
      })),
      references: building.references,
      parties: building.parties,
      equipment: building.equipment,
      stops,
      ...(building.total === undefined ? {} : { total: totalFrom(building.total) }),
    },
  };
}

function place(building: Building, segment: X12Segment): void {
  const stop = building.stops.at(-1);
  switch (segment.id) {
    case 'B2':
      building.heading ??= segment;
      break;
    case 'B2A':
      building.purpose ??= segment;
      break;
    case 'MS3':
      building.method ??= segment;
      break;
    case 'AT5':
      if (stop === undefined) building.handling.push(segment);
      break;
    case 'L11':
      (stop?.references ?? building.references).push(referenceFromL11(segment));
      break;
    case 'N1':
      building.party = partyFrom(segment);
      (stop?.parties ?? building.parties).push(building.party);
      break;
    case 'N4':
      placeParty(building, stop, placeFrom(segment));
      break;
    case 'N7':
      building.equipment.push(equipmentFrom(segment));
      break;
    case 'S5':
      building.stops.push(stopFrom(segment));
      building.party = undefined;
      building.inDetail = false;
      break;
    case 'G62':
      stop?.moments.push(momentFrom(segment));
      break;
    case 'L5':
    case 'OID':
      building.inDetail = true;
      break;
    case 'AT8':
      if (building.inDetail) stop?.detailWeights.push(weightFrom(segment));
      else stop?.weights.push(weightFrom(segment));
      break;
    case 'L3':
      building.total ??= segment;
      break;
  }
}

// The first address of a stop is the stop; later parties of it are told about, not driven to.
function placeParty(building: Building, stop: StopView | undefined, where: PlaceView): void {
  if (building.party !== undefined) building.party.place ??= where;
  if (stop !== undefined) stop.place ??= where;
}

function stopFrom(segment: X12Segment): StopView {
  return {
    segment,
    sequence: textAt(segment, 1),
    reason: textAt(segment, 2),
    references: [],
    moments: [],
    weights: [],
    detailWeights: [],
    parties: [],
  };
}

function equipmentFrom(segment: X12Segment): EquipmentView {
  return { segment, initial: textAt(segment, 1), number: textAt(segment, 2), kind: textAt(segment, 11) };
}

function totalFrom(segment: X12Segment): WeightView {
  return { segment, weight: textAt(segment, 1), unit: textAt(segment, 12) };
}
