import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { openStore, type Store } from '../store/database.ts';
import { type ErpDocument, outcomeOf } from './outcome.ts';

let database: TestDatabase;
let store: Store;
before(async () => {
  database = await createTestDatabase();
  store = openStore(database.url);
});
after(async () => {
  await store.close();
  await database.drop();
});

const posted = (kind: ErpDocument['kind'], subtotalMinor: bigint): ErpDocument => {
  return { kind, state: 'posted', currency: 'USD', subtotalMinor };
};

test('an exception counts by its last opening that lasted a minute', async () => {
  const openings = [
    ['no-lane', 'S-1', '10:00', null],
    ['no-lane', 'S-2', '10:00', '10:00:59'],
    ['no-lane', 'S-3', '10:00', '10:01'],
    ['no-lane', 'S-4', '10:00', '11:00'],
    ['no-lane', 'S-4', '12:00', '12:00:30'],
    ['no-lane', 'S-5', '10:00', '11:00'],
    ['no-lane', 'S-5', '12:00', null],
  ] as const;
  for (const [kind, subject, from, to] of openings) {
    await store.query(
      `insert into lading.exception (tenant, kind, subject, detail, owner, opened_at, due_at, closed_at)
       values ('main', $1, $2, '', 'finance', $3, $3, $4)`,
      [kind, subject, `2026-03-05T${from}Z`, to && `2026-03-05T${to}Z`],
    );
  }
  const { exceptions } = await outcomeOf(store);
  assert.deepEqual(
    exceptions.map(({ subject, state }) => `${subject} ${state}`),
    ['S-1 open', 'S-3 closed', 'S-4 closed', 'S-5 open'],
  );
});

test('the books and the ERP are held against each other, currency by currency', async () => {
  const charges = [
    ['sell', 'LHL', 'USD', 'invoiced', 81_200],
    ['sell', 'FSC', 'USD', 'pending', -1_000],
    ['sell', 'DOC', 'JPY', 'expected', 500],
    ['buy', 'LHL', 'USD', 'expected', 70_000],
  ] as const;
  // What was decided, beside the rows that say in which state it is.
  await store.query(
    `insert into lading.shipment (tenant, shipment, facts, fact_count, created_at, charges)
     values ('main', 'S-1', '', 0, now(), $1)`,
    [JSON.stringify(charges)],
  );
  for (const charge of charges) {
    await store.query(
      `insert into lading.charge (tenant, shipment, side, code, currency, state, amount_minor)
       values ('main', 'S-1', $1, $2, $3, $4, $5)`,
      [...charge],
    );
  }
  const { conservation, erp } = await outcomeOf(store, [
    posted('invoice', 90_000n),
    posted('credit-note', 8_800n),
    { ...posted('invoice', 5n), state: 'cancelled' },
  ]);
  const nothing = { invoiced: '0', disputed: '0', waived: '0', erp: '0', difference: '0' };
  assert.deepEqual(erp, { invoices: 1, creditNotes: 1, bills: 0 });
  assert.deepEqual(conservation, {
    JPY: { total: '500', expected: '500', pending: '0', ...nothing },
    USD: {
      ...{ total: '802.00', expected: '0.00', pending: '-10.00', invoiced: '812.00' },
      ...{ disputed: '0.00', waived: '0.00', erp: '812.00', difference: '0.00' },
    },
  });
  const doubled = await outcomeOf(store, [posted('invoice', 81_200n), posted('invoice', 81_200n)]);
  assert.equal(doubled.conservation.USD?.difference, '812.00');
});
