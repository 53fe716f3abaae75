// Transport demand → X12 204 load tender, release 004010: what `204.ts` reads, written.
//
// One interchange a message, its number counted by recipient and kept with the message, so that sending it again sends
// the same bytes, which the receiver knows by that number.
import { writeX12, type X12PlainSegment, type X12Written } from '../../formats/x12/index.ts';
import { type DemandContent, type DemandPlace, type DemandPurpose, demandWeight } from '../../model/demand.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { localDateIn } from '../../model/time.ts';

export type Tender = {
  readonly content: DemandContent;
  readonly purpose: DemandPurpose;
  readonly control: number;
  /** Epoch milliseconds: when it was decided, not when it is sent. */
  readonly madeAt: number;
  /** ISA05 and ISA06. */
  readonly sender: { readonly qualifier: string; readonly id: string };
  readonly recipient: Partner;
};

/** B2A01. */
const PURPOSES: Readonly<Record<DemandPurpose, string>> = { original: '00', cancel: '01', change: '04' };
/** MS304. */
const METHODS: Readonly<Record<string, string>> = {
  LTL: 'LT',
  FTL: 'M',
  AIR: 'A',
  OCEAN: 'S',
  RAIL: 'R',
  INTERMODAL: 'X',
};

export function writeTender(tender: Tender): X12Written {
  const { content, control, madeAt, sender, recipient } = tender;
  const to = recipient.identifiers?.find(({ scheme }) => scheme === 'x12');
  const scac = recipient.identifiers?.find(({ scheme }) => scheme === 'scac')?.value ?? '';
  const day = localDateIn('UTC', madeAt).replaceAll('-', '');
  const time = new Date(madeAt).toISOString().slice(11, 16).replace(':', '');
  const receiver = to?.value ?? scac;
  return writeX12({
    senderQualifier: sender.qualifier,
    sender: sender.id,
    receiverQualifier: to?.qualifier ?? '02',
    receiver,
    date: day.slice(2),
    time,
    version: '00401',
    controlNumber: String(control).padStart(9, '0'),
    acknowledgementRequested: true,
    usage: 'P',
    groups: [
      {
        functionalId: 'SM',
        sender: sender.id,
        receiver,
        date: day,
        time,
        controlNumber: String(control),
        release: '004010',
        transactions: [{ code: '204', controlNumber: '0001', segments: segmentsOf(tender, scac, content) }],
      },
    ],
  });
}

function segmentsOf({ purpose }: Tender, scac: string, content: DemandContent): X12PlainSegment[] {
  const { order, customer, customerReference, mode, pickup, delivery, wantedBy, lines } = content;
  const weight = demandWeight(lines);
  const goods = lines.slice(0, 99).map(({ description, sku, quantity }): X12PlainSegment => {
    return ['L11', clean(`${quantity} ${description ?? sku ?? ''}`, 30), 'ZZ'];
  });
  return [
    ['B2', '', scac, '', clean(order, 30), '', 'PP'],
    ['B2A', PURPOSES[purpose], 'LT'],
    ['L11', clean(order, 30), 'SI'],
    ...(customerReference === undefined ? [] : [['L11', clean(customerReference, 30), 'PO'] as X12PlainSegment]),
    ['MS3', scac, 'B', '', METHODS[mode] ?? clean(mode, 2)],
    ['N1', 'BT', clean(customer, 60), '93', clean(customer, 80)],
    ['S5', '1', 'CL'],
    ...placeSegments('SF', pickup),
    ['S5', '2', 'CU'],
    ...goods,
    ...(wantedBy === undefined ? [] : [dateSegment(wantedBy)]),
    ...placeSegments('ST', delivery),
    ...(weight === undefined ? [] : [['L3', weight.value, 'G'] as X12PlainSegment]),
  ];
}

/** G6201 `02`: delivery requested then. */
function dateSegment(wantedBy: string): X12PlainSegment {
  const at = new Date(wantedBy).toISOString();
  return ['G62', '02', at.slice(0, 10).replaceAll('-', ''), 'Z', at.slice(11, 16).replace(':', ''), 'UT'];
}

function placeSegments(entity: string, place: DemandPlace): X12PlainSegment[] {
  return [
    ['N1', entity, clean(place.name ?? place.city ?? '', 60)],
    ...(place.street === undefined ? [] : [['N3', clean(place.street, 55)] as X12PlainSegment]),
    [
      'N4',
      clean(place.city ?? '', 30),
      clean(place.region ?? '', 2),
      clean(place.postal ?? '', 15),
      clean(place.country ?? '', 3),
    ],
  ];
}

// What people typed into an order is free; an element is not.
function clean(text: string, length: number): string {
  const plain = text.replace(/[*~>^]|\p{Cc}/gu, ' ').replace(/\s+/g, ' ');
  return plain.trim().slice(0, length).trim();
}
