// Statuses as an LTL carrier sends them, one 214 a status, for shipments that come and go.
//
// A shipment is planned, gets its eight statuses mixed among those of a thousand others, and is billed by the last.
import type { Setup } from '../../src/model/setup/index.ts';
import { formatInstant, HOUR_MS, type Instant } from '../../src/model/time.ts';

export const STATUSES_A_SHIPMENT = 8;
/** Shipments under way at one time. */
export const UNDER_WAY = 1_000;
/** Their interchanges are numbered apart from all others. */
const DELIVERIES_FROM = 500_000_000;
const START: Instant = Date.parse('2026-03-02T06:00:00Z');

/** AT701 and the city, in the order they happen. */
const LIFE = [
  ['X3', 'MEMPHIS*TN*US'],
  ['AF', 'MEMPHIS*TN*US'],
  ['X6', 'LITTLE ROCK*AR*US'],
  ['X4', 'TEXARKANA*TX*US'],
  ['X6', 'MOUNT PLEASANT*TX*US'],
  ['X1', 'DALLAS*TX*US'],
  ['X6', 'DALLAS*TX*US'],
  ['D1', 'DALLAS*TX*US'],
] as const;

export const SETUP: Setup = {
  partners: [
    { id: 'acme', name: 'Acme Supply', roles: ['customer'] },
    { id: 'tms', name: 'The TMS', roles: ['tms'] },
    {
      id: 'swft',
      name: 'Swift Lines',
      roles: ['carrier'],
      identifiers: [
        { scheme: 'scac', value: 'SWFT' },
        { scheme: 'x12', qualifier: '02', value: 'SWFT' },
      ],
      timezone: 'America/Chicago',
      podFromD1: true,
    },
  ],
  agreements: [
    {
      id: 'acme-2026',
      side: 'sell',
      party: 'acme',
      currency: 'USD',
      validFrom: '2026-01-01',
      lanes: [
        {
          id: 'ltl-us',
          mode: 'LTL',
          origin: { country: 'US' },
          destination: { country: 'US' },
          linehaul: {
            basis: 'per-cwt',
            breaks: [
              { from: '0', rate: '32.50' },
              { from: '500', rate: '28.10' },
              { from: '1000', rate: '22.40' },
            ],
            deficit: true,
            minimum: '95.00',
          },
        },
      ],
      fuel: { index: 'us-diesel', method: 'percent-of-linehaul', table: [{ from: '0', value: '21.5' }] },
      accessorials: [
        {
          code: 'DET',
          trigger: 'detention',
          stops: 'any',
          freeMinutes: 120,
          incrementMinutes: 15,
          rate: '18.75',
        },
      ],
    },
  ],
  policies: [{ customer: 'acme', trigger: 'pod', adjustments: { autoApproveUpTo: '1000.00' } }],
  fuel: [{ index: 'us-diesel', entries: [{ effective: '2026-02-23', price: '3.842' }] }],
};

/** The plan of a shipment as canonical JSON. */
export function planOf(shipment: number): Uint8Array {
  const data = {
    shipment: idOf(shipment),
    customer: 'acme',
    carrier: 'swft',
    mode: 'LTL',
    weight: { value: String(300 + (shipment % 900)), unit: 'lb' },
    references: [{ type: 'bol', value: `BOL${shipment}` }],
    stops: [
      { sequence: 1, kind: 'pickup', city: 'Memphis', region: 'TN', country: 'US', timezone: 'America/Chicago' },
      { sequence: 2, kind: 'delivery', city: 'Dallas', region: 'TX', country: 'US', timezone: 'America/Chicago' },
    ],
  };
  const time = formatInstant(START);
  const event = { specversion: '1.0', id: `plan-${shipment}`, source: '/tms', type: 'shipment.planned', time, data };
  return Buffer.from(JSON.stringify(event));
}

/** The shipment and the status that the n-th 214 is about: a window of shipments moves along as they are delivered. */
export function statusAt(n: number): Status {
  const round = Math.floor(n / (UNDER_WAY * STATUSES_A_SHIPMENT));
  const within = n % (UNDER_WAY * STATUSES_A_SHIPMENT);
  return { shipment: round * UNDER_WAY + (within % UNDER_WAY), step: Math.floor(within / UNDER_WAY) };
}

/** One interchange with the 214s from `first` on, `count` of them. */
export function interchangeOf(first: number, count: number): Uint8Array {
  return interchange(
    first,
    Array.from({ length: count }, (_, index) => statusAt(first + index)),
  );
}

/** One interchange that says of `count` shipments from `first` on that they are delivered, and nothing of their way. */
export function deliveriesOf(first: number, count: number): Uint8Array {
  return interchange(
    DELIVERIES_FROM + first,
    Array.from({ length: count }, (_, index) => ({ shipment: first + index, step: LIFE.length - 1 })),
  );
}

type Status = { readonly shipment: number; readonly step: number };

function interchange(number: number, statuses: readonly Status[]): Uint8Array {
  const count = statuses.length;
  const control = String(number % 1_000_000_000).padStart(9, '0');
  const sets = statuses.map((status, index) => transaction214(status, index + 1));
  return Buffer.from(
    `ISA*00*          *00*          *02*SWFT           *ZZ*LADINGHUB      *260312*0815*U*00401*${control}*0*P*>~\n` +
      `GS*QM*SWFT*LADINGHUB*20260312*0815*${number}*X*004010~\n${sets.join('')}GE*${count}*${number}~\nIEA*1*${control}~\n`,
  );
}

function transaction214({ shipment, step }: Status, number: number): string {
  const [code, city] = LIFE[step] as (typeof LIFE)[number];
  const at = new Date(START + (step * 5 + 2) * HOUR_MS).toISOString();
  const control = String(number).padStart(4, '0');
  const body = [
    `ST*214*${control}`,
    `B10*PRO${shipment}*${idOf(shipment)}*SWFT`,
    `L11*BOL${shipment}*BM`,
    'LX*1',
    `AT7*${code}*NS***${at.slice(0, 10).replaceAll('-', '')}*${at.slice(11, 16).replace(':', '')}*CT`,
    `MS1*${city}`,
    `MS2*SWFT*TRL${shipment % 9973}`,
  ];
  return `${[...body, `SE*${body.length + 1}*${control}`].join('~\n')}~\n`;
}

export function idOf(shipment: number): string {
  return `SHP-${100_000 + shipment}`;
}
