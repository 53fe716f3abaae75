// Blue Heron's truckloads: tendered by 204, every stop told of by 214, waiting time charged as detention.

import { HOUR_MS, MINUTE_MS } from '../../src/model/time.ts';
import { loadOf } from './load-list.ts';
import { type Load, type Status, statusFile, statusReport, tender, tenderAnswer } from './messages.ts';
import { JOLIET } from './places.ts';
import { type Step, type Week, x12File } from './week.ts';

export function truckloads(week: Week): Step[] {
  const { chance } = week;
  return Array.from({ length: 24 }, (_, index) =>
    loadOf(week, 2_000, index, index % 3 === 0 ? 'hawthorn' : 'peachstate', 'heron', {
      pounds: 18_000 + chance.below(50) * 480,
    }),
  ).flatMap((load, index) => {
    const tenderedAt = load.pickupAt - 22 * HOUR_MS;
    const tendered = x12File('desk', `204-${load.id}.edi`, tender(load, '00', week.control(), tenderedAt), tenderedAt);
    const answeredAt = tenderedAt + 70 * MINUTE_MS;
    const accepted = x12File(
      'heron',
      `990-${load.id}.edi`,
      tenderAnswer(load, 'A', week.control(), answeredAt),
      answeredAt,
    );
    if (index === 4) return [tendered, accepted, cancelled(week, load, load.pickupAt - 2 * HOUR_MS)];
    if (index === 9) return [tendered, cancelled(week, load, tenderedAt + 30 * MINUTE_MS)];
    return [tendered, accepted, ...atTheShipper(week, load), ...atTheConsignee(week, load, index)];
  });
}

function cancelled(week: Week, load: Load, sentAt: number): Step {
  return x12File('desk', `204-${load.id}-cancel.edi`, tender(load, '01', week.control(), sentAt), sentAt);
}

const file = (week: Week, load: Load, sentAt: number, statuses: readonly Status[]): Step => {
  const body = statusFile('heron', week.control(), sentAt, [statusReport(load, statuses)]);
  return x12File('heron', `214-${load.pro}-${statuses[0]?.code}.edi`, body, sentAt);
};

function atTheShipper(week: Week, load: Load): Step[] {
  const { chance } = week;
  const arrival = load.pickupAt - chance.below(30) * MINUTE_MS;
  // One truck in five is loaded so slowly that it earns detention.
  const departure = load.pickupAt + (chance.percent(20) ? 150 + chance.below(120) : 45 + chance.below(60)) * MINUTE_MS;
  return [
    file(week, load, departure + 12 * MINUTE_MS, [
      { code: 'X3', at: arrival, where: JOLIET },
      { code: 'AF', at: departure, where: JOLIET },
    ]),
  ];
}

function atTheConsignee(week: Week, load: Load, index: number): Step[] {
  const { chance } = week;
  const arrival = load.deliverAt - chance.below(25) * MINUTE_MS;
  const delivery = load.deliverAt + (30 + chance.below(50)) * MINUTE_MS;
  const departure = delivery + (chance.percent(20) ? 100 + chance.below(160) : 15) * MINUTE_MS;
  const steps = [file(week, load, arrival + 5 * MINUTE_MS, [{ code: 'X1', at: arrival, where: load.to }])];
  if (index === 14)
    steps.push(
      file(week, load, arrival - 3 * HOUR_MS, [
        { code: 'SD', reason: 'BG', at: arrival - 3 * HOUR_MS, where: load.to },
      ]),
    );
  if (index === 7) {
    // Refused at the dock, delivered the next day.
    steps.push(
      file(week, load, delivery + 8 * MINUTE_MS, [{ code: 'A7', reason: 'A1', at: delivery, where: load.to }]),
    );
    const again = delivery + 22 * HOUR_MS;
    return [...steps, file(week, load, again + 9 * MINUTE_MS, [{ code: 'D1', at: again, where: load.to }])];
  }
  steps.push(file(week, load, delivery + 7 * MINUTE_MS, [{ code: 'D1', at: delivery, where: load.to }]));
  // The departure is told late, after the invoice: detention then comes as a supplementary.
  steps.push(
    file(week, load, departure + (chance.percent(50) ? 6 : 900) * MINUTE_MS, [
      { code: 'CD', at: departure, where: load.to },
    ]),
  );
  return steps;
}
