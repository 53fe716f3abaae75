// The tab of a sales order that the companion module brings: how far its shipments are, and why they are not invoiced.
import type { BillingNews, NewsResult, OrderNews } from '../../contract.ts';
import { attachTo } from '../documents/attachment.ts';
import { type HeldOrders, orderLineOf, readOrders } from '../documents/orders.ts';
import { classifyRead } from '../doors/classify.ts';
import type { Odoo } from '../odoo.ts';
import { together, verdictOn } from '../together.ts';
import { untold } from './untold.ts';

type Report = {
  readonly order_id: number;
  readonly shipment: string;
  readonly tracking?: string;
  readonly billing?: string;
  readonly reason?: string;
  readonly milestones?: readonly { readonly name: string; readonly occurred_at: string | false }[];
};

/** A milestone on the order's tab; said again, it changes nothing. Throws `OdooError`. */
export async function showMilestone(odoo: Pick<Odoo, 'call'>, orderId: number, news: OrderNews): Promise<void> {
  const { shipment, tracking, milestone } = news;
  const at = milestone?.at;
  const occurred_at = at === undefined ? (false as const) : inTheirWords(at);
  const milestones = milestone === undefined ? [] : [{ name: milestone.name, occurred_at }];
  await tellTab(odoo, [{ order_id: orderId, shipment, milestones, ...(tracking === undefined ? {} : { tracking }) }]);
}

/** How far billing is, on the tabs of the orders, and the files beside them. One result for each, in order. */
export async function showBilling(odoo: Odoo, news: readonly BillingNews[]): Promise<readonly NewsResult[]> {
  const goods = news.flatMap(({ lines }) => lines);
  try {
    const held = await readOrders(odoo.call, await odoo.version(), goods);
    const told = await together(news, (some) => showSome(odoo, held, some), classifyRead);
    return told.map((each) => {
      const key = each.item.shipment;
      return 'verdict' in each ? untold(key, each.verdict) : { key, outcome: each.result };
    });
  } catch (error) {
    const verdict = verdictOn(error, classifyRead);
    return news.map(({ shipment }) => untold(shipment, verdict));
  }
}

async function showSome(odoo: Odoo, held: HeldOrders, news: readonly BillingNews[]): Promise<('told' | 'not-held')[]> {
  const reports: Report[] = [];
  const outcomes: ('told' | 'not-held')[] = [];
  for (const each of news) {
    const orders = ordersOn(each, held);
    await attachFiles(odoo, each, orders);
    reports.push(...orders.map((id) => reportOf(each, id)));
    outcomes.push(orders.length === 0 ? 'not-held' : 'told');
  }
  if (reports.length > 0) await tellTab(odoo, reports);
  return outcomes;
}

/** False also where Odoo cannot be asked. */
export async function hasTab({ hasCompanion }: Pick<Odoo, 'hasCompanion'>): Promise<boolean> {
  try {
    return await hasCompanion();
  } catch (error) {
    verdictOn(error, classifyRead);
    return false;
  }
}

function ordersOn({ lines }: BillingNews, held: HeldOrders): readonly number[] {
  return [...new Set(lines.flatMap((goods) => orderLineOf(held, goods)?.orderId ?? []))];
}

// Under the name that the news of the delivery give its proofs, so that a file told by both is there once.
async function attachFiles(odoo: Odoo, { shipment, attachments }: BillingNews, orders: readonly number[]) {
  const files = { key: `${shipment}/delivered`, attachments };
  for (const id of orders) await attachTo(odoo, 'sale.order', id, files);
}

function reportOf({ shipment, billing, reason, tracking }: BillingNews, orderId: number): Report {
  return {
    ...{ order_id: orderId, shipment, billing },
    ...(reason === undefined ? {} : { reason }),
    ...(tracking === undefined ? {} : { tracking }),
  };
}

async function tellTab({ call }: Pick<Odoo, 'call'>, reports: readonly Report[]): Promise<void> {
  await call({ model: 'sale.order', method: 'lading_tell', args: { reports } });
}

/** As Odoo writes instants: UTC, to the second, without saying so. */
function inTheirWords(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
