// What the companion module changes for those who have it, against the stand-in and, where it is installed, a real Odoo.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type StandInOptions, startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import type { BillingNews, OrderNews, SendResult, WantedDocument } from '../contract.ts';
import { sampleDocument } from '../testing/describe-connector.ts';
import { meetCompanion } from './companion.ts';
import { odooConnector } from './index.ts';
import { showMilestone } from './news/order-tab.ts';
import type { OdooSettings } from './settings.ts';
import { type Eye, liveSettings, openEye, withoutLive } from './testing/live-odoo.ts';

const run = Date.now();
let made = 0;
const sample = (changes: Partial<WantedDocument> = {}) => sampleDocument(`COMPANION-${run}-${++made}`, changes);

type Place = { readonly settings: OdooSettings; readonly close: () => Promise<void> };

async function standIn(options: StandInOptions) {
  const erp = await startOdooStandIn({ companion: true, ...options });
  const { url, database, user, key } = erp;
  return { erp, settings: { url, database, user, key } };
}

for (const version of [17, 19] as const) {
  describeCompanion(`companion, stand-in ${version}`, async () => {
    const { erp, settings } = await standIn({ version });
    return { settings, close: erp.stop };
  });
}
describeCompanion(
  'companion, live',
  async () => ({ settings: liveSettings as OdooSettings, close: async () => {} }),
  withoutLive,
);

function describeCompanion(name: string, openPlace: () => Promise<Place>, skip: string | false = false): void {
  async function within(
    t: { readonly skip: (reason: string) => void },
    work: (settings: OdooSettings, send: (document: WantedDocument) => Promise<SendResult>) => Promise<void>,
  ) {
    const { settings, close } = await openPlace();
    const eye = openEye(settings);
    const session = odooConnector.open(settings, { now: Date.now });
    try {
      if (!(await eye.hasCompanion())) return t.skip('the companion module is not installed there');
      await work(settings, async (document) => (await session.send([document]))[0] as SendResult);
    } finally {
      await Promise.all([session.close(), eye.close()]);
      await close();
    }
  }

  describe(name, { skip }, () => {
    test('a document bears its key, and the same one without the module', (t) =>
      within(t, async (settings, send) => {
        const [with_, without] = [sample(), sample()];
        assert.equal((await send(with_)).outcome, 'confirmed');
        const plain = odooConnector.open({ ...settings, companion: false }, { now: Date.now });
        assert.equal((await plain.send([without]))[0]?.outcome, 'confirmed');
        // Whichever way it was made, the other finds it.
        assert.equal((await plain.send([with_]))[0]?.outcome, 'confirmed');
        assert.equal((await send(without)).outcome, 'confirmed');
        await plain.close();
        assert.deepEqual(await keysOf(settings, with_), [`${settings.module ?? 'lading'}:${with_.key}`]);
        assert.deepEqual(await keysOf(settings, without), [false]);
      }));

    test('one that Odoo refuses to post leaves no draft behind; the others of its batch go through', (t) =>
      within(t, async (settings) => {
        const session = odooConnector.open(settings, { now: Date.now });
        const good = [sample(), sample(), sample()];
        const bad = sample({ issuedOn: '2026-02-30', paymentTermsDays: undefined });
        const results = await session.send([good[0], bad, good[1], good[2]] as WantedDocument[]);
        await session.close();
        assert.deepEqual(
          results.map(({ outcome }) => outcome),
          ['confirmed', 'refused', 'confirmed', 'confirmed'],
        );
        assert.deepEqual(await keysOf(settings, bad), []);
      }));

    test('the tab of an order says what it was told last: milestones once, state of billing, reason, files', (t) =>
      within(t, async (settings) => {
        const eye = openEye(settings);
        const order = await confirmedOrder(eye);
        const session = odooConnector.open(settings, { now: Date.now });
        const shipment = `TAB-${run}-${++made}`;
        const lines = [{ order: order.name, line: order.line, quantity: '4' }];
        const of = { shipment, tracking: 'PRO-7', lines };
        const pod = {
          fileName: `POD ${shipment}.txt`,
          mediaType: 'text/plain',
          content: new TextEncoder().encode(shipment),
        };
        const dispatched = { ...of, key: `${shipment}/dispatched`, sentence: `${shipment} left`, isDelivered: false };
        const milestone = { name: 'dispatched', at: Date.parse('2026-03-04T15:00:00Z') };
        const said = { ...dispatched, milestone, attachments: [] };
        for (const outcome of ['told', 'told']) assert.equal((await session.tell?.([said]))?.[0]?.outcome, outcome);
        assert.equal(await session.orderTab?.isThere(), true);
        const show = async (news: Partial<BillingNews> & Pick<BillingNews, 'billing'>) =>
          (await session.orderTab?.show([{ ...of, attachments: [], ...news }, elsewhere]))?.map(
            ({ outcome }) => outcome,
          );
        const reason = 'Not invoiced because of <this> & "that"; waits for the proof; owner operations.';
        assert.deepEqual(await show({ billing: 'held', reason }), ['told', 'not-held']);
        assert.deepEqual(await eye.tabOf(order.id), [{ name: shipment, tracking: 'PRO-7', billing: 'held', reason }]);
        // The same file again, and by whichever news.
        for (const _ of [1, 2])
          assert.deepEqual(await show({ billing: 'invoiced', attachments: [pod] }), ['told', 'not-held']);
        assert.deepEqual(await eye.tabOf(order.id), [
          { name: shipment, tracking: 'PRO-7', billing: 'invoiced', reason: false },
        ]);
        const delivered = { ...said, key: `${shipment}/delivered`, attachments: [pod] };
        assert.equal((await session.tell?.([delivered]))?.[0]?.outcome, 'told');
        assert.deepEqual(
          await eye.named('ir.attachment', [
            ['res_model', '=', 'sale.order'],
            ['res_id', '=', order.id],
          ]),
          [pod.fileName],
        );
        assert.deepEqual(await eye.named('lading.milestone', [['order_id', '=', order.id]]), ['dispatched']);
        await Promise.all([session.close(), eye.close()]);
      }));

    test('files that are too many for one call come the ordinary way, each once', (t) =>
      within(t, async (settings, send) => {
        const attachments = [1, 2].map((number) => ({
          fileName: `pod-${number}.tif`,
          mediaType: 'image/tiff',
          content: new Uint8Array(9_000_000).map((_, index) => (index * number) % 251),
        }));
        const document = sample({ attachments });
        assert.equal((await send(document)).outcome, 'confirmed');
        assert.equal((await send(document)).outcome, 'confirmed');
        const eye = openEye(settings);
        assert.equal((await eye.filesOn(await eye.movesOf(document.key))).length, 2);
        await eye.close();
      }));
  });
}

const elsewhere: BillingNews = {
  ...{ shipment: 'TAB-ELSEWHERE', billing: 'ready', attachments: [], lines: [{ order: `PO-${run}`, line: 1 }] },
};

/** Four of something. */
async function confirmedOrder({ call }: Eye): Promise<{ id: number; name: string; line: number }> {
  const create = async (model: string, values: object) =>
    [await call({ model, method: 'create', args: { vals_list: [values] } })].flat()[0] as number;
  const partner = await create('res.partner', { name: `Tab ${run}` });
  const line = { name: 'Boxes', product_uom_qty: 4, price_unit: 12.5 };
  const sold = { domain: [['sale_ok', '=', true]], fields: ['id'], limit: 1 };
  const product = await call({ model: 'product.product', method: 'search_read', args: sold }).catch(() => []);
  const product_id = (product as { id: number }[])[0]?.id ?? 1;
  const id = await create('sale.order', { partner_id: partner, order_line: [[0, 0, { ...line, product_id }]] });
  await call({ model: 'sale.order', method: 'action_confirm', ids: [id] });
  const fields = { fields: ['name', 'order_line'] };
  const read = (await call({ model: 'sale.order', method: 'read', ids: [id], args: fields })) as unknown[];
  const [{ name, order_line }] = read as [{ name: string; order_line: [number] }];
  return { id, name, line: order_line[0] };
}

async function keysOf(settings: OdooSettings, { key }: WantedDocument): Promise<unknown[]> {
  const eye = openEye(settings);
  const ids = await eye.movesOf(key);
  const read = await eye.call({ model: 'account.move', method: 'read', ids, args: { fields: ['lading_key'] } });
  await eye.close();
  return (read as { lading_key: unknown }[]).map(({ lading_key }) => lading_key);
}

test('companion: a milestone is on the tab of its order once, and corrected when it is told anew', async (t) => {
  const { erp, settings } = await standIn({ version: 19 });
  t.after(erp.stop);
  const { call, close } = openEye(settings);
  t.after(close);
  const order = erp.act('sale.order', 'create', [], { vals_list: { partner_id: 1 } }) as number;
  const news = (at: string): OrderNews => ({
    ...{ key: 'S-1/dispatched', shipment: 'S-1', sentence: 'Shipment S-1 was dispatched', isDelivered: false },
    ...{ milestone: { name: 'dispatched', at: Date.parse(at) }, tracking: 'PRO-7', attachments: [], lines: [] },
  });
  for (const at of ['2026-03-04T15:00:00Z', '2026-03-04T16:30:00Z']) await showMilestone({ call }, order, news(at));
  const shown = erp.act('lading.milestone', 'search_read', [], { domain: [], fields: ['name', 'occurred_at'] });
  assert.deepEqual(shown, [{ id: 1, name: 'dispatched', occurred_at: '2026-03-04 16:30:00' }]);
  const shipments = erp.act('lading.shipment', 'search_read', [], { domain: [], fields: ['name', 'tracking'] });
  assert.deepEqual(shipments, [{ id: 1, name: 'S-1', tracking: 'PRO-7' }]);
});

test('companion: one that speaks another protocol is told of, and nothing is sent', async () => {
  const older = async () => ({ protocol: 7 });
  await assert.rejects(meetCompanion(older), /speaks protocol 7, not 1: upgrade the older of the two/);
});
