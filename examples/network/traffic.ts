// Five days of the sample network, as a list of what is sent when: the same on every machine for the same first day.
//
// Most loads are plain. The odd ones are where a hub earns its keep, so each kind is there: doubles, late and
// out-of-order reports, a silent partner, an ERP that is away and one whose answer is lost, and messages that no one can read.

import { type Instant, MINUTE_MS } from '../../src/model/time.ts';
import { badMessages } from './bad-messages.ts';
import { at, textIn } from './calendar.ts';
import { carrierBills } from './carrier-bills.ts';
import { customerDispute } from './customer-dispute.ts';
import { lessThanTruckloads, warehousePallets } from './less-than-truckload.ts';
import { cloudEvent } from './messages.ts';
import { orders } from './orders.ts';
import { parcels } from './parcels.ts';
import { payments } from './payments.ts';
import { seeded } from './seeded.ts';
import { truckloads } from './truckloads.ts';
import type { Step, Week } from './week.ts';

/** When the setup is loaded and the clock begins: two days before, since loads are tendered ahead. */
export function startOf(firstDay: string): Instant {
  return at(firstDay, -2, 0, 0, 'UTC');
}

/** By when everything of the week is due. */
export function endOf(firstDay: string): Instant {
  return at(firstDay, 8, 0, 0, 'UTC');
}

/** Ascending by time. */
export function weekOfTraffic(firstDay: string): Step[] {
  let control = 4_200;
  const week: Week = {
    firstDay,
    chance: seeded(20_260_302),
    control: () => {
      control += 1;
      return control;
    },
  };
  const steps = [
    ...fuelPrices(week),
    ...lessThanTruckloads(week),
    ...warehousePallets(week),
    ...truckloads(week),
    ...parcels(week),
    ...badMessages(week),
    ...erpTroubles(week),
    // Last: what they draw from chance changes nothing before them.
    ...carrierBills(week),
    ...payments(week),
    ...orders(week),
    ...customerDispute(week),
  ];
  return withDoubles(steps, week).sort((a, b) => a.at - b.at);
}

function fuelPrices({ firstDay }: Week): Step[] {
  return [
    { day: 0, price: '3.842' },
    { day: 3, price: '4.015' },
  ].map(({ day, price }) => {
    const sentAt = at(firstDay, day, 0, 5, 'America/Chicago');
    const data = { index: 'us-diesel', effective: textIn('America/Chicago', sentAt).slice(0, 10), price };
    const event = cloudEvent('desk', `fuel-${day}`, 'fuel.published', sentAt, data);
    return { kind: 'message', at: sentAt, partner: 'desk', body: JSON.stringify(event), via: 'http' };
  });
}

// One message in twenty comes twice, some minutes later, as partners do after a time-out of their own.
function withDoubles(steps: readonly Step[], { chance }: Week): Step[] {
  return steps.flatMap((step) =>
    step.kind === 'message' && chance.percent(5)
      ? [step, { ...step, at: step.at + (5 + chance.below(90)) * MINUTE_MS }]
      : [step],
  );
}

function erpTroubles({ firstDay }: Week): Step[] {
  const zone = 'America/Chicago';
  return [
    { kind: 'erp', mode: 'down', at: at(firstDay, 2, 9, 0, zone), say: 'The ERP is down for maintenance' },
    { kind: 'erp', mode: 'up', at: at(firstDay, 2, 11, 30, zone), say: 'The ERP is back' },
    {
      kind: 'erp',
      mode: 'timeout-after-commit',
      at: at(firstDay, 3, 13, 0, zone),
      say: 'The ERP books, but its answers get lost',
    },
    { kind: 'erp', mode: 'up', at: at(firstDay, 3, 14, 30, zone), say: 'The ERP answers again' },
    { kind: 'erp', mode: 'slow', at: at(firstDay, 4, 10, 0, zone), say: 'The ERP is slow' },
    { kind: 'erp', mode: 'up', at: at(firstDay, 4, 10, 40, zone), say: 'The ERP is quick again' },
  ];
}
