// Landed costs of bills, against the stand-in and a real Odoo that has the app: each shipment's once, borne by its receipt.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startOdooStandIn } from '../../../../examples/odoo-stand-in/index.ts';
import { startFaultProxy } from '../../../../examples/odoo-stand-in/proxy.ts';
import type { BillCosts, LandedResult, Session, WantedDocument } from '../../contract.ts';
import { sampleDocument } from '../../testing/describe-connector.ts';
import { odooConnector } from '../index.ts';
import type { OdooSettings } from '../settings.ts';
import { liveAdministrator, liveSettings, openEye, withoutLive } from '../testing/live-odoo.ts';

type Act = (model: string, method: string, ids: readonly number[], args: Record<string, unknown>) => Promise<unknown>;
type Place = {
  readonly settings: OdooSettings;
  readonly setFault: Awaited<ReturnType<typeof startFaultProxy>>['setFault'];
  /** As an administrator there. */
  readonly act: Act;
  readonly stop: () => Promise<void>;
};
type Receipt = { readonly origin?: string; readonly carrier_tracking_ref?: string; readonly isOpen?: boolean };
type Row = Readonly<Record<string, unknown>> & { readonly id: number };

for (const version of [17, 18, 19] as const) {
  describeLanding(`odoo ${version}, stand-in: landed costs`, async () => {
    const erp = await startOdooStandIn({ version, landedCosts: true });
    const { url, database, user, key } = erp;
    const act: Act = async (model, method, ids, args) => erp.act(model, method, ids, args);
    return { settings: { url, database, user, key }, setFault: erp.setFault, act, stop: erp.stop };
  });
}

describeLanding(
  'odoo, live: landed costs',
  async () => {
    const settings = liveSettings as OdooSettings;
    const proxy = await startFaultProxy(settings.url);
    const eye = openEye(liveAdministrator ?? settings);
    const act: Act = (model, method, ids, args) => eye.call({ model, method, ...(ids.length ? { ids } : {}), args });
    const stop = async () => {
      await eye.close();
      await proxy.stop();
    };
    return { settings: { ...settings, url: proxy.url }, setFault: proxy.setFault, act, stop };
  },
  withoutLive || (liveAdministrator === undefined && 'set ODOO_ADMIN_USER and ODOO_ADMIN_KEY, who makes the receipts'),
);

function describeLanding(name: string, openPlace: () => Promise<Place>, skip: string | false = false): void {
  describe(name, { skip }, () => {
    const run = Date.now();
    let made = 0;
    let place: Place;
    let sessions: Session[] = [];
    let missing: string | undefined;
    let goods = 0;
    before(async () => {
      place = await openPlace();
      missing = await whatIsMissing();
      if (missing !== undefined) return;
      const products = { LHL: await costProduct() };
      goods = await goodsProduct();
      const open = (landedCosts: OdooSettings['landedCosts']) =>
        odooConnector.open({ ...place.settings, products, landedCosts }, { now: Date.now });
      sessions = [open(undefined), open('validate'), open('validate')];
    });
    after(async () => {
      await Promise.all(sessions.map((session) => session.close()));
      await place?.stop();
    });

    async function create(model: string, values: Record<string, unknown>): Promise<number> {
      const ids = await place.act(model, 'create', [], { vals_list: [values] });
      return ([ids].flat() as [number])[0];
    }
    async function find(model: string, domain: readonly unknown[], fields: readonly string[]): Promise<Row[]> {
      return (await place.act(model, 'search_read', [], { domain, fields, limit: 50, order: 'id asc' })) as Row[];
    }
    const has = async (model: string, field: string) =>
      field in ((await place.act(model, 'fields_get', [], { allfields: [field] })) as object);

    async function whatIsMissing(): Promise<string | undefined> {
      if (!(await has('account.move', 'landed_costs_ids'))) return 'the app Landed Costs is not there';
      // With it receipts bear tracking references, by which some of these tests find them.
      if (!(await has('stock.picking', 'carrier_tracking_ref'))) return 'the app Delivery is not there';
      const user = openEye(place.settings);
      const looked = {
        model: 'stock.landed.cost',
        method: 'search_read',
        args: { domain: [], fields: ['id'], limit: 1 },
      };
      return user
        .call(looked)
        .then(() => undefined)
        .catch((error: Error) => `the API user may not see landed costs: ${error.message}`)
        .finally(() => user.close());
    }

    async function costProduct(): Promise<number> {
      const type = (await has('product.product', 'detailed_type')) ? 'detailed_type' : 'type';
      const splitting = { landed_cost_ok: true, split_method_landed_cost: 'by_quantity' };
      return create('product.product', { name: `Freight in ${run}`, [type]: 'service', ...splitting });
    }
    // Odoo adds costs only to goods that are valued by what they came to.
    async function goodsProduct(): Promise<number> {
      const named = { name: `Goods ${run}` };
      if (await isStandIn()) return create('product.product', named);
      const category = await create('product.category', { ...named, property_cost_method: 'average' });
      const storable = (await has('product.product', 'is_storable'))
        ? { type: 'consu', is_storable: true }
        : { detailed_type: 'product' };
      return create('product.product', { ...named, categ_id: category, standard_price: 5, ...storable });
    }
    const isStandIn = async () => (await find('stock.location', [['usage', '=', 'customer']], ['usage'])).length === 0;

    async function receive({ isOpen = false, ...numbers }: Receipt): Promise<number> {
      if (await isStandIn()) {
        made += 1;
        const values = { name: `WH/IN/${run}${made}`, picking_type_code: 'incoming', location_id: 4, ...numbers };
        const done = isOpen ? {} : { state: 'done', date_done: '2026-03-05 10:00:00' };
        return create('stock.picking', { ...values, ...done });
      }
      const [type] = await find('stock.picking.type', [['code', '=', 'incoming']], ['default_location_dest_id']);
      const [vendors] = await find('stock.location', [['usage', '=', 'supplier']], ['usage']);
      const stock = type?.default_location_dest_id as [number] | undefined;
      const places = { location_id: vendors?.id, location_dest_id: stock?.[0] };
      const label = (await has('stock.move', 'name')) ? { name: 'Goods' } : {};
      const move = { ...places, ...label, product_id: goods, product_uom_qty: 10 };
      const values = { ...places, ...numbers, picking_type_id: type?.id, move_ids: [[0, 0, move]] };
      const id = await create('stock.picking', values);
      await place.act('stock.picking', 'action_confirm', [id], {});
      if (isOpen) return id;
      const [waiting] = await find('stock.move', [['picking_id', '=', id]], ['state']);
      await place.act('stock.move', 'write', [waiting?.id as number], { vals: { quantity: 10, picked: true } });
      await place.act('stock.picking', 'button_validate', [id], {});
      return id;
    }

    /** A bill over 812.00 and more of landed costs, and 174.58 of what is none, of a shipment known by these names. */
    async function billed(names: readonly string[], changes: Partial<WantedDocument> = {}): Promise<BillCosts> {
      made += 1;
      const key = `bill:swft/L-${run}-${made}`;
      const document = sampleDocument(key, { kind: 'bill', reference: key, attachments: [], ...changes });
      const [result] = await (sessions[0] as Session).send([document]);
      assert.equal(
        result?.outcome,
        'confirmed',
        JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
      );
      const lines = document.lines.map(({ shipment, description }) => ({ shipment, description, names }));
      return { key, lines };
    }
    const land = async (bill: BillCosts, by = 0) => {
      const [result] = (await sessions[by]?.landCosts?.([bill])) ?? [];
      return result as LandedResult;
    };
    const outcome = async (bill: BillCosts, by = 0) => (await land(bill, by)).outcome;
    const costsOf = async ({ key }: BillCosts) => {
      const [bill] = await find('account.move', [['invoice_origin', '=', `Lading ${key}`]], ['name']);
      const fields = ['state', 'amount_total', 'picking_ids', 'date'];
      return find('stock.landed.cost', [['vendor_bill_id', '=', bill?.id]], fields);
    };
    const seen = async (bill: BillCosts) =>
      (await costsOf(bill)).map(({ state, amount_total, picking_ids }) => [state, amount_total, picking_ids]);

    const landingTest = (what: string, body: () => Promise<void>) =>
      test(what, async (t) => (missing === undefined ? body() : t.skip(missing)));
    const number = (prefix: string) => {
      made += 1;
      return `${prefix}-${run}-${made}`;
    };

    landingTest('a bill marks its lines that are landed costs, and no other', async () => {
      const { key } = await billed([number('PRO')]);
      const [bill] = await find('account.move', [['invoice_origin', '=', `Lading ${key}`]], ['name']);
      const ofBill = [
        ['move_id', '=', bill?.id],
        ['display_type', '=', 'product'],
      ];
      const lines = await find('account.move.line', ofBill, ['product_id', 'is_landed_costs_line']);
      assert.deepEqual(
        lines.map(({ product_id, is_landed_costs_line }) => [product_id !== false, is_landed_costs_line]).sort(),
        [
          [false, false],
          [true, true],
        ],
      );
    });

    landingTest(
      'a draft of the marked lines, tied to bill and receipt, credits the account of the bill, once',
      async () => {
        const pro = number('PRO');
        const receipt = await receive({ carrier_tracking_ref: pro });
        const bill = await billed(['S-101', pro]);
        for (const by of [0, 0]) assert.equal(await outcome(bill, by), 'landed');
        assert.deepEqual(await seen(bill), [['draft', 812, [receipt]]]);
        const [cost] = await costsOf(bill);
        const fields = ['name', 'price_unit', 'split_method', 'account_id'];
        const lines = await find('stock.landed.cost.lines', [['cost_id', '=', cost?.id]], fields);
        const told = lines.map(({ name, price_unit, split_method }) => [name, price_unit, split_method]);
        assert.deepEqual(told, [['S-101 Linehaul, Joliet IL to Atlanta GA, 480 lb', 812, 'by_quantity']]);
        const marked = [['is_landed_costs_line', '=', true]];
        const origin = ['move_id.invoice_origin', '=', `Lading ${bill.key}`];
        const [line] = await find('account.move.line', [...marked, origin], ['account_id']);
        assert.deepEqual(lines[0]?.account_id, line?.account_id);
      },
    );

    landingTest('validated where the settings say so, once, though two ask at the same time', async () => {
      const order = number('P');
      const receipt = await receive({ origin: order });
      const bill = await billed(['S-101', order]);
      const both = await Promise.all([1, 2].map((by) => outcome(bill, by)));
      // The loser of a race is asked to come again, and then finds it done.
      assert.ok(both.includes('landed'), JSON.stringify(both));
      assert.equal(await outcome(bill, 1), 'landed');
      assert.deepEqual(await seen(bill), [['done', 812, [receipt]]]);
    });

    landingTest('it waits until the receipt is there and done, and for no receipt it is made', async () => {
      const pro = number('PRO');
      const bill = await billed(['S-101', pro]);
      assert.equal(await outcome(bill, 1), 'waits');
      await receive({ carrier_tracking_ref: pro, isOpen: true });
      assert.equal(await outcome(bill, 1), 'waits');
      assert.deepEqual(await seen(bill), []);
      const draft = await billed(['S-101', pro], { isDraft: true });
      assert.equal(await outcome(draft, 1), 'waits');
    });

    landingTest('of an order that came in several receipts a person says which it was', async () => {
      const order = number('P');
      await receive({ origin: order });
      await receive({ origin: order });
      const bill = await billed(['S-101', order]);
      assert.equal(await outcome(bill, 1), 'person');
      assert.deepEqual(await seen(bill), []);
    });

    landingTest('a cost for each shipment of a bill, each borne by its own receipt', async () => {
      const names = [number('PRO'), number('PRO')] as const;
      const receipts = [
        await receive({ carrier_tracking_ref: names[0] }),
        await receive({ carrier_tracking_ref: names[1] }),
      ];
      const line = (shipment: string, amountMinor: bigint) => {
        return { shipment, code: 'LHL', description: `${shipment} LHL`, amountMinor };
      };
      const bill = await billed([], { lines: [line('S-1', 10_000n), line('S-2', 2_345n)] });
      const lines = bill.lines.map((each, index) => ({ ...each, names: [names[index] as string] }));
      assert.equal(await outcome({ ...bill, lines }, 1), 'landed');
      assert.deepEqual(
        await seen(bill),
        [
          ['done', 23.45, [receipts[1]]],
          ['done', 100, [receipts[0]]],
        ].toSorted((a, b) => Number((a[2] as number[])[0]) - Number((b[2] as number[])[0])),
      );
    });

    landingTest(
      'of a bill in a foreign currency what was booked in the company’s; of a vendor credit it is taken off',
      async () => {
        const pro = number('PRO');
        await receive({ carrier_tracking_ref: pro });
        const lines = [{ shipment: 'S-1', code: 'LHL', description: 'S-1 LHL', amountMinor: 4_600n }];
        const [rate] = await find('res.currency.rate', [['currency_id.name', '=', 'EUR']], ['rate']);
        const foreign = await billed([pro], { currency: 'EUR', lines });
        assert.equal(await outcome(foreign, 0), 'landed');
        const booked = Math.round((46 / Number(rate?.rate)) * 100) / 100;
        assert.deepEqual(
          (await seen(foreign)).map(([, amount]) => amount),
          [booked],
        );
        const credit = await billed([pro], { kind: 'vendor-credit', lines });
        assert.equal(await outcome(credit, 1), 'landed');
        assert.deepEqual(
          (await seen(credit)).map(([state, amount]) => [state, amount]),
          [['done', -46]],
        );
      },
    );

    landingTest(
      'what a person changed in the draft is told and not validated; one that a person made is left alone',
      async () => {
        const pro = number('PRO');
        await receive({ carrier_tracking_ref: pro });
        const bill = await billed(['S-101', pro]);
        assert.equal(await outcome(bill), 'landed');
        const [cost] = await costsOf(bill);
        const [line] = await find('stock.landed.cost.lines', [['cost_id', '=', cost?.id]], ['price_unit']);
        await place.act('stock.landed.cost.lines', 'write', [line?.id as number], { vals: { price_unit: 800 } });
        const result = await land(bill, 1);
        assert.deepEqual([result.outcome, 'kind' in result && result.kind], ['refused', 'differs']);
        assert.match('sentence' in result ? result.sentence : '', /comes to 800\.00 USD, not 812\.00 USD/);
        await place.act('stock.landed.cost', 'button_cancel', [cost?.id as number], {});
        assert.equal(await outcome(bill, 1), 'none');
        assert.deepEqual(
          (await seen(bill)).map(([state]) => state),
          ['cancel'],
        );
        const other = await billed(['S-101', pro]);
        const [move] = await find('account.move', [['invoice_origin', '=', `Lading ${other.key}`]], ['name']);
        await create('stock.landed.cost', { vendor_bill_id: move?.id });
        assert.equal(await outcome(other, 1), 'none');
        assert.equal((await seen(other)).length, 1);
      },
    );

    landingTest('an answer that is lost doubles nothing', async () => {
      for (const only of ['load', 'button_validate'] as const) {
        const pro = number('PRO');
        const receipt = await receive({ carrier_tracking_ref: pro });
        const bill = await billed(['S-101', pro]);
        await place.setFault({ mode: 'timeout-after-commit', only, calls: 1 });
        const first = await outcome(bill, 1);
        await place.setFault({ mode: 'up' });
        // Where only the last answer was lost, the state told what it came to.
        assert.equal(first, only === 'load' ? 'retry' : 'landed');
        assert.equal(await outcome(bill, 1), 'landed');
        assert.deepEqual(await seen(bill), [['done', 812, [receipt]]]);
      }
    });
  });
}
