// Reading from an ERP that people work in: what they change comes through once, whatever happens on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type StandIn, startOdooStandIn } from '../../examples/odoo-stand-in/index.ts';
import type { Session } from '../connectors/contract.ts';
import { odooConnector } from '../connectors/odoo/index.ts';
import type { Setup } from '../model/setup/index.ts';
import { MINUTE_MS } from '../model/time.ts';
import { pullProgress } from '../store/pull-cursors.ts';
import { createContext, ERP_SYSTEM } from './context.ts';
import { hintPull, nextPull, pullOnce } from './pull.ts';
import { NETWORK, START, startTestHubs, type TestHub, type TestHubs } from './testing/hub.ts';

let hubs: TestHubs;
before(async () => {
  hubs = await startTestHubs();
});
const opened: { close: () => Promise<void> }[] = [];
after(async () => {
  await Promise.all(opened.map(({ close }) => close()));
  await hubs.close();
});

const ERP = { id: 'books', name: 'Our Odoo', roles: ['erp' as const] };
const READ: Setup = { ...NETWORK, partners: [...(NETWORK.partners ?? []), { ...ERP, pull: { everySeconds: 60 } }] };

type Place = {
  readonly hub: TestHub;
  readonly erp: StandIn;
  readonly session: Session;
  readonly look: (minutes: number) => Promise<void>;
  readonly orders: () => Promise<
    { order: string; lines: { quantity: string; unitPrice: string }[]; cancelledAt?: string }[]
  >;
  readonly close: () => Promise<void>;
};

async function open(setup: Setup = READ, version: 17 | 19 = 19): Promise<Place> {
  let now = START;
  const hub = await hubs.open(setup);
  const erp = await startOdooStandIn({ version, now: () => now });
  const { url, database, user, key } = erp;
  const session = odooConnector.open({ url, database, user, key }, { now: () => now });
  const system = { name: ERP_SYSTEM, pull: session.pull as NonNullable<Session['pull']> };
  const place: Place = {
    hub,
    erp,
    session,
    look: async (minutes) => {
      now = START + minutes * MINUTE_MS;
      hub.at(now);
      while ((await pullOnce(hub.context, system)) > 0);
      await hub.settle();
    },
    orders: async () => {
      const rows = await hub.rows('select data from lading.customer_order order by "order"');
      return (rows as { data: string }[]).map(({ data }) => JSON.parse(data));
    },
    close: async () => {
      await session.close();
      await erp.stop();
    },
  };
  opened.push(place);
  return place;
}

function make(erp: StandIn, model: string, values: object): number {
  return (erp.act(model, 'create', [], { vals_list: [values] }) as number[])[0] as number;
}

/** Ten of something at 12.50, for Acme in Dallas. */
function makeOrder(erp: StandIn, changes: object = {}): number {
  const place = { street: '1 Main St', city: 'Dallas', zip: '75201', state_id: 52, country_id: 233 };
  const partner = make(erp, 'res.partner', { name: 'Acme Supply', ref: 'acme', ...place });
  const line = [0, 0, { product_id: 1, product_uom_qty: 10, price_unit: 12.5, name: 'Goods' }];
  return make(erp, 'sale.order', { partner_id: partner, client_order_ref: 'PO-1', order_line: [line], ...changes });
}

const messages = async ({ rows }: TestHub) => (await rows('select id from lading.message')).length;
const linesOf = (erp: StandIn, order: number) =>
  (erp.act('sale.order', 'read', [order], { fields: ['order_line'] }) as { order_line: number[] }[])[0]?.order_line ??
  [];

for (const version of [17, 19] as const) {
  test(`pull, odoo ${version}: a confirmed order becomes an order; a quotation does not`, async () => {
    const { erp, look, orders } = await open(READ, version);
    const order = makeOrder(erp);
    makeOrder(erp);
    await look(0);
    assert.deepEqual(await orders(), []);
    erp.act('sale.order', 'action_confirm', [order]);
    await look(1);
    assert.deepEqual(await orders(), [
      {
        order: 'S00001',
        customer: 'acme',
        lines: [{ line: 1, sku: 'CONS', description: 'Goods', quantity: '10', unitPrice: '12.5' }],
        shipTo: {
          name: 'Acme Supply',
          street: '1 Main St',
          city: 'Dallas',
          region: 'TX',
          postal: '75201',
          country: 'US',
        },
        currency: 'USD',
        placedAt: '2026-03-02T12:00:00Z',
        customerReference: 'PO-1',
      },
    ]);
  });
}

test('pull: read again, nothing is new; each change comes through once, also those that the order does not show', async () => {
  const { hub, erp, look, orders } = await open();
  const order = makeOrder(erp);
  erp.act('sale.order', 'action_confirm', [order]);
  await look(0);
  const quiet = await messages(hub);
  await look(1);
  await look(2);
  assert.equal(await messages(hub), quiet);
  const [line] = linesOf(erp, order) as [number];
  const [{ write_date: written }] = erp.act('sale.order', 'read', [order], { fields: ['write_date'] }) as [
    { write_date: string },
  ];
  erp.act('sale.order.line', 'write', [line], { vals: { name: 'Other goods' } });
  const [{ write_date: unmoved }] = erp.act('sale.order', 'read', [order], { fields: ['write_date'] }) as [
    { write_date: string },
  ];
  assert.equal(written, unmoved);
  await look(3);
  assert.equal(await messages(hub), quiet + 1);
  assert.equal((await orders())[0]?.lines[0]?.quantity, '10');
  // Changed, and changed back, within one second of the ERP's clock: three readings, the last one holds.
  for (const quantity of [11, 10, 12]) {
    erp.act('sale.order.line', 'write', [line], { vals: { product_uom_qty: quantity } });
    await look(4);
  }
  erp.act('sale.order.line', 'write', [line], { vals: { product_uom_qty: 10 } });
  await look(5);
  assert.deepEqual(
    (await orders())[0]?.lines.map(({ quantity }) => quantity),
    ['10'],
  );
  // The address it goes to.
  const [{ partner_id: partner }] = erp.act('sale.order', 'read', [order], { fields: ['partner_id'] }) as [
    { partner_id: [number] },
  ];
  erp.act('res.partner', 'write', [partner[0]], { vals: { city: 'Austin' } });
  await look(6);
  assert.equal((await hub.rows(`select 1 from lading.customer_order where data like '%Austin%'`)).length, 1);
});

test('pull: what was written before we looked and committed after is found by the overlap', async () => {
  const { erp, look, orders } = await open();
  await look(0);
  makeOrder(erp);
  await look(2);
  // A transaction that began at minute 0 ends now: its times are older than what was read meanwhile.
  const late = makeOrder(erp);
  erp.act('sale.order', 'write', [late], { vals: { state: 'sale', write_date: '2026-03-02 12:00:00' } });
  await look(3);
  assert.deepEqual(
    (await orders()).map(({ order }) => order),
    ['S00002'],
  );
});

test('pull: cancelled or deleted, an order is called off; a right taken away is not taken for that', async () => {
  const { hub, erp, look, orders } = await open();
  const [first, second] = [makeOrder(erp), makeOrder(erp)];
  erp.act('sale.order', 'action_confirm', [first, second]);
  await look(0);
  erp.act('sale.order', 'action_cancel', [first]);
  await look(1);
  assert.deepEqual(
    (await orders()).map(({ lines, cancelledAt }) => [lines.length, cancelledAt]),
    [
      [0, '2026-03-02T12:00:00Z'],
      [1, undefined],
    ],
  );
  // Called off and deleted before anybody looked: the nightly search for what is gone finds it.
  erp.act('sale.order', 'action_cancel', [second]);
  erp.act('sale.order', 'unlink', [second]);
  await look(2);
  assert.equal((await orders())[1]?.cancelledAt, undefined);
  await look(24 * 60 + 1);
  assert.equal((await orders())[1]?.cancelledAt, '2026-03-03T12:01:00.000Z');
  assert.equal((await hub.rows('select 1 from lading.outside_record where gone_at is not null')).length, 1);
});

test('pull: a first load goes on where it stood when the process died or the ERP went away', async () => {
  const { hub, erp, session, look } = await open();
  const values = Array.from({ length: 4_430 }, (_, index) => ({ name: `Contact ${index}` }));
  erp.act('res.partner', 'create', [], { vals_list: values });
  const progress = async () => {
    const all = await pullProgress(hub.store, hub.store.tenant, ERP_SYSTEM);
    return all.find(({ watch }) => watch === 'partners');
  };
  const told = () => hub.rows(`select 1 from lading.outside_record where model = 'res.partner' and version = 1`);
  await erp.setFault({ mode: 'down', only: 'search_read', skip: 13 });
  await look(0);
  const stopped = await progress();
  assert.equal((await told()).length, 2_000);
  assert.deepEqual([stopped?.readCount, stopped?.total, stopped?.loadedAt], [2_000, 4_431, null]);
  assert.match(stopped?.lastError ?? '', /Odoo/);
  // Another process, which knows only what is written down.
  await erp.setFault({ mode: 'up' });
  const other = createContext({ store: hub.store, clock: { now: () => START + 5 * MINUTE_MS } });
  const system = { name: ERP_SYSTEM, pull: session.pull as NonNullable<Session['pull']> };
  while ((await pullOnce(other, system)) > 0);
  await look(5);
  assert.equal((await told()).length, 4_431);
  const loaded = await progress();
  assert.deepEqual([loaded?.readCount, loaded?.lastError], [4_431, null]);
});

test('pull: a transfer that is done says what was packed, and its back-order what came after', async () => {
  const { hub, erp, look } = await open();
  const order = makeOrder(erp);
  erp.act('sale.order', 'action_confirm', [order]);
  erp.act('stock.move', 'write', [1], { vals: { quantity: 6, picked: true } });
  await look(0);
  const asked = { model: 'stock.picking', method: 'button_validate' };
  assert.equal(
    (erp.act(asked.model, asked.method, [1]) as { res_model: string }).res_model,
    'stock.backorder.confirmation',
  );
  erp.act('stock.picking', 'write', [1], {
    vals: { state: 'done', date_done: '2026-03-02 12:01:00', carrier_tracking_ref: 'TRK-1' },
  });
  make(erp, 'stock.picking', { sale_id: order, backorder_id: 1, origin: 'S00001' });
  make(erp, 'stock.move', { picking_id: 2, sale_line_id: 1, product_id: 1, product_uom_qty: 4, quantity: 4 });
  erp.act('stock.picking', 'button_validate', [2]);
  await look(1);
  const waiting = await hub.rows(`select data from lading.event where type = 'shipment.packed' order by id`);
  const said = (waiting as { data: string | object }[]).map(({ data }) =>
    typeof data === 'string' ? JSON.parse(data) : data,
  );
  assert.deepEqual(said, [
    {
      shipment: 'WH/OUT/00001',
      references: [
        { type: 'tracking', value: 'TRK-1' },
        { type: 'order', value: 'S00001' },
      ],
      contents: [{ order: 'S00001', line: 1, quantity: '6' }],
      packedAt: '2026-03-02T12:01:00Z',
    },
    {
      shipment: 'WH/OUT/00002',
      references: [],
      contents: [{ order: 'S00001', line: 1, quantity: '4' }],
      packedAt: '2026-03-02T12:00:00Z',
    },
  ]);
});

test('pull: an unknown customer is told by name, and the order is read when it is known', async () => {
  const { hub, erp, look, orders } = await open();
  const partner = make(erp, 'res.partner', { name: 'Nobody Inc' });
  const order = makeOrder(erp, { partner_id: partner });
  erp.act('sale.order', 'action_confirm', [order]);
  await look(0);
  assert.deepEqual(await orders(), []);
  const told = await hub.rows(`select kind, subject, detail from lading.exception where closed_at is null`);
  const [{ kind, subject, detail }] = told as [{ kind: string; subject: string; detail: string }];
  assert.deepEqual([kind, subject], ['unknown-partner', `res.partner/${partner}`]);
  assert.match(
    detail,
    /^no customer is known for the contact Nobody Inc of order S00001; give the partner an identifier/,
  );
});

test('pull: without the key in the profile nothing is asked; a hint brings the next look forward', async () => {
  const quiet = await open({ ...NETWORK, partners: [...(NETWORK.partners ?? []), ERP] });
  const before = quiet.erp.callCount();
  await quiet.look(60);
  assert.equal(quiet.erp.callCount(), before);
  const { hub, erp, session, look, orders } = await open();
  await look(0);
  const system = { name: ERP_SYSTEM, pull: session.pull as NonNullable<Session['pull']> };
  assert.equal(await nextPull(hub.context, system), START + MINUTE_MS);
  const order = makeOrder(erp);
  erp.act('sale.order', 'action_confirm', [order]);
  assert.ok(await hintPull(hub.context, system, 'sale.order'));
  assert.equal(await nextPull(hub.context, system), START + 2_000);
  await look(2 / 60);
  assert.equal((await orders()).length, 1);
  assert.equal(await nextPull(hub.context, system), START + 17_000);
});
