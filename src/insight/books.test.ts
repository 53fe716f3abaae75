// The books of a hub at work, and of one in whose tables somebody wrote by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '../model/time.ts';
import {
  event,
  hubsForFile,
  liftgate,
  milestone,
  NETWORK,
  plan,
  proof,
  START,
  type TestHub,
} from '../pipeline/testing/hub.ts';
import { booksOf, type KeyedErpDocument } from './books.ts';

const hubs = hubsForFile();

const DAY = '2026-03-02';
const NOW = START + HOUR_MS;

/** S-1 is due with 500.00 of linehaul and 95.00 of liftgate, S-2 is not yet picked up: 500.00 expected. */
async function working(legalEntity?: string): Promise<TestHub> {
  const policies = (NETWORK.policies ?? []).map((policy) => ({ ...policy, ...(legalEntity && { legalEntity }) }));
  const hub = await hubs.open({ ...NETWORK, policies });
  const shipment = 'S-1';
  await hub.say('tms', plan('S-1'), liftgate({ shipment }), milestone({ shipment }, 'picked-up', 1), plan('S-2'));
  await hub.say('tms', milestone({ shipment }, 'delivered', 9), proof({ shipment }));
  await hub.say('tms', milestone({ shipment: 'S-2' }, 'tendered', 1));
  await hub.settle();
  return hub;
}

const ERP_INVOICE: KeyedErpDocument = {
  key: 'S-1-1',
  kind: 'invoice',
  state: 'posted',
  currency: 'USD',
  subtotalMinor: 59_500n,
};

/** As if the ERP had confirmed the invoice and everybody had been told. */
async function post({ store, settle }: TestHub): Promise<void> {
  await store.query(`update lading.invoice set state = 'posted', posted_at = to_timestamp(${START} / 1000)`);
  await store.query(`update lading.charge set state = 'invoiced' where state = 'pending'`);
  await store.query(`update lading.shipment set charges = replace(charges, 'pending', 'invoiced')`);
  await settle();
}

test('books: by legal entity, currency and day, every charge is in one state', async () => {
  const { store } = await working('us-inc');
  const books = await booksOf(store, { at: NOW });
  assert.deepEqual(books, {
    holds: true,
    lines: [
      {
        legalEntity: 'us-inc',
        currency: 'USD',
        day: DAY,
        total: '1095.00',
        expected: '500.00',
        pending: '595.00',
        invoiced: '0.00',
        disputed: '0.00',
        waived: '0.00',
        documents: '0.00',
        difference: '0.00',
      },
    ],
    erp: null,
    ledger: {
      lines: [
        {
          legalEntity: 'us-inc',
          currency: 'USD',
          revenue: { expected: '500.00', accrued: '595.00', invoiced: '0.00' },
          cost: { expected: '0.00', accrued: '0.00', invoiced: '0.00' },
          sum: '0.00',
        },
      ],
      late: 0,
    },
    deviations: [],
    more: false,
    unsettled: 0,
  });
});

test("books: an order's legal entity is its shipment's, before the tender and after it", async () => {
  const hub = await working('us-inc');
  const lines = [{ line: 1, quantity: '1', unitPrice: '1.00' }];
  const order = { order: 'PO-7', customer: 'acme', lines, shipTo: { country: 'US' }, currency: 'USD' };
  const placed = event('order.placed', { ...order, legalEntity: 'ca-ltd', placedAt: '2026-03-02T12:00:00Z' });
  await hub.say('tms', placed, plan('S-3', { orders: ['PO-7'] }));
  await hub.say('tms', milestone({ shipment: 'S-3' }, 'tender-declined', 1));
  await hub.settle();
  const totals = async () => {
    const { lines: found } = await booksOf(hub.store, { at: NOW });
    return found.map(({ legalEntity, total }) => [legalEntity, total]);
  };
  const expected = [
    ['ca-ltd', '500.00'],
    ['us-inc', '1095.00'],
  ];
  assert.deepEqual(await totals(), expected);
  await hub.say('tms', milestone({ shipment: 'S-3' }, 'tender-accepted', 2));
  await hub.settle();
  assert.deepEqual(await totals(), expected);
});

test('books: what is posted is compared with what the ERP holds, document by document', async () => {
  const hub = await working();
  await post(hub);
  const books = await booksOf(hub.store, {
    at: NOW,
    erpDocuments: [ERP_INVOICE, { ...ERP_INVOICE, key: 'bill', kind: 'bill' }],
  });
  assert.deepEqual(books.deviations, []);
  assert.deepEqual(books.erp, [{ currency: 'USD', documents: '595.00', erp: '595.00', difference: '0.00' }]);
  assert.deepEqual([books.lines[0]?.invoiced, books.lines[0]?.documents], ['595.00', '595.00']);
  assert.equal(books.lines[0]?.legalEntity, '');
});

const inErp: { erp: KeyedErpDocument[]; says: string[] }[] = [
  { erp: [], says: ['S-1-1: we hold 595.00 as posted and the ERP holds no such posted document'] },
  {
    erp: [{ ...ERP_INVOICE, subtotalMinor: 59_400n }],
    says: ['S-1-1: we hold 595.00 and the ERP holds 594.00 USD'],
  },
  {
    erp: [ERP_INVOICE, { ...ERP_INVOICE, key: 'S-7-1', subtotalMinor: 100n }],
    says: ['S-7-1: the ERP holds it posted with 1.00 and we do not'],
  },
  {
    erp: [{ ...ERP_INVOICE, state: 'draft' }],
    says: ['S-1-1: we hold 595.00 as posted and the ERP holds no such posted document'],
  },
];
test('books: a document that the ERP holds otherwise is named', async () => {
  const hub = await working();
  await post(hub);
  for (const { erp, says } of inErp) {
    const { holds, deviations } = await booksOf(hub.store, { at: NOW, erpDocuments: erp });
    assert.equal(holds, false);
    assert.deepEqual(
      deviations.map(({ document, detail }) => `${document}: ${detail}`),
      says,
    );
  }
});

const tampered: { change: string; difference: string; says: string[] }[] = [
  {
    change: `update lading.charge set amount_minor = amount_minor - 500 where shipment = 'S-1' and code = 'LFT'`,
    difference: '5.00',
    says: ['S-1 LFT: 95.00 was decided and its rows add up to 90.00'],
  },
  {
    change: `delete from lading.charge where shipment = 'S-2'`,
    difference: '500.00',
    says: ['S-2 LHL: 500.00 was decided and its rows add up to 0.00'],
  },
  {
    change: `insert into lading.charge values (current_setting('lading.tenant'), 'S-1', 'sell', 'XXX', 'USD', 'waived', 7)`,
    difference: '0.07',
    says: ['S-1 XXX: 0.00 was decided and its rows add up to 0.07'],
  },
  {
    change: `update lading.charge set state = 'waived' where shipment = 'S-1' and code = 'LFT'`,
    difference: '190.00',
    says: ['S-1 LFT: its rows stand in other states than were decided'],
  },
  {
    change: `update lading.invoice set state = 'posted', posted_at = now()`,
    difference: '595.00',
    says: [
      'S-1 LFT: 0.00 counts as invoiced and documents bill 95.00',
      'S-1 LHL: 0.00 counts as invoiced and documents bill 500.00',
    ],
  },
];
for (const { change, difference, says } of tampered) {
  test(`books: named after ${change}`, async () => {
    const hub = await working();
    await hub.store.query(change);
    const { holds, lines, deviations } = await booksOf(hub.store, { at: NOW });
    assert.equal(holds, false);
    assert.equal(lines.find(({ day }) => day === DAY)?.difference, difference);
    assert.deepEqual(
      deviations.map(({ shipment, code, detail }) => `${shipment} ${code}: ${detail}`),
      says,
    );
  });
}

test('books: what the ledger holds otherwise is named, by shipment, side and code', async () => {
  const hub = await working();
  await hub.store.query(`
    insert into lading.ledger_entry (tenant, posting, position, currency, account, amount_minor, booked_on, cause, reason,
                                     shipment, side, code, stage, posted_at)
    select current_setting('lading.tenant'), 999, position, 'USD', account, amount, '2026-03-02', 'correction', 'by hand',
           'S-1', 'sell', 'LFT', 'accrued', now()
      from (values (1, 'accrued-receivable', 700), (2, 'accrued-revenue', -700)) as new (position, account, amount)`);
  const { holds, deviations } = await booksOf(hub.store, { at: NOW });
  assert.equal(holds, false);
  assert.deepEqual(deviations, [
    {
      kind: 'ledger',
      shipment: 'S-1',
      code: 'LFT',
      currency: 'USD',
      detail: 'the ledger holds 102.00 as accrued on the sell side, and 95.00 is',
    },
  ]);
});

test('books: on what the hub is at work is not judged, and counted', async () => {
  const hub = await working();
  const onItsWay = await booksOf(hub.store, { at: NOW, erpDocuments: [ERP_INVOICE] });
  assert.deepEqual([onItsWay.holds, onItsWay.unsettled], [true, 1]);
  await post(hub);
  const askedBefore = await booksOf(hub.store, { at: START - 1, erpDocuments: [] });
  assert.deepEqual([askedBefore.holds, askedBefore.unsettled], [true, 1]);
  await hub.store.query(`update lading.charge set amount_minor = 1 where shipment = 'S-1' and code = 'LFT'`);
  await hub.store.query(`update lading.shipment set wake_at = to_timestamp(${NOW} / 1000) where shipment = 'S-1'`);
  const atWork = await booksOf(hub.store, { at: NOW });
  assert.deepEqual([atWork.holds, atWork.unsettled], [true, 1]);
  assert.equal((await booksOf(hub.store, { at: NOW - 1 })).holds, false);
});
