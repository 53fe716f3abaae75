// A locked month against whoever writes SQL as the application does: no statement of theirs gets an entry into it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientBase } from 'pg';
import { hubsForFile, type TestHub } from '../testing/hub.ts';
import { lockPeriod, type PeriodAct, unlockPeriod } from './periods.ts';

const hubs = hubsForFile();

const MAY: PeriodAct = { period: '2026-05-01', legalEntity: 'us-inc', by: 'jo' };

const ENTRIES = `
  insert into lading.ledger_entry (tenant, posting, position, legal_entity, currency, account, amount_minor, booked_on, cause,
                                   reason, shipment, side, code, stage, posted_at)
  select t, 1000000, position, 'us-inc', 'USD', 'revenue', m, date '2026-05-31', 'correction', 'by hand', 'S-1', 'sell', 'LHL',
         'invoiced', now()
    from (select current_setting('lading.tenant') as t, 1 as position, 500 as m union all
          select current_setting('lading.tenant'), 2, -500) as new`;

// The row itself is written as the tenant; only then is the setting changed, before anybody looks for locks.
const ENTRIES_THEN_ANOTHER_TENANT = `
  with entered as (${ENTRIES} returning posting)
  select set_config('lading.tenant', 'nobody', true) from entered`;

const attempts = [
  { as: 'an entry', does: ENTRIES, says: /period 2026-05 is locked/ },
  { as: 'an entry while the tenant changes', does: ENTRIES_THEN_ANOTHER_TENANT, says: /written as that tenant/ },
  { as: 'the lock taken away', does: 'delete from lading.ledger_lock', says: /never taken away/ },
  { as: 'all locks taken away', does: 'truncate lading.ledger_lock', says: /permission denied|never taken away/ },
  { as: 'the lock moved', does: `update lading.ledger_lock set period = '2026-04-01'`, says: /changes only by/ },
  {
    as: 'the lock of another entity',
    does: `update lading.ledger_lock set legal_entity = 'x'`,
    says: /changes only by/,
  },
  { as: 'an end without a name', does: 'update lading.ledger_lock set unlocked_at = now()', says: /changes only by/ },
  { as: 'the guard put off', does: 'alter table lading.ledger_entry disable trigger all', says: /must be owner/ },
  { as: 'the guard dropped', does: 'drop trigger balanced_and_open on lading.ledger_entry', says: /must be owner/ },
  { as: 'triggers passed over', does: `set session_replication_role = replica`, says: /permission denied/ },
];
for (const { as, does, says } of attempts) {
  test(`locked period: refused by the database: ${as}`, async () => {
    const hub = await locked();
    await assert.rejects(hub.store.query(does), says);
    assert.equal(await entriesOf(hub), 0);
  });
}

test('locked period: a snapshot from before the lock does not see past it', async () => {
  const hub = await hubs.open();
  const late = hub.store.transaction(async (client: ClientBase) => {
    await client.query('set transaction isolation level repeatable read');
    await client.query('select count(*) from lading.ledger_lock');
    await lockPeriod(hub.context, MAY);
    await client.query(ENTRIES);
  });
  await assert.rejects(late, /read committed/);
  assert.equal(await entriesOf(hub), 0);
});

test('locked period: who locks waits for an entry that is on its way', async () => {
  const hub = await hubs.open();
  let isLocked = false;
  const { locking } = await hub.store.transaction(async (client: ClientBase) => {
    await client.query(ENTRIES);
    const later = lockPeriod(hub.context, MAY).then(() => {
      isLocked = true;
    });
    await client.query('select pg_sleep(0.2)');
    assert.equal(isLocked, false);
    return { locking: later };
  });
  await locking;
  assert.deepEqual([isLocked, await entriesOf(hub)], [true, 2]);
});

test('locked period: unlocked and locked again, both locks are kept with their names', async () => {
  const hub = await locked();
  assert.equal(await unlockPeriod(hub.context, { ...MAY, by: 'kim' }), true);
  await hub.store.query(ENTRIES);
  assert.equal(await lockPeriod(hub.context, { ...MAY, by: 'lee' }), true);
  const kept = await hub.rows('select locked_by, unlocked_by from lading.ledger_lock order by lock');
  assert.deepEqual(kept, [
    { locked_by: 'jo', unlocked_by: 'kim' },
    { locked_by: 'lee', unlocked_by: null },
  ]);
});

async function locked(): Promise<TestHub> {
  const hub = await hubs.open();
  assert.equal(await lockPeriod(hub.context, MAY), true);
  return hub;
}

async function entriesOf({ rows }: TestHub): Promise<number> {
  const [found] = (await rows('select count(*)::int as count from lading.ledger_entry')) as { count: number }[];
  return found?.count ?? 0;
}
