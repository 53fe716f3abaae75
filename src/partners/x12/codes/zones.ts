// X12 time codes (AT707, G6205): what zone a local time is in.
//
// `.T` is the zone as it then is, `.S` its standard time, `.D` its daylight time. 01 to 24 are whole hours from UTC:
// 01 to 12 east of it, 13 to 24 west, 13 being twelve hours and 24 one.

import type { Zone } from '../../../model/time.ts';

export type ZoneCode =
  | { readonly kind: 'zone'; readonly zone: Zone }
  | { readonly kind: 'offset'; readonly minutes: number }
  /** The clock of the place, which only the stop can tell. */
  | { readonly kind: 'local' };

const NORTH_AMERICAN: Readonly<Record<string, { zone: Zone; standardMinutes: number }>> = {
  N: { zone: 'America/St_Johns', standardMinutes: -210 },
  T: { zone: 'America/Halifax', standardMinutes: -240 },
  E: { zone: 'America/New_York', standardMinutes: -300 },
  C: { zone: 'America/Chicago', standardMinutes: -360 },
  M: { zone: 'America/Denver', standardMinutes: -420 },
  P: { zone: 'America/Los_Angeles', standardMinutes: -480 },
  A: { zone: 'America/Anchorage', standardMinutes: -540 },
  H: { zone: 'Pacific/Honolulu', standardMinutes: -600 },
};

const DAYLIGHT_MINUTES = 60;
const UTC: ZoneCode = { kind: 'offset', minutes: 0 };
const LOCAL: ZoneCode = { kind: 'local' };

function zoneCodes(): [string, ZoneCode][] {
  const named = Object.entries(NORTH_AMERICAN).flatMap(([letter, { zone, standardMinutes }]): [string, ZoneCode][] => [
    [`${letter}T`, { kind: 'zone', zone }],
    [`${letter}S`, { kind: 'offset', minutes: standardMinutes }],
    [`${letter}D`, { kind: 'offset', minutes: standardMinutes + DAYLIGHT_MINUTES }],
  ]);
  const numbered = Array.from({ length: 24 }, (_, index): [string, ZoneCode] => {
    const hours = index < 12 ? index + 1 : index - 24;
    return [String(index + 1).padStart(2, '0'), { kind: 'offset', minutes: hours * 60 }];
  });
  return [['UT', UTC], ['GM', UTC], ['LT', LOCAL], ['', LOCAL], ...named, ...numbered];
}

export const ZONE_BY_CODE: ReadonlyMap<string, ZoneCode> = new Map(zoneCodes());
