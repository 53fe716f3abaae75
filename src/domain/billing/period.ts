// Consolidation periods: a day, or a week that ends on Sunday; both close at midnight UTC (contract section 2).

import { DAY_MS, type Instant } from '../../model/time.ts';

export type Consolidation = 'shipment' | 'daily' | 'weekly';

/** When what became ready then is invoiced: at once, or at its period's end. A period holds its first instant, not its end. */
export function closesAt(consolidation: Consolidation, readySince: Instant): Instant {
  if (consolidation === 'shipment') return readySince;
  const midnight = Math.floor(readySince / DAY_MS) * DAY_MS;
  if (consolidation === 'daily') return midnight + DAY_MS;
  const daysSinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  return midnight + (7 - daysSinceMonday) * DAY_MS;
}
