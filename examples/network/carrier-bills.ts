// What carriers bill for the week, by X12 210: mostly as agreed, and each kind of trouble once.
//
// Prairie bills on Friday evening: a liftgate among it that it never reported, and a minimum that is not ours. On Monday it
// bills a load a second time under a new number. Blue Heron bills what it drove.

import type { Instant } from '../../src/model/time.ts';
import { at, digitsIn } from './calendar.ts';
import { type Step, type Week, x12File } from './week.ts';
import { HANDS, interchange, type Transaction } from './x12-hands.ts';

type Bill = {
  readonly invoice: string;
  readonly shipment: string;
  readonly pro: string;
  readonly pounds: number;
  /** Special charge codes and cents, as the carrier writes them. */
  readonly charges: readonly (readonly [code: '400' | '405' | 'LFT', cents: number])[];
};

// 22.50 a hundredweight, 72.00 at least, and 17 % of it for fuel.
const PRAIRIE_ON_FRIDAY: readonly Bill[] = [
  {
    ...{ invoice: 'PM-88140', shipment: 'LK-1000', pro: '772200', pounds: 560 },
    charges: [
      ['400', 12_600],
      ['405', 2_142],
    ],
  },
  {
    ...{ invoice: 'PM-88141', shipment: 'LK-1008', pro: '772208', pounds: 1_510 },
    charges: [
      ['400', 33_975],
      ['405', 5_776],
      ['LFT', 6_200],
    ],
  },
  // Nobody was told of a liftgate here.
  {
    ...{ invoice: 'PM-88142', shipment: 'LK-1001', pro: '772201', pounds: 1_320 },
    charges: [
      ['400', 29_700],
      ['405', 5_049],
      ['LFT', 6_200],
    ],
  },
  // At a minimum of 85.00.
  {
    ...{ invoice: 'PM-88143', shipment: 'LK-1004', pro: '772204', pounds: 180 },
    charges: [
      ['400', 8_500],
      ['405', 1_445],
    ],
  },
];

const PRAIRIE_ON_MONDAY: readonly Bill[] = PRAIRIE_ON_FRIDAY.slice(0, 1).map((bill) => ({
  ...bill,
  invoice: 'PM-88206',
}));

// 471 miles at 1.92, and 0.41 a mile for fuel.
const HERON_ON_FRIDAY: readonly Bill[] = [
  {
    ...{ invoice: 'BH-20917', shipment: 'LK-2001', pro: '773201', pounds: 40_560 },
    charges: [
      ['400', 90_432],
      ['405', 19_311],
    ],
  },
];

export function carrierBills(week: Week): Step[] {
  const when = (day: number, hour: number) => at(week.firstDay, day, hour, 5, 'America/Chicago');
  return [
    billFile(week, 'prairie', when(4, 18), PRAIRIE_ON_FRIDAY),
    billFile(week, 'heron', when(4, 19), HERON_ON_FRIDAY),
    billFile(week, 'prairie', when(7, 9), PRAIRIE_ON_MONDAY),
  ];
}

const SCACS = { prairie: 'PRML', heron: 'BHRN' } as const;

function billFile(week: Week, carrier: keyof typeof SCACS, sentAt: Instant, bills: readonly Bill[]): Step {
  const local = digitsIn('America/Chicago', sentAt);
  const transactions = bills.map((bill) => billOf(bill, SCACS[carrier], local.slice(0, 8)));
  const body = interchange(HANDS[carrier], week.control(), local, transactions);
  return x12File(carrier, `210-${bills[0]?.invoice}.edi`, body, sentAt);
}

function billOf({ invoice, shipment, pro, pounds, charges }: Bill, scac: string, day: string): Transaction {
  const total = String(charges.reduce((sum, [, cents]) => sum + cents, 0));
  const segments = [
    ['B3', '', invoice, shipment, 'PP', 'L', day, total, '', '', '', scac],
    ['C3', 'USD'],
    ['N9', 'CN', pro],
    ...charges.flatMap(([code, cents], index) => {
      const line = String(index + 1);
      return [
        ['LX', line],
        ['L5', line, NAMES[code]],
        ...(code === '400' ? [['L0', line, '', '', String(pounds), 'G']] : []),
        ['L1', line, '', '', String(cents), '', '', '', code],
      ];
    }),
    ['L3', String(pounds), 'G', '', '', total],
  ];
  return { code: '210', segments };
}

const NAMES = { '400': 'FREIGHT', '405': 'FUEL SURCHARGE', LFT: 'LIFTGATE' } as const;
