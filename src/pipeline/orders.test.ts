// An order and its shipments on a real database: nothing is given twice, whoever works when.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Setup } from '../model/setup/index.ts';
import type { BillingPolicy } from '../model/setup/policy.ts';
import { DAY_MS } from '../model/time.ts';
import { coverOrdersOnce } from './orders.ts';
import { scheduleOnce } from './schedule.ts';
import { settleOnce } from './settle.ts';
import { event, hubsForFile, milestone, NETWORK, plan, START, type TestHub } from './testing/hub.ts';
import { workOnce } from './work.ts';

const hubs = hubsForFile();

const billedBy = (policy: Omit<BillingPolicy, 'customer'>): Setup => ({
  ...NETWORK,
  policies: [{ customer: 'acme', trigger: 'dispatched', bills: ['goods'], ...policy }],
});
const order = (quantity: string, minutes = 0) =>
  event(
    'order.placed',
    {
      order: 'O-1',
      customer: 'acme',
      lines: [{ line: 1, quantity, unitPrice: '2.00' }],
      shipTo: {},
      currency: 'USD',
      placedAt: new Date(START).toISOString(),
    },
    { time: START + minutes * 60_000 },
  );
const contents = (quantity: string) => [{ order: 'O-1', line: 1, quantity }];
const shipped = (shipment: string, quantity: string) => [
  plan(shipment, { contents: contents(quantity) }),
  milestone({ shipment }, 'picked-up', 1),
];
const packed = (shipment: string, quantity: string, minutes: number) =>
  event(
    'shipment.packed',
    { shipment, contents: contents(quantity), packedAt: new Date(START).toISOString() },
    { time: START + minutes * 60_000 },
  );

const BILLED = `
  select l.shipment, sum(case i.kind when 'credit-note' then -1 else 1 end * l.quantity_delta::numeric)::float8 as quantity
    from lading.invoice_line l join lading.invoice i using (tenant, number) group by l.shipment order by l.shipment`;
const billed = async (hub: TestHub) =>
  Object.fromEntries(
    ((await hub.rows(BILLED)) as { shipment: string; quantity: number }[]).map((row) => [row.shipment, row.quantity]),
  );
const exceeding = async (hub: TestHub) =>
  (await hub.rows(`select subject, closed_at is null as open from lading.exception
                    where kind = 'quantity-exceeds-order' order by opened_at, id`)) as unknown[];

test('several workers at once give out no more than was ordered, and all of it', async () => {
  const hub = await hubs.open(billedBy({}));
  const names = Array.from({ length: 40 }, (_, index) => `S-${String(index).padStart(2, '0')}`);
  for (const name of names) await hub.say('tms', ...shipped(name, '1'));
  await hub.say('tms', order('25'));
  const worker = async () => {
    for (let idle = 0; idle < 3; ) {
      const done =
        (await workOnce(hub.context, { messages: 7, bytes: 100_000, events: 20 })) + (await scheduleOnce(hub.context));
      idle = done === 0 ? idle + 1 : 0;
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  await hub.settle();
  assert.equal(
    Object.values(await billed(hub)).reduce((sum, quantity) => sum + quantity, 0),
    25,
  );
  assert.deepEqual(await exceeding(hub), [{ subject: 'O-1/1', open: true }]);
  await hub.say('tms', order('40', 1));
  await Promise.all([worker(), worker()]);
  await hub.settle();
  assert.deepEqual(Object.keys(await billed(hub)), names);
  assert.deepEqual(await exceeding(hub), [{ subject: 'O-1/1', open: false }]);
});

test('what waited for the end of its period is taken back at once when the order is lowered', async () => {
  const hub = await hubs.open(billedBy({ consolidation: 'daily' }));
  await hub.say('tms', order('10'), ...shipped('S-1', '6'));
  await hub.settle();
  hub.at(START + 60_000);
  await hub.say('tms', ...shipped('S-2', '4'));
  await hub.settle();
  await hub.say('tms', order('6', 1));
  await workOnce(hub.context);
  await coverOrdersOnce(hub.context);
  // The account closes before the shipment was decided again.
  hub.at(START + 2 * DAY_MS);
  await settleOnce(hub.context);
  assert.deepEqual(await billed(hub), { 'S-1': 6 });
  await hub.settle();
  await hub.say('tms', order('10', 2));
  await hub.settle();
  hub.at(START + 4 * DAY_MS);
  await hub.settle();
  assert.deepEqual(await billed(hub), { 'S-1': 6, 'S-2': 4 });
});

test('a quantity that was given back goes to the next and is not taken again without asking', async () => {
  const hub = await hubs.open(billedBy({ adjustments: { autoApproveUpTo: '1000.00' } }));
  await hub.say('tms', order('10'), ...shipped('S-1', '8'), ...shipped('S-2', '6'));
  await hub.settle();
  assert.deepEqual(await billed(hub), { 'S-1': 8 });
  await hub.say('tms', packed('S-1', '3', 1));
  await hub.settle();
  assert.deepEqual(await billed(hub), { 'S-1': 3, 'S-2': 6 });
  await hub.say('tms', packed('S-1', '8', 2));
  await hub.settle();
  assert.deepEqual(await billed(hub), { 'S-1': 3, 'S-2': 6 });
  assert.deepEqual((await exceeding(hub)).at(-1), { subject: 'O-1/1', open: true });
});

test('an order that comes at the same time as what was packed, after the shipment, is found by it', async () => {
  const hub = await hubs.open(billedBy({}));
  // It waits for its shipment, so the pass that brings the plan does not hold the order's number.
  await hub.say('tms', packed('S-1', '2', 0));
  await hub.settle();
  await hub.say('tms', plan('S-1'));
  await hub.say('tms', order('10'));
  const one = { messages: 1, bytes: 100_000, events: 10 };
  await Promise.all([workOnce(hub.context, one), workOnce(hub.context, one)]);
  await hub.say('tms', milestone({ shipment: 'S-1' }, 'picked-up', 1));
  await hub.settle();
  assert.deepEqual(await billed(hub), { 'S-1': 2 });
  assert.deepEqual(await hub.rows(`select 1 from lading.exception where closed_at is null`), []);
});
