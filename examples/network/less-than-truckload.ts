// Prairie Motor Lines' less-than-truckload: tendered by 204, answered by 990, told of by 214, proved by a scanned POD.

import { HOUR_MS, MINUTE_MS } from '../../src/model/time.ts';
import { at } from './calendar.ts';
import { loadOf, SIGNERS } from './load-list.ts';
import {
  cloudEvent,
  type Load,
  planData,
  proofData,
  statusFile,
  statusReport,
  tender,
  tenderAnswer,
} from './messages.ts';
import { JOLIET } from './places.ts';
import { type Step, type Week, x12File } from './week.ts';
import type { Transaction } from './x12-hands.ts';

export function lessThanTruckloads(week: Week): Step[] {
  const { chance } = week;
  const loads = Array.from({ length: 32 }, (_, index) =>
    loadOf(week, 1_000, index, index % 4 === 3 ? 'peachstate' : 'hawthorn', 'prairie', {
      pounds: 180 + chance.below(24) * 95,
    }),
  );
  const night = nightOfSilence(week);
  const late: Transaction[] = [];
  const steps = loads.flatMap((load, index) => [
    ...tendered(week, load),
    ...travel(week, load, night, late),
    ...liftgate(week, load, index),
    // Two proofs never come: those deliveries stay unbilled, and somebody is asked for the paper.
    ...(index === 5 || index === 18 ? [] : [proof(week, load)]),
  ]);
  // After its silence the carrier sends everything in one interchange.
  const body = statusFile('prairie', week.control(), night.until, late);
  return [...steps, x12File('prairie', '214-backlog.edi', body, night.until)];
}

/** One load that goes as it should, from its tender to its proof of delivery. */
export function lessThanTruckload(week: Week, load: Load): Step[] {
  return [...tendered(week, load), ...travel(week, load, { from: 0, until: 0 }, []), proof(week, load)];
}

function tendered(week: Week, load: Load): Step[] {
  const tenderedAt = load.pickupAt - 20 * HOUR_MS;
  const answeredAt = tenderedAt + HOUR_MS;
  return [
    x12File('desk', `204-${load.id}.edi`, tender(load, '00', week.control(), tenderedAt), tenderedAt),
    x12File('prairie', `990-${load.id}.edi`, tenderAnswer(load, 'A', week.control(), answeredAt), answeredAt),
  ];
}

/** The carrier's line is down from Tuesday evening to Wednesday noon. */
function nightOfSilence({ firstDay }: Week): { from: number; until: number } {
  return { from: at(firstDay, 1, 17, 0, 'America/Chicago'), until: at(firstDay, 2, 12, 0, 'America/Chicago') };
}

function travel(week: Week, load: Load, silence: { from: number; until: number }, late: Transaction[]): Step[] {
  const { chance } = week;
  const halfway = (load.pickupAt + load.deliverAt) / 2;
  const reports = [
    { code: 'CP', at: load.pickupAt + chance.below(40) * MINUTE_MS, where: JOLIET },
    { code: 'X6', at: halfway, where: JOLIET },
    { code: 'OD', at: load.deliverAt - 90 * MINUTE_MS, where: load.to },
    { code: 'D1', at: load.deliverAt + chance.below(50) * MINUTE_MS, where: load.to },
  ];
  // Some carriers tell of the delivery before the pickup.
  if (chance.percent(15)) reports.reverse();
  return reports.flatMap((status, index) => {
    const sentAt = Math.max(status.at, reports[0]?.at ?? 0) + (4 + index + chance.below(35)) * MINUTE_MS;
    const transaction = statusReport(load, [status]);
    if (sentAt > silence.from && sentAt < silence.until) {
      late.push(transaction);
      return [];
    }
    const control = week.control();
    return [
      x12File(
        'prairie',
        `214-${load.pro}-${status.code}.edi`,
        statusFile('prairie', control, sentAt, [transaction]),
        sentAt,
      ),
    ];
  });
}

// A liftgate is reported on delivery; now and then only after the invoice, and once at a price nobody agreed to.
function liftgate({ chance }: Week, load: Load, index: number): Step[] {
  const code = index === 12 ? 'SORT' : 'LFT';
  if (index !== 12 && !chance.percent(20)) return [];
  const sentAt = load.deliverAt + (chance.percent(50) ? 1 : 20) * HOUR_MS;
  const data = { shipment: load.id, code, side: 'both', occurredAt: new Date(load.deliverAt).toISOString() };
  const event = cloudEvent('prairie', `${load.id}-${code}`, 'charge.reported', sentAt, data);
  return [{ kind: 'message', at: sentAt, partner: 'prairie', body: JSON.stringify(event), via: 'http' }];
}

function proof({ chance }: Week, load: Load): Step {
  const signedAt = load.deliverAt + 30 * MINUTE_MS;
  const sentAt = load.deliverAt + (2 + chance.below(10)) * HOUR_MS;
  const event = cloudEvent(
    'prairie',
    `${load.id}-pod`,
    'document.attached',
    sentAt,
    proofData(load, chance.pick(SIGNERS), signedAt),
  );
  return { kind: 'message', at: sentAt, partner: 'prairie', body: JSON.stringify(event), via: 'http' };
}

/** Grand River's pallets: planned by the warehouse in files, several shipments in one. */
export function warehousePallets(week: Week): Step[] {
  const { chance } = week;
  const loads = Array.from({ length: 16 }, (_, index) =>
    // One plan forgets its pallet count, and is mended two days later.
    loadOf(week, 3_000, index, 'grandriver', 'prairie', index === 6 ? {} : { pallets: 1 + chance.below(9) }),
  );
  const files = Map.groupBy(loads, (load) => Math.floor(load.pickupAt / (24 * HOUR_MS)));
  const plans = [...files.values()].map((group, index): Step => {
    const sentAt = Math.min(...group.map((load) => load.pickupAt)) - 3 * HOUR_MS;
    const events = group.map((load) =>
      cloudEvent('northdock', `${load.id}-plan`, 'shipment.planned', sentAt, planData(load)),
    );
    return {
      kind: 'message',
      at: sentAt,
      partner: 'northdock',
      fileName: `plans-${index + 1}.json`,
      body: JSON.stringify(events, null, 2),
      via: 'folder',
    };
  });
  return [
    ...plans,
    ...mendedPlan(loads[6]),
    ...loads.flatMap((load) => [
      ...travel(week, load, { from: 0, until: 0 }, []),
      ...wrapping(week, load),
      proof(week, load),
    ]),
  ];
}

function mendedPlan(load: Load | undefined): Step[] {
  if (load === undefined) return [];
  const sentAt = load.deliverAt + 26 * HOUR_MS;
  const event = cloudEvent(
    'northdock',
    `${load.id}-plan-2`,
    'shipment.planned',
    sentAt,
    planData({ ...load, pallets: 5 }),
  );
  return [
    {
      kind: 'message',
      at: sentAt,
      partner: 'northdock',
      fileName: `plan-${load.id}.json`,
      body: JSON.stringify([event], null, 2),
      via: 'folder',
    },
  ];
}

function wrapping({ chance }: Week, load: Load): Step[] {
  if (!chance.percent(35)) return [];
  const sentAt = load.pickupAt - 30 * MINUTE_MS;
  const data = {
    shipment: load.id,
    code: 'WRP',
    quantity: String(1 + chance.below(6)),
    side: 'sell',
    occurredAt: new Date(sentAt).toISOString(),
    note: 're-wrapped',
  };
  const event = cloudEvent('northdock', `${load.id}-wrap`, 'charge.reported', sentAt, data);
  return [{ kind: 'message', at: sentAt, partner: 'northdock', body: JSON.stringify(event), via: 'http' }];
}
