// Orders that Odoo holds: billed from their own lines, and told of their shipments. Against a real Odoo, where the books of an
// order (invoiced, delivered, still to invoice) are Odoo's own reckoning.
//
// It needs a goods product that can be sold, with stock, and is skipped by name where there is none.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { GoodsOfOrder, NewsResult, OrderNews, SendResult, Session, WantedDocument } from '../../contract.ts';
import { sampleDocument } from '../../testing/describe-connector.ts';
import { odooConnector } from '../index.ts';
import type { OdooSettings } from '../settings.ts';
import { type Eye, liveSettings, openEye, withoutLive } from '../testing/live-odoo.ts';

type Order = { readonly id: number; readonly name: string; readonly line: number };
type Row = Readonly<Record<string, unknown>> & { readonly id: number };

describe('odoo, live: orders that Odoo holds', { skip: withoutLive }, () => {
  const run = Date.now();
  let made = 0;
  let eye: Eye;
  let sessions: readonly [Session, Session];
  let productId: number | undefined;
  let contactId: number;
  before(async () => {
    const settings = liveSettings as OdooSettings;
    eye = openEye(settings);
    const open = () => odooConnector.open(settings, { now: Date.now });
    sessions = [open(), open()];
    const goods = [
      ['type', '!=', 'service'],
      ['sale_ok', '=', true],
    ];
    productId = (await found('product.product', goods, ['name']))[0]?.id;
    const partner = { vals_list: [{ name: `Held orders ${run}` }] };
    [contactId] = [await eye.call({ model: 'res.partner', method: 'create', args: partner })].flat() as [number];
  });
  after(async () => {
    await Promise.all([eye?.close(), ...(sessions ?? []).map((session) => session.close())]);
  });

  async function found(model: string, domain: readonly unknown[], fields: readonly string[]): Promise<Row[]> {
    const args = { domain, fields, order: 'id asc', limit: 200 };
    return (await eye.call({ model, method: 'search_read', args })) as Row[];
  }

  /** Ten at 12.50, confirmed. */
  async function confirmedOrder(): Promise<Order> {
    const line = { product_id: productId, product_uom_qty: 10, price_unit: 12.5 };
    const values = { partner_id: contactId, order_line: [[0, 0, line]] };
    const made = await eye.call({ model: 'sale.order', method: 'create', args: { vals_list: [values] } });
    const [id] = [made].flat() as [number];
    await eye.call({ model: 'sale.order', method: 'action_confirm', ids: [id] });
    const [order] = await found('sale.order', [['id', '=', id]], ['name', 'order_line']);
    return { id, name: String(order?.name), line: (order as Row & { order_line: [number] }).order_line[0] };
  }

  const goodsOf = ({ name, line }: Order, quantity: string): GoodsOfOrder => {
    return { order: name, line, quantity, unitPrice: '12.50' };
  };
  const sample = (lines: WantedDocument['lines'], changes: Partial<WantedDocument> = {}) => {
    made += 1;
    const customer = { id: 'held', name: 'Held', identifiers: [] };
    return sampleDocument(`HELD-${run}-${made}`, { customer, lines, attachments: [], ...changes });
  };
  const goodsLine = (order: Order, quantity: string, amountMinor: bigint) => {
    return { shipment: 'S-1', code: 'GDS', description: 'Boxes', amountMinor, goods: goodsOf(order, quantity) };
  };
  const send = async (document: WantedDocument) => (await sessions[0].send([document]))[0] as SendResult;
  const lineOf = async ({ line }: Order) => {
    const fields = ['qty_invoiced', 'qty_delivered', 'qty_to_invoice'];
    return (await found('sale.order.line', [['id', '=', line]], fields))[0] as Row;
  };

  test('an invoice of goods and freight, a supplementary and a credit note move what the order says is invoiced', async (t) => {
    if (productId === undefined) return t.skip('this Odoo has no goods to sell');
    const order = await confirmedOrder();
    const freight = { shipment: 'S-1', code: 'LHL', description: 'Linehaul', amountMinor: 9_900n };
    const invoice = sample([goodsLine(order, '4', 5_000n), freight]);
    const first = await send(invoice);
    assert.deepEqual([first.outcome, 'storedTotalMinor' in first && first.storedTotalMinor], ['confirmed', 14_900n]);
    assert.equal((await lineOf(order)).qty_invoiced, 4);
    assert.equal((await send(sample([goodsLine(order, '6', 7_500n)], { kind: 'supplementary' }))).outcome, 'confirmed');
    assert.equal((await lineOf(order)).qty_invoiced, 10);
    const note = sample([goodsLine(order, '1', 1_250n)], { kind: 'credit-note', corrects: invoice.key });
    assert.equal((await send(note)).outcome, 'confirmed');
    assert.equal((await send(invoice)).outcome, 'confirmed');
    assert.equal((await lineOf(order)).qty_invoiced, 9);
    const [billed] = await found('sale.order', [['id', '=', order.id]], ['invoice_ids']);
    assert.equal((billed as Row & { invoice_ids: number[] }).invoice_ids.length, 3);
    const [move] = await found('account.move', [['id', '=', (await eye.movesOf(invoice.key))[0]]], ['partner_id']);
    assert.equal(
      (move as Row & { partner_id: [number, string] }).partner_id[0],
      contactId,
      'whom the order is to be invoiced to',
    );
  });

  test('digits that Odoo would round away are refused before anything is made', async (t) => {
    if (productId === undefined) return t.skip('this Odoo has no goods to sell');
    const order = await confirmedOrder();
    const document = sample([goodsLine(order, '0.12345', 154n)]);
    const result = await send(document);
    assert.deepEqual([result.outcome, 'kind' in result && result.kind], ['refused', 'too-precise']);
    assert.deepEqual(await eye.movesOf(document.key), []);
  });

  const news = (order: Order, shipment: string, quantity: string, isDelivered: boolean): OrderNews => ({
    key: `${shipment}/${isDelivered ? 'delivered' : 'dispatched'}`,
    shipment,
    sentence: `Shipment ${shipment} was ${isDelivered ? 'delivered' : 'dispatched'}`,
    tracking: `PRO-${shipment}`,
    isDelivered,
    lines: [goodsOf(order, quantity)],
    attachments: [
      { fileName: `${shipment}.pdf`, mediaType: 'application/pdf', content: new TextEncoder().encode(shipment) },
    ],
  });
  const outcomes = (results: readonly NewsResult[]) => results.map(({ outcome }) => outcome);
  const tell = async (of: readonly OrderNews[], by = 0) => outcomes((await sessions[by]?.tell?.(of)) ?? []);

  test('shipments deliver the order in parts: transfers, notes and proofs once each, whoever tells them and how often', async (t) => {
    if (productId === undefined) return t.skip('this Odoo has no goods to sell');
    const order = await confirmedOrder();
    const [first, second] = [`T-${order.id}-1`, `T-${order.id}-2`];
    assert.deepEqual(await tell([news(order, first, '4', false)]), ['told']);
    assert.deepEqual(await tell([news(order, first, '4', true), news(order, first, '4', true)]), ['told', 'told']);
    assert.equal((await lineOf(order)).qty_delivered, 4);
    const both = await Promise.all([0, 1].map((by) => tell([news(order, second, '6', true)], by)));
    // The loser of a race may be asked to come again, and then finds it done.
    assert.ok(both.flat().includes('told'), JSON.stringify(both));
    assert.deepEqual(await tell([news(order, second, '6', true)], 1), ['told']);
    assert.equal((await lineOf(order)).qty_delivered, 10);
    const transfers = await found('stock.picking', [['sale_id', '=', order.id]], ['state']);
    assert.deepEqual(
      transfers.map(({ state }) => state),
      ['done', 'done'],
    );
    const said = [['body', 'like', `Shipment T-${order.id}-`]];
    const notes = await found('mail.message', said, ['model']);
    // Beside the order one a milestone (three), and one on each transfer, the first of which was dispatched, too.
    assert.deepEqual([notes.filter(({ model }) => model === 'sale.order').length, notes.length], [3, 6]);
    const files = await found('ir.attachment', [['name', '=', `${second}.pdf`]], ['res_model']);
    assert.deepEqual(files.map(({ res_model }) => res_model).sort(), ['sale.order', 'stock.picking']);
  });

  test('what a person has picked otherwise is left to them, with the difference', async (t) => {
    if (productId === undefined) return t.skip('this Odoo has no goods to sell');
    const order = await confirmedOrder();
    const [move] = await found('stock.move', [['sale_line_id', '=', order.line]], ['quantity']);
    const vals = { quantity: 3, picked: true };
    await eye.call({ model: 'stock.move', method: 'write', ids: [move?.id as number], args: { vals } });
    const [result] = (await sessions[0].tell?.([news(order, `T-${order.id}-9`, '5', true)])) ?? [];
    assert.deepEqual([result?.outcome, result?.outcome === 'refused' && result.kind], ['refused', 'differs']);
    assert.match(
      result?.outcome === 'refused' ? result.sentence : '',
      /has picked 3 on .* where shipment .* delivered 5/,
    );
    assert.equal((await lineOf(order)).qty_delivered, 0);
  });

  test('news of orders that Odoo does not hold are told to nobody', async () => {
    const elsewhere = { id: 0, name: `PO-${run}`, line: 1 };
    assert.deepEqual(await tell([news(elsewhere, `T-${run}`, '1', true)]), ['not-held']);
  });
});
