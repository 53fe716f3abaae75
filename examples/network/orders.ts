// What Hawthorn orders: purchase orders by X12 850, picked and packed by North Dock (945), hauled by Prairie Motor Lines.
//
// One order goes out whole, one arrives short, one travels in two shipments, and one is not shipped yet.

import { HOUR_MS } from '../../src/model/time.ts';
import { at, digitsIn, textIn } from './calendar.ts';
import { lessThanTruckload } from './less-than-truckload.ts';
import { loadOf } from './load-list.ts';
import { cloudEvent, type Load } from './messages.ts';
import { CONSIGNEES, type Place } from './places.ts';
import { type Step, type Week, x12File } from './week.ts';
import { HANDS, interchange } from './x12-hands.ts';

const CHICAGO = 'America/Chicago';

type OrderLine = {
  readonly sku: string;
  readonly description: string;
  readonly ordered: number;
  readonly unitPrice: string;
};
type Order = {
  readonly number: string;
  /** Days after the first on which it is sent, at eight in the morning. */
  readonly day: number;
  readonly store: Place;
  readonly lines: readonly OrderLine[];
  /** What each shipment takes of each line. */
  readonly shipments: readonly (readonly number[])[];
  /** What did not arrive of the first shipment, by line. */
  readonly short?: { readonly line: number; readonly quantity: number };
};

const HINGES = { sku: 'LS-2204', description: 'Butt hinge 4 in, satin nickel, pair', unitPrice: '6.85' };
const DEADBOLTS = { sku: 'LS-3110', description: 'Deadbolt, single cylinder', unitPrice: '18.40' };
const DRILLS = { sku: 'LS-7702', description: 'Cordless drill 18 V, kit', unitPrice: '64.50' };
const BLADES = { sku: 'LS-7745', description: 'Saw blade 7 1/4 in, 24 teeth', unitPrice: '9.125' };
const LADDERS = { sku: 'LS-9018', description: 'Step ladder 6 ft, fibreglass', unitPrice: '71.20' };

const [GARY, COLUMBUS, GRAND_RAPIDS] = CONSIGNEES.hawthorn as readonly [Place, Place, Place];

const ORDERS: readonly Order[] = [
  {
    number: 'HH-44017',
    day: -1,
    store: GARY,
    lines: [
      { ...HINGES, ordered: 144 },
      { ...DEADBOLTS, ordered: 36 },
    ],
    shipments: [[144, 36]],
  },
  {
    number: 'HH-44021',
    day: -1,
    store: COLUMBUS,
    lines: [
      { ...DRILLS, ordered: 30 },
      { ...BLADES, ordered: 200 },
    ],
    shipments: [[30, 200]],
    short: { line: 1, quantity: 4 },
  },
  {
    number: 'HH-44026',
    day: 0,
    store: GRAND_RAPIDS,
    lines: [
      { ...LADDERS, ordered: 24 },
      { ...HINGES, ordered: 60 },
    ],
    shipments: [
      [16, 60],
      [8, 0],
    ],
  },
  { number: 'HH-44033', day: 4, store: GARY, lines: [{ ...DEADBOLTS, ordered: 48 }], shipments: [] },
];

export function orders(week: Week): Step[] {
  let count = 0;
  return ORDERS.flatMap((order) => [
    placed(week, order),
    ...order.shipments.flatMap((quantities, index) => {
      const load = loadFor(week, order, count++);
      const short = index === 0 ? order.short : undefined;
      return [
        packed(week, load, quantities),
        ...(short === undefined ? [] : [arrivedShort(load, short)]),
        ...lessThanTruckload(week, load),
      ];
    }),
  ]);
}

function loadFor(week: Week, { number, store }: Order, index: number): Load {
  const load = loadOf(week, 6_000, index, 'hawthorn', 'prairie', { pounds: 420 + index * 230 }, store);
  return { ...load, purchaseOrder: number };
}

function placed({ firstDay, control }: Week, { number, day, store, lines }: Order): Step {
  const sentAt = at(firstDay, day, 8, 0, CHICAGO);
  const local = digitsIn(CHICAGO, sentAt);
  const segments = [
    ['BEG', '00', 'SA', number, '', local.slice(0, 8)],
    ['CUR', 'BY', 'USD'],
    ['N1', 'BY', 'Hawthorn Hardware', '01', '061234578'],
    ['N1', 'ST', store.name],
    ['N4', store.city, store.region, store.postal, 'US'],
    ...lines.flatMap(({ sku, description, ordered, unitPrice }, index) => [
      ['PO1', String(index + 1), String(ordered), 'EA', unitPrice, '', 'VN', sku],
      ['PID', 'F', '', '', '', description],
    ]),
    ['CTT', String(lines.length)],
  ];
  return x12File(
    'hawthorn',
    `850-${number}.edi`,
    interchange(HANDS.hawthorn, control(), local, [{ code: '850', segments }]),
    sentAt,
  );
}

function packed({ control }: Week, { id, purchaseOrder, pickupAt, pounds }: Load, quantities: readonly number[]): Step {
  const sentAt = pickupAt - 2 * HOUR_MS;
  const local = digitsIn(CHICAGO, sentAt);
  const rows = quantities.flatMap((quantity, index) => (quantity === 0 ? [] : [{ line: index + 1, quantity }]));
  const segments = [
    ['W06', 'F', purchaseOrder, local.slice(0, 8), id],
    ['G62', '11', local.slice(0, 8), '1', local.slice(8)],
    ...rows.flatMap(({ line, quantity }) => [
      ['LX', String(line)],
      ['W12', 'CC', '', String(quantity), '', 'EA'],
      ['N9', 'LI', String(line)],
    ]),
    ['W03', String(rows.reduce((sum, { quantity }) => sum + quantity, 0)), String(pounds), 'LB'],
  ];
  const body = interchange(HANDS.northdock, control(), local, [{ code: '945', segments }]);
  return x12File('northdock', `945-${id}.edi`, body, sentAt);
}

// The driver's count at the door, told before the paper is.
function arrivedShort(load: Load, { line, quantity }: NonNullable<Order['short']>): Step {
  const sentAt = load.deliverAt + HOUR_MS;
  const data = {
    shipment: load.id,
    shortages: [{ order: load.purchaseOrder, line, quantity: String(quantity), reason: 'short' }],
    occurredAt: textIn(load.to.timezone, load.deliverAt),
  };
  const event = cloudEvent('prairie', `${load.id}-short`, 'delivery.short', sentAt, data);
  return { kind: 'message', at: sentAt, partner: 'prairie', body: JSON.stringify(event), via: 'http' };
}
