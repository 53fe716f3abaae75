// Makes loads: who ships what where, on which day.

import { HOUR_MS, MINUTE_MS } from '../../src/model/time.ts';
import { at } from './calendar.ts';
import type { Load } from './messages.ts';
import { CONSIGNEES, type CustomerId, type Place } from './places.ts';
import type { Week } from './week.ts';

const CUSTOMERS: Readonly<Record<CustomerId, { name: string; number: string }>> = {
  hawthorn: { name: 'Hawthorn Hardware', number: '061234578' },
  peachstate: { name: 'Peach State Builders', number: '088812340' },
  grandriver: { name: 'Grand River Grocers', number: '093377110' },
  cascadia: { name: 'Cascadia Outfitters', number: '117744120' },
};

/** Load `index` of a customer: numbers and times follow from it and from the week's chance. */
export function loadOf(
  week: Week,
  series: number,
  index: number,
  customer: CustomerId,
  carrier: Load['carrier'],
  measures: Pick<Load, 'pounds' | 'pallets' | 'units' | 'attributes'>,
  to: Place = week.chance.pick(CONSIGNEES[customer]),
): Load {
  const { chance, firstDay } = week;
  const day = index % 4;
  const pickupAt = at(firstDay, day, 8 + chance.below(7), chance.below(4) * 15, 'America/Chicago');
  // An hour for every fifty miles, and a night for every five hundred.
  const onTheRoad = (to.distanceMiles / 50) * HOUR_MS + Math.floor(to.distanceMiles / 500) * 10 * HOUR_MS;
  const quarter = 15 * MINUTE_MS;
  return {
    id: `LK-${series + index}`,
    customer,
    customerName: CUSTOMERS[customer].name,
    customerNumber: CUSTOMERS[customer].number,
    carrier,
    to,
    pro: String(771_200 + series + index),
    purchaseOrder: `PO-${30_000 + series * 3 + index}`,
    pickupAt,
    deliverAt: Math.ceil((pickupAt + onTheRoad + 4 * HOUR_MS) / quarter) * quarter,
    ...measures,
  };
}

export const SIGNERS = ['R. Alvarez', 'K. Lindqvist', 'M. Bell', 'T. Okafor', 'J. Novak', 'S. Pruitt'] as const;
