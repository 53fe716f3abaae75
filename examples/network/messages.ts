// What each sender says of a shipment, in its own form: 204, 990 and 214 by hand, webhooks and files as JSON.

import type { Instant } from '../../src/model/time.ts';
import { digitsIn, textIn } from './calendar.ts';
import { JOLIET, type Place } from './places.ts';
import { pdfOf } from './proof.ts';
import { HANDS, interchange, type Transaction } from './x12-hands.ts';

export type Load = {
  readonly id: string;
  readonly customer: string;
  readonly customerName: string;
  readonly customerNumber: string;
  readonly carrier: 'prairie' | 'heron' | 'quickparcel';
  readonly to: Place;
  readonly pro: string;
  readonly purchaseOrder: string;
  readonly pounds?: number;
  readonly pallets?: number;
  readonly units?: number;
  readonly attributes?: readonly string[];
  readonly pickupAt: Instant;
  readonly deliverAt: Instant;
};

const SCACS = { prairie: 'PRML', heron: 'BHRN', quickparcel: 'QKPC' } as const;
const CHICAGO = 'America/Chicago';

/** The desk's 204; purpose `00` tenders, `01` cancels. */
export function tender(load: Load, purpose: '00' | '01', control: number, sentAt: Instant): string {
  const { to } = load;
  const pickup = digitsIn(JOLIET.timezone, load.pickupAt);
  const delivery = digitsIn(to.timezone, load.deliverAt);
  const isTruckload = load.carrier === 'heron';
  const segments = [
    ['B2', '', SCACS[load.carrier], '', load.id, '', 'PP'],
    ['B2A', purpose],
    ['L11', load.purchaseOrder, 'PO'],
    ['L11', String(to.distanceMiles), 'DIS'],
    ['MS3', SCACS[load.carrier], 'B', '', isTruckload ? 'M' : 'LT'],
    ['N1', 'BT', load.customerName, '01', load.customerNumber],
    ['S5', '1', 'CL', String(load.pounds), 'L'],
    ['G62', '37', pickup.slice(0, 8), 'I', pickup.slice(8), JOLIET.zoneCode],
    ['N1', 'SF', JOLIET.name],
    ['N4', JOLIET.city, JOLIET.region, JOLIET.postal, 'US'],
    ['S5', '2', 'CU', String(load.pounds), 'L'],
    ['G62', '53', delivery.slice(0, 8), 'G', delivery.slice(8), to.zoneCode],
    ['N1', 'ST', to.name],
    ['N4', to.city, to.region, to.postal, 'US'],
    ['L3', String(load.pounds), 'G'],
  ];
  return interchange(HANDS.desk, control, digitsIn(CHICAGO, sentAt), [{ code: '204', segments }]);
}

export function tenderAnswer(load: Load, answer: 'A' | 'D', control: number, sentAt: Instant): string {
  const local = digitsIn(CHICAGO, sentAt);
  const segments = [['B1', SCACS[load.carrier], load.id, local.slice(0, 8), answer]];
  const hand = load.carrier === 'heron' ? HANDS.heron : HANDS.prairie;
  return interchange(hand, control, local, [{ code: '990', segments }]);
}

export type Status = { readonly code: string; readonly reason?: string; readonly at: Instant; readonly where: Place };

/** One 214 transaction. Prairie goes by the clock of its own terminal, Blue Heron by that of the place. */
export function statusReport(load: Load, statuses: readonly Status[]): Transaction {
  const segments = [
    ['B10', load.pro, load.id, SCACS[load.carrier]],
    ['L11', load.purchaseOrder, 'PO'],
    ...statuses.flatMap(({ code, reason, at, where }, index) => {
      const [clock, zone] = load.carrier === 'heron' ? [where.timezone, where.zoneCode] : [CHICAGO, 'CT'];
      const local = digitsIn(clock, at);
      return [
        ['LX', String(index + 1)],
        ['AT7', code, reason ?? 'NS', '', '', local.slice(0, 8), local.slice(8), zone],
        ['MS1', where.city, where.region],
      ];
    }),
  ];
  return { code: '214', segments };
}

export function statusFile(
  carrier: 'prairie' | 'heron',
  control: number,
  sentAt: Instant,
  transactions: readonly Transaction[],
): string {
  return interchange(HANDS[carrier], control, digitsIn(CHICAGO, sentAt), transactions);
}

/** A canonical event as its sender posts it. */
export function cloudEvent(sender: string, id: string, type: string, sentAt: Instant, data: object): object {
  return { specversion: '1.0', id, source: `/${sender}`, type, time: textIn('UTC', sentAt), data };
}

/** The plan as a system that speaks JSON tells it. */
export function planData(load: Load): object {
  const { to } = load;
  return {
    shipment: load.id,
    customer: load.customer,
    carrier: load.carrier,
    mode: load.carrier === 'quickparcel' ? 'PARCEL' : 'LTL',
    references: [{ type: 'po', value: load.purchaseOrder }],
    stops: [
      {
        sequence: 1,
        kind: 'pickup',
        ...placeData(JOLIET),
        appointment: { from: textIn(JOLIET.timezone, load.pickupAt) },
      },
      { sequence: 2, kind: 'delivery', ...placeData(to) },
    ],
    ...(load.pounds === undefined ? {} : { weight: { value: String(load.pounds), unit: 'lb' } }),
    ...(load.pallets === undefined ? {} : { pallets: String(load.pallets) }),
    ...(load.units === undefined ? {} : { units: String(load.units) }),
    ...(load.attributes === undefined ? {} : { attributes: load.attributes }),
    distanceMiles: String(to.distanceMiles),
  };
}

function placeData({ name, city, region, postal, timezone }: Place): object {
  return { name, city, region, postal, country: 'US', timezone };
}

export function proofData(load: Load, signedBy: string, signedAt: Instant): object {
  const when = textIn(load.to.timezone, signedAt);
  const file = pdfOf([
    `Proof of delivery ${load.id}`,
    `PRO ${load.pro}`,
    `${load.to.name}, ${load.to.city}`,
    `Signed ${when}`,
    signedBy,
  ]);
  return {
    shipment: load.id,
    kind: 'pod',
    mediaType: 'application/pdf',
    content: Buffer.from(file).toString('base64'),
    signedBy,
    signedAt: when,
  };
}
