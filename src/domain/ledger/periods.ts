// Which period a posting goes to: its own while that is open, else, with somebody's yes, the next open one.

import { periodAfter, periodOf } from '../../model/ledger.ts';
import type { LocalDate } from '../../model/time.ts';

/** By period (its first day): the entities it is locked for; `*` is every one. */
export type LockedPeriods = ReadonlyMap<LocalDate, ReadonlySet<string>>;

export type BookingPlace =
  | { readonly kind: 'booked'; readonly bookedOn: LocalDate; readonly lateFor?: LocalDate; readonly note?: string }
  /** Locked for these entities, and nobody has approved it. */
  | { readonly kind: 'waits'; readonly legalEntities: readonly string[] };

export type PlaceContext = {
  readonly today: LocalDate;
  readonly locked: LockedPeriods;
  /** By period: who approved that its late postings go to the next open one. */
  readonly approved: ReadonlyMap<LocalDate, string>;
};

export function bookedInOpenPeriod(
  day: LocalDate,
  legalEntities: readonly string[],
  { today, locked, approved }: PlaceContext,
): BookingPlace {
  const period = periodOf(day);
  const shut = legalEntities.filter((legalEntity) => isLocked(locked, period, legalEntity));
  if (shut.length === 0) return { kind: 'booked', bookedOn: day };
  const by = approved.get(period);
  if (by === undefined) return { kind: 'waits', legalEntities: shut };
  let open = period;
  while (legalEntities.some((legalEntity) => isLocked(locked, open, legalEntity))) open = periodAfter(open);
  // In the present month on the present day, as any other correction.
  const bookedOn = periodOf(today) === open ? today : open;
  return { kind: 'booked', bookedOn, lateFor: period, note: `late for ${period.slice(0, 7)}, approved by ${by}` };
}

export function isLocked(locked: LockedPeriods, period: LocalDate, legalEntity: string): boolean {
  const entities = locked.get(period);
  return entities !== undefined && (entities.has('*') || entities.has(legalEntity));
}
