// Quick Parcel's boxes: planned by the desk as JSON, followed by webhooks, each signed for at the door.

import { HOUR_MS, MINUTE_MS } from '../../src/model/time.ts';
import { textIn } from './calendar.ts';
import { loadOf, SIGNERS } from './load-list.ts';
import { cloudEvent, type Load, planData, proofData } from './messages.ts';
import type { Step, Week } from './week.ts';

const post = (partner: string, event: object, sentAt: number): Step => ({
  kind: 'message',
  at: sentAt,
  partner,
  body: JSON.stringify(event),
  via: 'http',
});

export function parcels(week: Week): Step[] {
  const { chance } = week;
  return Array.from({ length: 40 }, (_, index) => {
    const attributes = chance.percent(30) ? { attributes: ['residential'] } : {};
    const customer = index % 4 === 0 ? 'hawthorn' : 'cascadia';
    return loadOf(week, 5_000, index, customer, 'quickparcel', { units: 1 + chance.below(14), ...attributes });
  }).flatMap((load, index) => {
    const plannedAt = load.pickupAt - 5 * HOUR_MS;
    const tracking = `1QP${9_400_000 + Number(load.pro)}`;
    return [
      post('desk', cloudEvent('desk', `${load.id}-plan`, 'shipment.planned', plannedAt, planData(load)), plannedAt),
      ...journey(week, load, index, tracking),
      ...(load.customer === 'hawthorn' ? [signature(week, load)] : []),
    ];
  });
}

// The first webhook names our number and the tracking number; after that the tracking number alone.
function journey({ chance }: Week, load: Load, index: number, tracking: string): Step[] {
  const happenings = [
    { milestone: 'picked-up', at: load.pickupAt + 10 * MINUTE_MS },
    { milestone: 'in-transit', at: load.pickupAt + 6 * HOUR_MS },
    { milestone: 'out-for-delivery', at: load.deliverAt - 3 * HOUR_MS },
    ...(index === 17 ? [{ milestone: 'delivery-failed', at: load.deliverAt - HOUR_MS }] : []),
    ...(index === 23 ? [{ milestone: 'damaged', at: load.deliverAt - 2 * HOUR_MS }] : []),
    { milestone: 'delivered', at: load.deliverAt + (index === 17 ? 20 * HOUR_MS : 0) },
  ];
  return happenings.map(({ milestone, at }, count) => {
    const sentAt = at + (1 + chance.below(12)) * MINUTE_MS;
    const zone = milestone === 'picked-up' || milestone === 'in-transit' ? 'America/Chicago' : load.to.timezone;
    const named = count === 0 ? { shipment: load.id } : {};
    const data = {
      ...named,
      references: [{ type: 'tracking', value: tracking }],
      milestone,
      occurredAt: textIn(zone, at),
    };
    return post(
      'quickparcel',
      cloudEvent('quickparcel', `${tracking}-${count}`, 'shipment.milestone', sentAt, data),
      sentAt,
    );
  });
}

function signature({ chance }: Week, load: Load): Step {
  const sentAt = load.deliverAt + 15 * MINUTE_MS;
  const data = proofData(load, chance.pick(SIGNERS), load.deliverAt);
  return post('quickparcel', cloudEvent('quickparcel', `${load.id}-pod`, 'document.attached', sentAt, data), sentAt);
}
