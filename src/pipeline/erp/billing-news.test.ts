// What an ERP that shows billing beside its orders is told: state and reason in the words of `explain`, each change once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type StandIn, startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import type { BillingNews, NewsResult } from '../../connectors/contract.ts';
import { odooConnector } from '../../connectors/odoo/index.ts';
import { explainBilling } from '../../insight/billing-words.ts';
import { explain } from '../../insight/explain.ts';
import type { ShipmentExplanation } from '../../insight/explanation/shipment.ts';
import { MINUTE_MS } from '../../model/time.ts';
import { ERP_SYSTEM } from '../context.ts';
import { deliverOnce } from '../deliver.ts';
import { event, hubsForFile, milestone, plan, proof, START, type TestHub } from '../testing/hub.ts';
import { nextShowing, type Shown, showBillingOnce } from './billing-news.ts';
import { tellOnce } from './order-news.ts';

const SYSTEM = { name: ERP_SYSTEM, pace: { burst: 50 } };

const hubs = hubsForFile();

const placed = (order: string, line: number) =>
  event('order.placed', {
    ...{ order, customer: 'acme', currency: 'USD', placedAt: new Date(START).toISOString() },
    ...{ lines: [{ line, quantity: '4', unitPrice: '12.50' }], shipTo: {} },
  });

async function hubWith(order: string, line: number, ...said: unknown[]): Promise<TestHub> {
  const hub = await hubs.open();
  const contents = [{ order, line, quantity: '4' }];
  const references = [{ type: 'pro', value: 'PRO-7' }];
  await hub.say('tms', placed(order, line), plan('S-1', { contents, references }), plan('S-2'), ...said);
  await hub.settle();
  return hub;
}

/** A system that shows billing, keeps what it hears and answers as it is told to. */
function listener(answer: (news: BillingNews) => NewsResult, isThere = true) {
  const heard: BillingNews[] = [];
  const asked = { count: 0 };
  const show = async (news: readonly BillingNews[]) => {
    heard.push(...news);
    return news.map(answer);
  };
  const isAsked = async () => {
    asked.count += 1;
    return isThere;
  };
  const session = { orderTab: { isThere: isAsked, show } };
  const shown: Shown = { name: ERP_SYSTEM, session, explainBilling };
  return { heard, asked, shown };
}
const told = ({ shipment: key }: BillingNews): NewsResult => ({ key, outcome: 'told' });
/** When what was marked by now is due: changes are gathered for a moment. */
const show = (hub: TestHub, shown: Shown, notBefore = new Map()) => {
  hub.at(hub.context.clock.now() + 2_000);
  return showBillingOnce(hub.context, shown, notBefore);
};
const because = async (hub: TestHub) => ((await explain(hub.context, 'S-1')) as ShipmentExplanation).billingBecause;

const pickedUp = milestone({ shipment: 'S-1' }, 'picked-up', 1);
const delivered = milestone({ shipment: 'S-1' }, 'delivered', 2);

test('billing news: a shipment with goods of an order is told in the words of explain, and what did not change is not told', async () => {
  const hub = await hubWith('S00012', 31);
  const { heard, shown } = listener(told);
  assert.equal(await show(hub, shown), 1);
  const reason =
    'Not invoiced because its billing trigger pod is not reached; waits for delivery at stop 2 (Atlanta) and the proof of delivery; owner operations.';
  assert.equal(await because(hub), reason);
  const lines = [{ order: 'S00012', line: 31 }];
  const of = { shipment: 'S-1', billing: 'not-due', reason, lines, tracking: 'PRO-7', attachments: [] };
  assert.deepEqual(heard, [of]);
  // Picked up, it still waits for the same, and S-2 has goods of no order.
  await hub.say('tms', pickedUp, milestone({ shipment: 'S-2' }, 'picked-up', 1));
  await hub.settle();
  assert.equal(await show(hub, shown), 1);
  assert.equal(await nextShowing(hub.context, shown), undefined);
  assert.equal(heard.length, 1);
});

test('billing news: several changes that come together are one, and the proof goes along once', async () => {
  const hub = await hubWith('S00012', 31);
  const { heard, shown } = listener(told);
  await show(hub, shown);
  await hub.say('tms', pickedUp);
  await hub.settle();
  await hub.say('tms', delivered, proof({ shipment: 'S-1' }));
  await hub.settle();
  assert.equal(await show(hub, shown), 1);
  assert.equal(heard.length, 2);
  const [, news] = heard;
  assert.deepEqual(
    news?.attachments.map(({ fileName }) => fileName),
    ['POD S-1.png'],
  );
  assert.deepEqual([news?.billing, news?.reason], ['ready', await because(hub)]);
  await hub.say(
    'tms',
    event('document.attached', { shipment: 'S-1', kind: 'pod', mediaType: 'image/png', content: 'iVBORw0KGgo=' }),
  );
  await hub.settle();
  await show(hub, shown);
  assert.equal(heard.length, 2);
});

test('billing news: what could not be told is told as it is then, and a refusal is nobody’s exception', async () => {
  const hub = await hubWith('S00012', 31);
  const away = listener(({ shipment: key }) => ({ key, outcome: 'retry', scope: 'system', reason: 'down' }));
  const notBefore = new Map();
  await show(hub, away.shown, notBefore);
  await hub.say('tms', delivered);
  await hub.settle();
  assert.equal(await show(hub, away.shown, notBefore), 0);
  hub.at(START + MINUTE_MS);
  const sentence = 'The user may not write sale.order';
  const refusing = listener(({ shipment: key }) => ({
    key,
    outcome: 'refused',
    kind: 'rejected',
    scope: 'document',
    sentence,
  }));
  assert.equal(await show(hub, refusing.shown, notBefore), 1);
  assert.deepEqual(await hub.rows('select state, trouble from lading.billing_news'), [
    { state: 'due', trouble: sentence },
  ]);
  assert.deepEqual(await hub.rows(`select 1 from lading.exception where kind = 'erp-rejected'`), []);
  hub.at(START + 362 * MINUTE_MS);
  const back = listener(told);
  assert.equal(await show(hub, back.shown), 1);
  assert.match(back.heard[0]?.reason ?? '', /waits for the proof of delivery;/);
});

test('billing news: a mark that comes while it is told is told after it', async () => {
  const hub = await hubWith('S00012', 31);
  const { heard, shown } = listener(told);
  const { show: plainly } = shown.session.orderTab as NonNullable<Shown['session']['orderTab']>;
  let isFirst = true;
  const slowly = async (news: readonly BillingNews[]) => {
    if (isFirst) {
      isFirst = false;
      await hub.say('tms', delivered);
      await hub.settle();
      // Nobody else takes it up meanwhile.
      assert.equal(await show(hub, listener(told).shown), 0);
    }
    return plainly(news);
  };
  const slow: Shown = { ...shown, session: { orderTab: { isThere: async () => true, show: slowly } } };
  await show(hub, slow);
  assert.equal(await show(hub, slow), 1);
  assert.deepEqual(
    heard.map(({ reason }) => /waits for (.*);/.exec(reason ?? '')?.[1]),
    ['delivery at stop 2 (Atlanta) and the proof of delivery', 'the proof of delivery'],
  );
});

test('billing news: where nothing shows it, nothing is told, and it is not asked for at every turn', async () => {
  const hub = await hubWith('S00012', 31);
  const { heard, asked, shown } = listener(told, false);
  const notBefore = new Map();
  for (let turn = 0; turn < 5; turn++) assert.equal(await show(hub, shown, notBefore), 0);
  assert.deepEqual([heard.length, asked.count], [0, 1]);
  assert.equal(await nextShowing(hub.context, shown), undefined);
  // Installed later, it hears of what is there.
  const later = listener(told);
  assert.equal(await show(hub, later.shown), 1);
  assert.equal(later.heard.length, 1);
});

for (const version of [17, 19] as const) {
  test(`billing news: the tab of an order in Odoo ${version} follows its shipment until it is invoiced`, async (t) => {
    const erp = await startOdooStandIn({ version, companion: true });
    const { url, database, user, key } = erp;
    const session = odooConnector.open({ url, database, user, key }, { now: Date.now });
    t.after(async () => {
      await session.close();
      await erp.stop();
    });
    const { order, line } = orderIn(erp);
    const hub = await hubWith(order, line, pickedUp);
    const shown: Shown = { name: ERP_SYSTEM, session, explainBilling };
    const tab = () =>
      erp.act('lading.shipment', 'search_read', [], { domain: [], fields: ['name', 'billing', 'reason', 'tracking'] });
    const files = () =>
      erp.act('ir.attachment', 'search_read', [], { domain: [['res_model', '=', 'sale.order']], fields: ['name'] });
    await tellOnce(hub.context, session, SYSTEM);
    await show(hub, shown);
    const of = { id: 1, name: 'S-1', tracking: 'PRO-7' };
    assert.deepEqual(tab(), [{ ...of, billing: 'not-due', reason: await because(hub) }]);
    assert.deepEqual(erp.act('lading.milestone', 'search_read', [], { domain: [], fields: ['name'] }), [
      { id: 1, name: 'dispatched' },
    ]);
    await hub.say('tms', delivered);
    await hub.settle();
    await tellOnce(hub.context, session, SYSTEM);
    await show(hub, shown);
    assert.deepEqual(files(), []);
    await hub.say('tms', proof({ shipment: 'S-1' }));
    await hub.settle();
    await show(hub, shown);
    assert.match((await because(hub)) ?? '', /on its way; waits for its turn/);
    assert.deepEqual(tab(), [{ ...of, billing: 'ready', reason: await because(hub) }]);
    assert.deepEqual(
      (files() as { name: string }[]).map(({ name }) => name),
      ['POD S-1.png'],
    );
    await deliverOnce(hub.context, session, SYSTEM);
    await hub.settle();
    await show(hub, shown);
    assert.deepEqual(tab(), [{ ...of, billing: 'invoiced', reason: false }]);
  });
}

function orderIn(erp: StandIn): { order: string; line: number } {
  const values = { partner_id: 1, order_line: [[0, 0, { name: 'Boxes', product_uom_qty: 4, price_unit: 12.5 }]] };
  const id = erp.act('sale.order', 'create', [], { vals_list: values }) as number;
  erp.act('sale.order', 'action_confirm', [id], {});
  const [read] = erp.act('sale.order', 'read', [id], { fields: ['name', 'order_line'] }) as {
    name: string;
    order_line: number[];
  }[];
  return { order: String(read?.name), line: Number(read?.order_line[0]) };
}
