// What people do in Odoo, read from there and followed to our orders, receivables and books: each change once. The same cases run
// against the stand-in and, where the environment names one, against a real Odoo, in which everything is made by the cases
// themselves. There only what changes from now on is read, so that a large database is no hindrance.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import type { Puller, Session } from '../../connectors/contract.ts';
import { createAutomations } from '../../connectors/odoo/connect/create.ts';
import { odooConnector } from '../../connectors/odoo/index.ts';
import type { OdooSettings } from '../../connectors/odoo/settings.ts';
import {
  type Eye,
  liveAdministrator,
  liveSettings,
  openEye,
  withoutLive,
} from '../../connectors/odoo/testing/live-odoo.ts';
import type { Setup } from '../../model/setup/index.ts';
import { DAY_MS, MINUTE_MS } from '../../model/time.ts';
import { ensureCursors } from '../../store/pull-cursors.ts';
import { openDocuments } from '../../store/receivables.ts';
import { refuse } from '../by-hand/refuse.ts';
import { ERP_SYSTEM } from '../context.ts';
import { deliverOnce, nextDelivery } from '../deliver.ts';
import { hintPull, pullOnce } from '../pull.ts';
import { milestone, NETWORK, plan, proof, START, startTestHubs, type TestHub, type TestHubs } from '../testing/hub.ts';

type Place = {
  readonly settings: OdooSettings;
  /** Code of a bank journal whose payment method has an outstanding account. */
  readonly journal: string;
  /** Products that can be sold and kept in stock. */
  readonly goods: readonly unknown[];
  /** A server of its own that can post to us. */
  readonly isReal: boolean;
  /** As an administrator; missing where none is named. */
  readonly asAdministrator?: Eye['call'];
  readonly stop: () => Promise<void>;
};
type Clock = { now: number };

const WITHOUT_ADMINISTRATOR = 'set ODOO_ADMIN_USER and ODOO_ADMIN_KEY: the API user may not do this';

for (const version of [17, 18, 19] as const) {
  describeReading(`odoo ${version}, stand-in: reading`, START, async (clock) => {
    const erp = await startOdooStandIn({ version, now: () => clock.now });
    const { url, database, user, key } = erp;
    const asAdministrator: Eye['call'] = async ({ model, method, ids = [], args = {} }) =>
      erp.act(model, method, [...ids], { ...args });
    return {
      settings: { url, database, user, key },
      journal: 'BNK1',
      goods: [],
      isReal: false,
      asAdministrator,
      stop: erp.stop,
    };
  });
}

describeReading(
  'odoo, live: reading',
  Date.now(),
  async () => {
    const administrator = liveAdministrator === undefined ? undefined : openEye(liveAdministrator);
    return {
      isReal: true,
      settings: liveSettings as OdooSettings,
      journal: process.env.ODOO_PAYMENT_JOURNAL ?? 'BNK1',
      goods: [
        ['type', '!=', 'service'],
        ['sale_ok', '=', true],
      ],
      ...(administrator === undefined ? {} : { asAdministrator: administrator.call }),
      stop: async () => administrator?.close(),
    };
  },
  withoutLive,
);

function describeReading(
  name: string,
  start: number,
  openPlace: (clock: Clock) => Promise<Place>,
  skip: string | false = false,
): void {
  describe(name, { skip }, () => {
    const run = `R${Date.now() % 1_000_000_000}`;
    const clock = { now: start };
    let made = 0;
    let place: Place;
    let hubs: TestHubs;
    let hub: TestHub;
    let eye: Eye;
    let session: Session;
    let product: number;
    const erp = { id: 'books', name: 'Our Odoo', roles: ['erp' as const], pull: { everySeconds: 60 } };
    const setup: Setup = { ...NETWORK, partners: [...(NETWORK.partners ?? []), erp] };
    before(async () => {
      hubs = await startTestHubs();
      place = await openPlace(clock);
      hub = await hubs.open(setup);
      eye = openEye(place.settings);
      session = odooConnector.open(place.settings, { now: () => clock.now });
      await fromNowOn(hub, session.pull as Puller, clock.now);
      product = (await rowOf('product.product', place.goods, ['name'])).id;
    });
    after(async () => {
      await Promise.all([session?.close(), eye?.close()]);
      await Promise.all([place?.stop(), hubs?.close()]);
    });

    type Row = Readonly<Record<string, unknown>> & { readonly id: number };
    const rowsOf = async (model: string, domain: readonly unknown[], fields: string[]) =>
      (await eye.call({ model, method: 'search_read', args: { domain, fields, order: 'id asc', limit: 50 } })) as Row[];
    const rowOf = async (model: string, domain: readonly unknown[], fields: string[]) => {
      const [row] = await rowsOf(model, domain, fields);
      assert.ok(row, `${model} ${JSON.stringify(domain)}`);
      return row;
    };
    const make = async (model: string, values: object, context: object = {}) => {
      const ids = await eye.call({ model, method: 'create', args: { vals_list: [values] }, context: { ...context } });
      return ([ids].flat() as number[])[0] as number;
    };
    const act = (model: string, method: string, id: number, args: object = {}, context: object = {}) =>
      eye.call({ model, method, ids: [id], args: { ...args }, context: { ...context } });
    const write = (model: string, id: number, vals: object) => act(model, 'write', id, { vals });

    /** A minute later, everything that is due is read and followed up. */
    const look = async (laterMs = MINUTE_MS) => {
      clock.now += laterMs;
      hub.at(clock.now);
      const system = { name: ERP_SYSTEM, pull: session.pull as Puller };
      while ((await pullOnce(hub.context, system)) > 0);
      await hub.settle();
      const failed = await hub.rows('select watch, last_error from lading.pull_cursor where failures > 0');
      assert.deepEqual(failed, []);
    };
    const unchangedBy = async (what: () => Promise<unknown>) => {
      const state = await what();
      await look();
      await look();
      assert.deepEqual(await what(), state, 'read again, nothing moves');
    };
    /** Ten at 12.50, not confirmed. */
    const quotation = async () => {
      made += 1;
      const partner = await make('res.partner', { name: `${run} ${made}`, ref: 'acme', city: 'Dallas' });
      const line = { product_id: product, product_uom_qty: 10, price_unit: 12.5, name: 'Goods' };
      const values = { partner_id: partner, client_order_ref: `${run}-${made}`, order_line: [[0, 0, line]] };
      const id = await make('sale.order', values);
      const order = await rowOf('sale.order', [['id', '=', id]], ['name', 'order_line']);
      return { id, partner, name: String(order.name), line: (order.order_line as number[])[0] as number };
    };
    const orderNamed = async (number: string) => {
      const rows = await hub.rows(`select data from lading.customer_order where "order" = '${number}'`);
      const [row] = rows as { data: string }[];
      return row === undefined ? undefined : JSON.parse(row.data);
    };
    const told = async (id: string) => {
      const rows = await hub.rows(`select data::text as data from lading.event where key like '${id}/%' order by id`);
      return (rows as { data: string }[]).map(({ data }) => JSON.parse(data));
    };

    test('a quotation is no order; confirmed it is one; each change of a line and of the address comes through', async () => {
      const { id, partner, name: number, line } = await quotation();
      await look();
      assert.equal(await orderNamed(number), undefined);
      await act('sale.order', 'action_confirm', id);
      await look();
      const order = await orderNamed(number);
      assert.deepEqual(
        [order.customer, order.customerReference, order.shipTo.city, order.lines.length],
        ['acme', `${run}-${made}`, 'Dallas', 1],
      );
      const [{ line: lineId, quantity, unitPrice }] = order.lines;
      assert.deepEqual([lineId, quantity, unitPrice], [line, '10', '12.5']);
      await unchangedBy(async () => [await orderNamed(number), await told(`sale.order/${id}`)]);
      // Two within a second, read between them, and back.
      for (const wanted of [11, 10]) {
        await write('sale.order.line', line, { product_uom_qty: wanted });
        await look();
        assert.equal((await orderNamed(number)).lines[0].quantity, String(wanted));
      }
      await write('sale.order.line', line, { name: 'Other goods' });
      await look();
      assert.equal((await orderNamed(number)).lines[0].description, 'Other goods');
      await write('res.partner', partner, { city: 'Austin' });
      await look();
      assert.equal((await orderNamed(number)).shipTo.city, 'Austin');
    });

    /** Only orders are read, so that it is done before the second is over. */
    const glance = async () => {
      const system = { name: ERP_SYSTEM, pull: session.pull as Puller };
      await hintPull(hub.context, system, 'sale.order');
      clock.now += 2_000;
      hub.at(clock.now);
      while ((await pullOnce(hub.context, system)) > 0);
    };

    test('two changes of one time of change, with a look between them, both come through', async (t) => {
      const { id, name: number, line } = await quotation();
      await act('sale.order', 'action_confirm', id);
      await look();
      const change = async (quantity: number) => {
        await write('sale.order.line', line, { product_uom_qty: quantity });
        return (await rowOf('sale.order', [['id', '=', id]], ['write_date'])).write_date;
      };
      const quantities = async () => (await told(`sale.order/${id}`)).map(({ lines }) => Number(lines[0].quantity));
      for (let attempt = 1; attempt <= 5; attempt++) {
        const [before, after] = [20 + attempt, 60 + attempt];
        if (place.isReal) await sleep(1_000 - (Date.now() % 1_000));
        const at = clock.now;
        const first = await change(before);
        await glance();
        // A real server's time goes on by itself.
        if (!place.isReal) clock.now = at;
        const second = await change(after);
        await look();
        assert.deepEqual((await quantities()).slice(-2), [before, after]);
        assert.equal((await orderNamed(number)).lines[0].quantity, String(after));
        if (first === second) return t.diagnostic(`both at ${first}, at attempt ${attempt}`);
      }
      t.skip('this server is too slow for two changes and a look in one second');
    });

    const calledOff = async (number: string) => {
      const { lines, cancelledAt } = (await orderNamed(number)) ?? {};
      return [lines?.length, typeof cancelledAt];
    };
    const cancel = (id: number) => act('sale.order', 'action_cancel', id, {}, { disable_cancel_warning: true });

    test('an order that is cancelled there is called off, once', async () => {
      const { id, name: number } = await quotation();
      await act('sale.order', 'action_confirm', id);
      await look();
      assert.deepEqual(await calledOff(number), [1, 'undefined']);
      await cancel(id);
      await look();
      assert.deepEqual(await calledOff(number), [0, 'string']);
      await unchangedBy(() => told(`sale.order/${id}`));
    });

    test('an order that was cancelled and deleted before anybody looked is found missing and called off', async (t) => {
      const { asAdministrator } = place;
      if (asAdministrator === undefined) return t.skip(WITHOUT_ADMINISTRATOR);
      const { id, name: number } = await quotation();
      await act('sale.order', 'action_confirm', id);
      await look();
      await cancel(id);
      await asAdministrator({ model: 'sale.order', method: 'unlink', ids: [id] });
      await look();
      assert.deepEqual(await calledOff(number), [1, 'undefined']);
      await look(DAY_MS);
      assert.deepEqual(await calledOff(number), [0, 'string']);
    });

    test('a product that changes is kept as it came, once', async (t) => {
      const { asAdministrator } = place;
      if (asAdministrator === undefined) return t.skip(WITHOUT_ADMINISTRATOR);
      const args = { vals_list: [{ name: `${run} bolt`, default_code: `${run}-B` }] };
      const [own] = [await asAdministrator({ model: 'product.product', method: 'create', args })].flat() as [number];
      const versions = async () =>
        hub.rows(`select version from lading.outside_record where model = 'product.product' and id = ${own}`);
      await look();
      assert.deepEqual(await versions(), [{ version: 1 }]);
      const changed = { vals: { default_code: `${run}-C` } };
      await asAdministrator({ model: 'product.product', method: 'write', ids: [own], args: changed });
      await look();
      await unchangedBy(versions);
      assert.deepEqual(await versions(), [{ version: 2 }]);
    });

    test('a transfer says what was packed when it is done, and its back-order what came after', async () => {
      const { id, name: number, line } = await quotation();
      await act('sale.order', 'action_confirm', id);
      const open = async () => {
        const domain = [
          ['sale_id', '=', id],
          ['state', 'not in', ['done', 'cancel']],
        ];
        const picking = await rowOf('stock.picking', domain, ['name']);
        const move = await rowOf('stock.move', [['picking_id', '=', picking.id]], ['product_uom_qty']);
        return { picking, move };
      };
      const packed: unknown[] = [];
      for (const quantity of [6, 4]) {
        const { picking, move } = await open();
        await write('stock.move', move.id, { quantity, picked: true });
        await look();
        assert.deepEqual(await told(`stock.picking/${picking.id}`), [], 'not before it is done');
        await act('stock.picking', 'button_validate', picking.id, {}, { skip_backorder: true, skip_sms: true });
        await look();
        const [event, ...more] = await told(`stock.picking/${picking.id}`);
        assert.deepEqual(more, []);
        packed.push([event.shipment === picking.name, event.contents, event.references]);
      }
      assert.deepEqual(packed, [
        [true, [{ order: number, line, quantity: '6' }], [{ type: 'order', value: number }]],
        [true, [{ order: number, line, quantity: '4' }], []],
      ]);
    });

    test('a rule of Odoo’s own automation tells of an order, and it is read before its time', async (t) => {
      const { asAdministrator, settings, isReal } = place;
      if (!isReal) return t.skip('needs a real Odoo (LADING_LIVE): the stand-in has no automation rules');
      if (asAdministrator === undefined) return t.skip(WITHOUT_ADMINISTRATOR);
      const posts: Readonly<Record<string, unknown>>[] = [];
      const system = { name: ERP_SYSTEM, pull: session.pull as Puller };
      const receiver = createServer(async (request, response) => {
        const post = JSON.parse(await text(request));
        posts.push(post);
        await hintPull(hub.context, system, post._model);
        response.end();
      });
      await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/v1/hooks/odoo/a-token-of-some-length`;
      const module = `lading_${run.toLowerCase()}`;
      try {
        const rules = await createAutomations(asAdministrator, { ...settings, module }, url);
        if (rules === 'no-automation') return t.skip('Automation Rules is not installed there');
        await look();
        const { id, name: number } = await quotation();
        await act('sale.order', 'action_confirm', id);
        const own = () => posts.filter(({ _model, _id }) => _model === 'sale.order' && _id === id);
        for (let tenths = 0; tenths < 100 && own().length === 0; tenths++) await sleep(100);
        t.diagnostic(`posted: ${JSON.stringify(own())}`);
        assert.ok(own().length > 0, 'it told of the order');
        // What it says before it commits is found by the second look.
        await look(2_000);
        await look(15_000);
        assert.equal((await orderNamed(number))?.lines.length, 1);
      } finally {
        await removeAutomations(asAdministrator, module);
        receiver.close();
      }
    });

    /** A delivered shipment over 500.00, its invoice posted in Odoo. */
    const invoiced = async () => {
      made += 1;
      const shipment = `${run}-${made}`;
      await hub.say('tms', plan(shipment), milestone({ shipment }, 'picked-up', 1));
      await hub.say('tms', milestone({ shipment }, 'delivered', 9), proof({ shipment }));
      for (let turns = 0; turns < 100; turns++) {
        hub.at(clock.now);
        await hub.settle();
        const system = { name: ERP_SYSTEM, pace: { burst: 50 } };
        if ((await deliverOnce(hub.context, session, system)) > 0) continue;
        const next = await nextDelivery(hub.context, system);
        if (next === undefined) break;
        clock.now = Math.max(clock.now + 1, next);
      }
      const number = `${shipment}-1`;
      const [row] = await hub.rows(`select external_id from lading.effect where subject = '${number}'`);
      const move = Number((row as { external_id: string }).external_id);
      const chargesOf = async () =>
        (
          await hub.rows(
            `select state, amount_minor::int as minor from lading.charge where side = 'sell' and shipment = '${shipment}' order by 1`,
          )
        ).map((each) => Object.values(each as object).join(' '));
      const openOf = async () => {
        const items = await openDocuments(hub.store, hub.store.tenant, {}, { limit: 200 });
        return items
          .filter((item) => item.number.startsWith(number))
          .map(({ kind, open }) => `${kind} ${open}`)
          .sort();
      };
      const exceptions = async () =>
        (
          await hub.rows(
            `select kind from lading.exception where closed_at is null and subject like '${shipment}%' order by 1`,
          )
        ).map((each) => (each as { kind: string }).kind);
      await look();
      assert.deepEqual([await chargesOf(), await openOf()], [['invoiced 50000'], ['invoice 500.00']]);
      const books = async () => [await chargesOf(), await openOf(), await exceptions()];
      return { shipment, number, move, books, openOf };
    };
    /** As a person does it in Odoo; the payment's database id. */
    const enter = async (move: number, amount: number) => {
      const journal = await rowOf('account.journal', [['code', '=', place.journal]], ['code']);
      const context = { active_model: 'account.move', active_ids: [move] };
      const today = new Date(clock.now).toISOString().slice(0, 10);
      const values = { amount, payment_date: today, journal_id: journal.id, communication: 'typed in' };
      const wizard = await make('account.payment.register', values, context);
      const answer = await act('account.payment.register', 'action_create_payments', wizard, {}, context);
      return (answer as { res_id: number }).res_id;
    };

    test('payments that are entered there settle receivables here, each once, and open them again when cancelled', async () => {
      const { move, books, openOf } = await invoiced();
      const first = await enter(move, 200);
      await look();
      assert.deepEqual(await openOf(), ['invoice 300.00']);
      await unchangedBy(books);
      await enter(move, 300);
      await look();
      assert.deepEqual(await books(), [['invoiced 50000'], [], []]);
      await unchangedBy(books);
      await act('account.payment', 'action_cancel', first);
      await look();
      assert.deepEqual(await openOf(), ['invoice 200.00']);
      await unchangedBy(books);
    });

    test('an invoice that is cancelled there is owed no more and waits for a word; posted again, it counts again', async () => {
      const { move, books } = await invoiced();
      await act('account.move', 'button_draft', move);
      await look();
      assert.deepEqual(await books(), [['invoiced 50000'], ['invoice 500.00'], []], 'a draft says nothing yet');
      await act('account.move', 'button_cancel', move);
      await look();
      assert.deepEqual(await books(), [['pending 50000'], [], ['adjustment-approval', 'erp-document-changed']]);
      await unchangedBy(books);
      await act('account.move', 'button_draft', move);
      await act('account.move', 'action_post', move);
      await look();
      assert.deepEqual(await books(), [['invoiced 50000'], ['invoice 500.00'], []]);
      await unchangedBy(books);
    });

    test('a credit note made there by hand lowers what is owed once, and waits for a word', async () => {
      const { shipment, move, books } = await invoiced();
      const context = { active_model: 'account.move', active_ids: [move] };
      const journal = await rowOf('account.move', [['id', '=', move]], ['journal_id']);
      const [journalId] = journal.journal_id as [number];
      const values = { reason: 'Goodwill', journal_id: journalId, move_ids: [[6, 0, [move]]] };
      const wizard = await make('account.move.reversal', values, context);
      const answer = await act('account.move.reversal', 'refund_moves', wizard, {}, context);
      const note = (answer as { res_id: number }).res_id;
      const product = ['display_type', '=', 'product'];
      const line = await rowOf('account.move.line', [['move_id', '=', note], product], ['price_unit']);
      await write('account.move', note, { invoice_line_ids: [[1, line.id, { price_unit: 120 }]] });
      await look();
      assert.deepEqual(await books(), [['invoiced 50000'], ['invoice 500.00'], []], 'a draft says nothing');
      await act('account.move', 'action_post', note);
      await look();
      // 500.00 less 120.00, which Odoo sets off itself: the 380.00 open there are the 380.00 open here.
      assert.deepEqual(await books(), [
        ['invoiced 38000', 'pending 12000'],
        ['invoice 380.00'],
        ['adjustment-approval', 'erp-document-changed'],
      ]);
      await unchangedBy(books);
      await refuse(hub.context, { subject: shipment, by: 'olga', reason: 'agreed by phone' });
      await look();
      assert.deepEqual(await books(), [['invoiced 38000', 'waived 12000'], ['invoice 380.00'], []]);
      // The rest is paid, and nothing is left on either side.
      await enter(move, 380);
      await look();
      assert.deepEqual(await books(), [['invoiced 38000', 'waived 12000'], [], []]);
      const there = await rowOf('account.move', [['id', '=', move]], ['amount_residual']);
      assert.equal(there.amount_residual, 0);
      await unchangedBy(books);
    });
  });
}

/** What is there already counts as read; deleted records are looked for tomorrow. */
async function fromNowOn({ store, rows }: TestHub, { watches, mark }: Puller, now: number): Promise<void> {
  const models = new Set(watches.filter(({ hasFirstLoad }) => hasFirstLoad).map(({ tells }) => tells));
  const names = watches.map(({ name }) => name);
  await ensureCursors(store, store.tenant, ERP_SYSTEM, names, now);
  await ensureCursors(
    store,
    store.tenant,
    ERP_SYSTEM,
    [...models].map((model) => `gone:${model}`),
    now + DAY_MS / 2,
  );
  for (const name of names) {
    const marked = await mark(name);
    assert.equal(marked.read, 'done', JSON.stringify(marked));
    const at = marked.read === 'done' ? (marked.mark ?? '1970-01-02 00:00:00') : '';
    await rows(`update lading.pull_cursor set mark = '${at}', loaded_at = now() where watch = '${name}'`);
  }
}

async function removeAutomations(call: Eye['call'], module: string): Promise<void> {
  for (const model of ['base.automation', 'ir.actions.server']) {
    const domain = [
      ['module', '=', module],
      ['model', '=', model],
    ];
    const args = { domain, fields: ['res_id'], limit: 10 };
    const found = (await call({ model: 'ir.model.data', method: 'search_read', args })) as { res_id: number }[];
    const ids = found.map(({ res_id: id }) => id);
    if (ids.length > 0) await call({ model, method: 'unlink', ids });
  }
}
