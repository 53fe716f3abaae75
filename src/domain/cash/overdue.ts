// How far an invoice is overdue, and which stage of its customer's collections that is.
//
// Days begin at midnight UTC: on the day after the due date an invoice is one day overdue. While the customer disputes it, its
// days do not count, so that after the dispute collection goes on where it stopped.

import type { CollectionStage } from '../../model/setup/policy.ts';
import { addDays, DAY_MS, type Instant, instantOf, type LocalDate, localDateIn } from '../../model/time.ts';

export type DisputeTime = { readonly openedAt: Instant; readonly closedAt?: Instant };

/** An invoice is issued on the day of its decision, UTC; without terms it is due at once. */
export function dueOn(decidedAt: Instant, paymentTermsDays = 0): LocalDate {
  return addDays(localDateIn('UTC', decidedAt), paymentTermsDays);
}

export type Overdue = {
  /** Days that count; none is 0. */
  readonly daysOverdue: number;
  readonly isPaused: boolean;
  /** The last stage that was reached. */
  readonly stage?: string;
  /** When the next stage will be reached, if nothing happens; `undefined`: there is none, or it is paused. */
  readonly nextStageAt?: Instant;
};

export function overdueOf(
  invoice: { readonly dueOn: LocalDate; readonly disputes: readonly DisputeTime[] },
  stages: readonly CollectionStage[],
  now: Instant,
): Overdue {
  const beginsAt = instantOf(`${addDays(invoice.dueOn, 1)}T00:00:00Z`);
  const isPaused = invoice.disputes.some(({ closedAt }) => closedAt === undefined || closedAt > now);
  const countedMs = now - beginsAt - pausedMs(invoice.disputes, beginsAt, now);
  const daysOverdue = countedMs < 0 ? 0 : Math.floor(countedMs / DAY_MS) + 1;
  const ascending = [...stages].sort((a, b) => a.daysOverdue - b.daysOverdue);
  const stage = ascending.findLast((each) => each.daysOverdue <= daysOverdue)?.stage;
  const next = ascending.find((each) => each.daysOverdue > daysOverdue);
  return {
    daysOverdue,
    isPaused,
    ...(stage === undefined ? {} : { stage }),
    ...(next === undefined || isPaused ? {} : { nextStageAt: now + (next.daysOverdue - 1) * DAY_MS - countedMs }),
  };
}

// Two that are open at once, on two lines, pause it once.
function pausedMs(disputes: readonly DisputeTime[], from: Instant, to: Instant): number {
  let countedUntil = from;
  let pausedMs = 0;
  for (const { openedAt, closedAt = to } of [...disputes].sort((a, b) => a.openedAt - b.openedAt)) {
    const begin = Math.max(openedAt, countedUntil);
    const end = Math.min(closedAt, to);
    if (end <= begin) continue;
    pausedMs += end - begin;
    countedUntil = end;
  }
  return pausedMs;
}
