// Closing a month: a locked period takes no more entries; what comes late for it goes to the next open one, with a yes.
import type { LocalDate } from '../../model/time.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { holdLedger, markLedgerDue } from '../../store/ledger.ts';
import {
  addPeriodLock,
  approveLate,
  endPeriodLock,
  type PeriodLock,
  periodLocks,
  shipmentsLateFor,
  type WaitingPeriod,
  waitingPeriods,
} from '../../store/ledger-periods.ts';
import type { PipelineContext } from '../context.ts';

export type PeriodAct = {
  /** The first day of the month. */
  readonly period: LocalDate;
  /** `*`: every entity, as one lock. */
  readonly legalEntity: string;
  readonly by: string;
};

const MOST_LISTED = 1_000;

export type Periods = { readonly locks: readonly PeriodLock[]; readonly waiting: readonly WaitingPeriod[] };

/** What is locked, the latest first, and what waits for a yes. */
export async function listPeriods({ store }: PipelineContext): Promise<Periods> {
  return {
    locks: await periodLocks(store, store.tenant, MOST_LISTED),
    waiting: await waitingPeriods(store, store.tenant, MOST_LISTED),
  };
}

/** From then on the database takes no entry of that period. `false`: it was locked already. */
export async function lockPeriod({ store, clock }: PipelineContext, act: PeriodAct): Promise<boolean> {
  return store.transaction(async (client) => {
    const now = clock.now();
    const isNew = await addPeriodLock(client, store.tenant, { ...act, lockedAt: now, lockedBy: act.by });
    if (isNew) await recordAct(client, store.tenant, auditEntry('period.lock', act), now);
    return isNew;
  });
}

/** What waited is booked in the period that it belongs to. `false`: it was not locked so. */
export async function unlockPeriod({ store, clock }: PipelineContext, act: PeriodAct): Promise<boolean> {
  return store.transaction(async (client) => {
    const now = clock.now();
    if (!(await endPeriodLock(client, store.tenant, act, act.by, now))) return false;
    const waiting = await shipmentsLateFor(client, store.tenant, act.legalEntity, act.period);
    await markLedgerDue(client, store.tenant, waiting);
    await recordAct(client, store.tenant, auditEntry('period.unlock', act), now);
    return true;
  });
}

/** Says yes to what waits of a period now, and to nothing that comes after; returns whose postings it was. */
export async function approveLatePostings({ store, clock }: PipelineContext, act: PeriodAct): Promise<string[]> {
  return store.transaction(async (client) => {
    const now = clock.now();
    await holdLedger(client, store.tenant);
    const shipments = await approveLate(client, store.tenant, act, act.by, now);
    if (shipments.length === 0) return [];
    await markLedgerDue(client, store.tenant, shipments);
    await recordAct(client, store.tenant, auditEntry('period.approve', act, { shipments: shipments.length }), now);
    return shipments;
  });
}

function auditEntry(action: string, { by, period, legalEntity }: PeriodAct, more: Record<string, unknown> = {}) {
  return { actor: by, action, subject: period.slice(0, 7), detail: { legalEntity, ...more } };
}
