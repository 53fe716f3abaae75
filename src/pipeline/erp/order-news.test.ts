// What an ERP that holds the orders is told, and when: once a milestone, again where it could not be told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type StandIn, startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import type { NewsResult, OrderNews, Session } from '../../connectors/contract.ts';
import { odooConnector } from '../../connectors/odoo/index.ts';
import { MINUTE_MS } from '../../model/time.ts';
import { ERP_SYSTEM } from '../context.ts';
import { event, milestone, plan, START, startTestHubs, type TestHub, type TestHubs } from '../testing/hub.ts';
import { nextTelling, tellOnce } from './order-news.ts';

const SYSTEM = { name: ERP_SYSTEM, pace: { burst: 50 } };

let hubs: TestHubs;
let erp: StandIn;
let session: Session;
before(async () => {
  hubs = await startTestHubs();
  erp = await startOdooStandIn();
  const { url, database, user, key } = erp;
  session = odooConnector.open({ url, database, user, key }, { now: Date.now });
});
after(async () => {
  await session.close();
  await erp.stop();
  await hubs.close();
});

const placed = event('order.placed', {
  order: 'S00012',
  customer: 'acme',
  lines: [{ line: 31, quantity: '10', unitPrice: '12.50' }],
  shipTo: {},
  currency: 'USD',
  placedAt: new Date(START).toISOString(),
});
const contents = [{ order: 'S00012', line: 31, quantity: '4' }];
const references = [{ type: 'pro', value: 'PRO-7' }];

async function hubWith(...said: unknown[]): Promise<TestHub> {
  const hub = await hubs.open();
  await hub.say('tms', placed, plan('S-1', { contents, references }), plan('S-2'), ...said);
  await hub.settle();
  return hub;
}

const pickedUp = milestone({ shipment: 'S-1' }, 'picked-up', 1);
const delivered = milestone({ shipment: 'S-1' }, 'delivered', 2);

/** A session that does nothing but hear the news, and answers as it is told to. */
function listener(answer: (news: OrderNews) => NewsResult) {
  const heard: OrderNews[] = [];
  const tell = async (news: readonly OrderNews[]) => {
    heard.push(...news);
    return news.map(answer);
  };
  return { heard, session: { ...session, tell } };
}
const told = ({ key }: OrderNews): NewsResult => ({ key, outcome: 'told' });
const exceptions = (hub: TestHub) =>
  hub.rows(`select subject, detail, closed_at is null as open from lading.exception where kind = 'erp-rejected'`);

test('a milestone of a shipment with goods of an order is told once, with quantity, number and time', async () => {
  const hub = await hubWith(pickedUp);
  const { heard, session: by } = listener(told);
  assert.equal(await nextTelling(hub.context, by), 0);
  assert.equal(await tellOnce(hub.context, by, SYSTEM), 1);
  await hub.say('tms', milestone({ shipment: 'S-1' }, 'in-transit', 1), milestone({ shipment: 'S-2' }, 'picked-up', 1));
  await hub.settle();
  await hub.say('tms', delivered, delivered);
  await hub.settle();
  assert.equal(await tellOnce(hub.context, by, SYSTEM), 1);
  assert.equal(await tellOnce(hub.context, by, SYSTEM), 0);
  assert.equal(await nextTelling(hub.context, by), undefined);
  const lines = contents;
  const of = { shipment: 'S-1', tracking: 'PRO-7', lines, attachments: [] };
  const after = (hours: number) => START + hours * 60 * MINUTE_MS;
  assert.deepEqual(
    heard.map(({ sentence, ...rest }) => rest),
    [
      { ...of, key: 'S-1/dispatched', isDelivered: false, milestone: { name: 'dispatched', at: after(1) } },
      { ...of, key: 'S-1/delivered', isDelivered: true, milestone: { name: 'delivered', at: after(2) } },
    ],
  );
  assert.match(heard[1]?.sentence ?? '', /^Shipment S-1 was delivered on 2026-03-0\d \d\d:\d\d UTC$/);
});

test('what could not be told is told later, and nothing before', async () => {
  const hub = await hubWith(pickedUp);
  const away = listener(({ key }) => ({ key, outcome: 'retry', scope: 'system', reason: 'down' }));
  await tellOnce(hub.context, away.session, SYSTEM);
  assert.equal(await tellOnce(hub.context, away.session, SYSTEM), 0);
  hub.at(START + MINUTE_MS);
  const back = listener(told);
  assert.equal(await tellOnce(hub.context, back.session, SYSTEM), 1);
  assert.deepEqual(await exceptions(hub), []);
});

test('what was refused raises erp-rejected for the shipment, and closes it when it is told', async () => {
  const hub = await hubWith(pickedUp);
  const sentence = 'Somebody has picked 3 on WH/OUT/00001';
  const refusing = listener(({ key }) => ({ key, outcome: 'refused', kind: 'differs', scope: 'document', sentence }));
  await tellOnce(hub.context, refusing.session, SYSTEM);
  assert.deepEqual(await exceptions(hub), [{ subject: 'S-1', detail: sentence, open: true }]);
  hub.at(START + 361 * MINUTE_MS);
  await tellOnce(hub.context, listener(told).session, SYSTEM);
  assert.deepEqual(await exceptions(hub), [{ subject: 'S-1', detail: sentence, open: false }]);
});

test('an Odoo that holds no such order is asked once and told nothing', async () => {
  const hub = await hubWith(pickedUp, delivered);
  await tellOnce(hub.context, session, SYSTEM);
  assert.equal(await tellOnce(hub.context, session, SYSTEM), 0);
  assert.deepEqual(await hub.rows(`select distinct state from lading.order_news`), [{ state: 'not-held' }]);
});
