// What Hawthorn objects to: detention on LK-2015, since the truck waited at the shipper's own dock.

import { at } from './calendar.ts';
import type { Step, Week } from './week.ts';

const ROUTING_GUIDE = `HAWTHORN HARDWARE - ROUTING GUIDE, SECTION 7
7.2 Detention at the shipper's dock is for the shipper's account.
7.3 Detention at a store is accepted with a gate log that shows arrival and departure.
`;

export function customerDispute({ firstDay }: Week): Step[] {
  return [
    {
      kind: 'dispute',
      at: at(firstDay, 4, 15, 20, 'America/Chicago'),
      customer: 'hawthorn',
      invoice: 'LK-2015-1',
      line: { shipment: 'LK-2015', code: 'DET' },
      reason:
        'The truck waited at your own dock in Joliet, not at our store. Our routing guide says that such detention is yours. Please take it off.',
      file: { name: 'routing-guide-section-7.txt', text: ROUTING_GUIDE },
      say: 'Hawthorn objects to the detention on LK-2015-1',
    },
  ];
}
