// X12 214 status codes (AT701) → milestones, and appointment codes (AT703): contract part 2.
//
// A partner's own `statusCodes` goes before this table.

import type { Milestone } from '../../../model/milestone.ts';

const MILESTONE_CODES: Readonly<Partial<Record<Milestone, string>>> = {
  'arrived-pickup': 'X3 X8',
  'picked-up': 'CP',
  'departed-pickup': 'AF',
  departed: 'P1 OA RL',
  'in-transit': 'X6 AM J1 R1 K1 AN I1 CL L1 AV',
  'arrived-terminal': 'X4 AR',
  'customs-hold': 'PR',
  'arrived-delivery': 'X1 X5 S1',
  'out-for-delivery': 'AJ',
  delivered: 'D1',
  'departed-delivery': 'CD',
  'delivery-failed': 'AH AP',
  refused: 'A7',
  damaged: 'A9',
  delayed: 'SD',
  returned: 'A3',
  cancelled: 'CA',
  // The time given with these is the estimate, not an occurrence.
  eta: 'AG X2 B6 C1',
};

export const MILESTONE_BY_STATUS: ReadonlyMap<string, Milestone> = new Map(
  Object.entries(MILESTONE_CODES).flatMap(([milestone, codes]) =>
    codes.split(' ').map((code) => [code, milestone as Milestone] as const),
  ),
);

/** Kept in the history, no milestone: acknowledged, paperwork only, reconsigned, connecting line, storage. */
export const NOTED_STATUSES: ReadonlySet<string> = new Set(['XB', 'OO', 'AI', 'BA', 'BC']);

/** Which end of the journey an appointment code (AT703) moves. */
export const APPOINTMENT_ENDS: ReadonlyMap<string, 'pickup' | 'delivery'> = new Map([
  ['AA', 'pickup'],
  ['AB', 'delivery'],
]);
