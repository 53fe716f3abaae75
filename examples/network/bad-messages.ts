// What goes wrong at the door in a real week. None of it may cost anyone else.

import { at, digitsIn, textIn } from './calendar.ts';
import { cloudEvent } from './messages.ts';
import type { Step, Week } from './week.ts';
import { HANDS, interchange, type Transaction } from './x12-hands.ts';

export function badMessages(week: Week): Step[] {
  const zone = 'America/Chicago';
  const when = (day: number, hour: number) => at(week.firstDay, day, hour, 20, zone);
  const step = (sentAt: number, partner: string, body: string, fileName?: string): Step => ({
    kind: 'message',
    at: sentAt,
    partner,
    fileName,
    body,
    via: 'http',
  });
  const status = (pro: string, id: string, code: string, sentAt: number, scac = 'PRML'): Transaction => {
    const local = digitsIn(zone, sentAt);
    const at7 = ['AT7', code, 'NS', '', '', local.slice(0, 8), local.slice(8), 'LT'];
    return { code: '214', segments: [['B10', pro, id, scac], ['LX', '1'], at7, ['MS1', 'Joliet', 'IL']] };
  };
  const send = (sentAt: number, transactions: readonly Transaction[], hand = HANDS.prairie) =>
    interchange(hand, week.control(), digitsIn(zone, sentAt), transactions);

  const cutOff = send(when(1, 10), [status('772205', 'LK-1005', 'X6', when(1, 9))]);
  const miscounted = send(when(2, 15), [
    status('772207', 'LK-1007', 'X6', when(2, 14)),
    status('772208', 'LK-1008', 'X6', when(2, 14)),
  ]).replace('SE*6*0001', 'SE*9*0001');
  const noTime = cloudEvent('quickparcel', 'no-time', 'shipment.milestone', when(3, 9), {
    shipment: 'LK-5003',
    milestone: 'delivered',
  });
  const stranger = cloudEvent('quickparcel', 'ghost-1', 'shipment.milestone', when(1, 14), {
    references: [{ type: 'tracking', value: '1QP0000000' }],
    milestone: 'delivered',
    occurredAt: textIn(zone, when(1, 13)),
  });
  return [
    step(when(0, 11), 'prairie', 'Driver says LK-1001 is loaded, will scan later. Rgds Bob', 'note-from-bob.txt'),
    step(when(1, 10), 'prairie', cutOff.slice(0, cutOff.indexOf('GE*')), '214-cut-off.edi'),
    step(
      when(1, 13),
      'unknown',
      send(when(1, 13), [status('1', 'LK-1002', 'D1', when(1, 13), 'GHXP')], HANDS.stranger),
      '214-stranger.edi',
    ),
    step(when(1, 14), 'quickparcel', JSON.stringify(stranger)),
    step(when(2, 15), 'prairie', miscounted, '214-miscounted.edi'),
    step(
      when(3, 8),
      'prairie',
      send(when(3, 8), [status('772209', 'LK-1009', 'ZQ', when(3, 7))]),
      '214-unknown-code.edi',
    ),
    step(when(3, 9), 'quickparcel', JSON.stringify(noTime)),
  ];
}
