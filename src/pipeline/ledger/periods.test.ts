// A month is closed: what comes late for it waits, goes to the next open month with a yes, or home when it is opened again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booksOf } from '../../insight/books.ts';
import { DAY_MS, type Instant } from '../../model/time.ts';
import { event, hubsForFile, NETWORK, plan, type TestHub } from '../testing/hub.ts';
import { approveLatePostings, listPeriods, lockPeriod, type PeriodAct, unlockPeriod } from './periods.ts';

const hubs = hubsForFile();

const APRIL_3: Instant = Date.parse('2026-04-03T12:00:00Z');
const MARCH: PeriodAct = { period: '2026-03-01', legalEntity: '*', by: 'jo' };

/** S-1 was delivered on 30 March, which is said on 3 April, when March is locked. */
async function closedMonth(locked: PeriodAct = MARCH): Promise<TestHub> {
  const policies = (NETWORK.policies ?? []).map((policy) => ({ ...policy, legalEntity: 'us-inc' }));
  const hub = await hubs.open({ ...NETWORK, policies });
  hub.at(Date.parse('2026-03-27T12:00:00Z'));
  await hub.say('tms', plan('S-1'), said('tendered', '2026-03-27T12:00:00Z'));
  await hub.settle();
  hub.at(APRIL_3);
  assert.equal(await lockPeriod(hub.context, locked), true);
  await hub.say('tms', said('picked-up', '2026-03-29T12:00:00Z'), said('delivered', '2026-03-30T12:00:00Z'));
  await hub.settle();
  return hub;
}

function said(milestone: string, occurredAt: string) {
  return event('shipment.milestone', { shipment: 'S-1', milestone, occurredAt }, { time: APRIL_3 });
}

const booked = ({ rows }: TestHub) =>
  rows(`select distinct booked_on::text as "on", late_for::text as late, reason from lading.ledger_entry
         where stage = 'accrued' order by 1`);
const exceptions = ({ rows }: TestHub) =>
  rows(`select subject, closed_at is null as "isOpen" from lading.exception where kind = 'late-posting'`);

async function proven({ store }: TestHub): Promise<number> {
  const { deviations, ledger } = await booksOf(store, { at: APRIL_3 + 100 * DAY_MS });
  assert.deepEqual(deviations, []);
  return ledger.late;
}

test('period: a late posting waits with its owner told, and goes to the next open period with a yes', async () => {
  const hub = await closedMonth();
  assert.deepEqual(await booked(hub), []);
  assert.deepEqual(await exceptions(hub), [{ subject: 'us-inc/2026-03', isOpen: true }]);
  assert.equal(await proven(hub), 1);
  const { waiting } = await listPeriods(hub.context);
  assert.deepEqual(waiting, [{ legalEntity: 'us-inc', period: '2026-03-01', shipments: 1, some: ['S-1'] }]);
  assert.deepEqual(await approveLatePostings(hub.context, { ...MARCH, by: 'kim' }), ['S-1']);
  await hub.settle();
  const reason = 'earned 2026-03-30; late for 2026-03, approved by kim';
  assert.deepEqual(await booked(hub), [{ on: '2026-04-03', late: '2026-03-01', reason }]);
  assert.deepEqual(await exceptions(hub), [{ subject: 'us-inc/2026-03', isOpen: false }]);
  assert.equal(await proven(hub), 0);
  assert.deepEqual(await approveLatePostings(hub.context, MARCH), [], 'nothing waits any more');
});

test('period: opened again, what waited is booked where it belongs', async () => {
  const hub = await closedMonth();
  assert.equal(await unlockPeriod(hub.context, MARCH), true);
  assert.equal(await unlockPeriod(hub.context, MARCH), false);
  await hub.settle();
  assert.deepEqual(await booked(hub), [{ on: '2026-03-30', late: null, reason: 'earned 2026-03-30' }]);
  assert.deepEqual(await exceptions(hub), [{ subject: 'us-inc/2026-03', isOpen: false }]);
  assert.equal(await proven(hub), 0);
});

test("period: another entity's lock keeps nothing back", async () => {
  const hub = await closedMonth({ ...MARCH, legalEntity: 'ca-ltd' });
  assert.deepEqual(await booked(hub), [{ on: '2026-03-30', late: null, reason: 'earned 2026-03-30' }]);
});

test('period: locked twice is locked once, and who did it is in the audit trail', async () => {
  const hub = await closedMonth();
  assert.equal(await lockPeriod(hub.context, { ...MARCH, by: 'kim' }), false);
  assert.equal((await listPeriods(hub.context)).locks[0]?.lockedBy, 'jo');
  const acts = await hub.rows(`select actor, action, subject from lading.audit_entry where action like 'period.%'`);
  assert.deepEqual(acts, [{ actor: 'jo', action: 'period.lock', subject: '2026-03' }]);
});
