// News of orders into Odoo: a note a milestone beside the order and its transfer, the tracking number, what arrived, its proof.
//
// Every part is idempotent by itself (an external id, a state that is read first), so an act that broke off is begun again
// from the front and does only what is missing.
import type { NewsResult, OrderNews, Refusal } from '../../contract.ts';
import { attachTo } from '../documents/attachment.ts';
import { type HeldOrders, orderLineOf, readOrders } from '../documents/orders.ts';
import { classifyRead } from '../doors/classify.ts';
import type { Odoo } from '../odoo.ts';
import { verdictOn } from '../together.ts';
import { writeNotes } from './notes.ts';
import { showMilestone } from './order-tab.ts';
import { deliver, openTransfer, readTransfers, type Transfer, writeTracking } from './transfers.ts';
import { untold } from './untold.ts';

/** One result for each, in order. */
export async function tellNews(odoo: Odoo, news: readonly OrderNews[]): Promise<readonly NewsResult[]> {
  const goods = news.flatMap(({ lines }) => lines);
  try {
    const held = await readOrders(odoo.call, await odoo.version(), goods);
    const results: NewsResult[] = [];
    for (const each of news) results.push(await attempt(odoo, held, each));
    return results;
  } catch (error) {
    const verdict = verdictOn(error, classifyRead);
    return news.map(({ key }) => untold(key, verdict));
  }
}

async function attempt(odoo: Odoo, held: HeldOrders, news: OrderNews): Promise<NewsResult> {
  try {
    return resultOf(news, await tellOne(odoo, held, news));
  } catch (error) {
    return untold(news.key, verdictOn(error, classifyRead));
  }
}

const resultOf = ({ key }: OrderNews, came: Refusal | 'told' | 'not-held'): NewsResult =>
  typeof came === 'string' ? { key, outcome: came } : { key, outcome: 'refused', ...came };

async function tellOne(odoo: Odoo, held: HeldOrders, news: OrderNews): Promise<Refusal | 'told' | 'not-held'> {
  const orders = quantitiesByOrder(news, held);
  if (orders.size === 0) return 'not-held';
  const transfers = await readTransfers(odoo, [...orders.keys()]);
  for (const [orderId, quantities] of orders) {
    const transfer = await moveGoods(odoo, news, orderId, transfers, quantities);
    if (typeof transfer === 'object') return transfer;
    await note(odoo, news, orderId, transfer);
    if (await odoo.hasCompanion()) await showMilestone(odoo, orderId, news);
  }
  return 'told';
}

/** Per order, our quantity of each of its lines. */
function quantitiesByOrder({ lines }: OrderNews, held: HeldOrders): Map<number, Map<number, string>> {
  const orders = new Map<number, Map<number, string>>();
  for (const goods of lines) {
    const line = orderLineOf(held, goods);
    if (line === undefined) continue;
    const quantities = orders.get(line.orderId) ?? new Map<number, string>();
    orders.set(line.orderId, quantities.set(line.id, goods.quantity));
  }
  return orders;
}

async function moveGoods(
  odoo: Odoo,
  news: OrderNews,
  orderId: number,
  transfers: readonly Transfer[],
  quantities: ReadonlyMap<number, string>,
): Promise<number | Refusal | undefined> {
  const open = openTransfer(transfers, orderId);
  if (open !== undefined && news.tracking !== undefined) await writeTracking(odoo, open, news.tracking);
  const isAny = [...quantities.values()].some((quantity) => Number(quantity) > 0);
  return news.isDelivered && isAny ? deliver(odoo, news, orderId, transfers, quantities) : open?.id;
}

async function note(odoo: Odoo, news: OrderNews, orderId: number, transferId: number | undefined): Promise<void> {
  const text = news.tracking === undefined ? news.sentence : `${news.sentence} (${news.tracking})`;
  const places = [
    { model: 'sale.order' as const, recordId: orderId },
    ...(transferId === undefined ? [] : [{ model: 'stock.picking' as const, recordId: transferId }]),
  ];
  // What delivered the transfer has its note there already.
  const noted = news.isDelivered ? places.slice(0, 1) : places;
  await writeNotes(
    odoo,
    noted.map((place) => ({ ...place, text, externalId: odoo.ids.note(news.key, place.model, place.recordId) })),
  );
  for (const { model, recordId } of places) await attachTo(odoo, model, recordId, news);
}
