// The tab of a sales order that the companion module brings: how far the shipments are.
import type { OrderNews } from '../contract.ts';
import type { Odoo } from './odoo.ts';

/** A milestone on the order's tab; said again, it changes nothing. Throws `OdooError`. */
export async function showMilestone({ call }: Pick<Odoo, 'call'>, orderId: number, news: OrderNews): Promise<void> {
  const { shipment, tracking, milestone } = news;
  const milestones =
    milestone === undefined
      ? []
      : [{ name: milestone.name, occurred_at: milestone.at === undefined ? false : inTheirWords(milestone.at) }];
  const report = { order_id: orderId, shipment, milestones, ...(tracking === undefined ? {} : { tracking }) };
  await call({ model: 'sale.order', method: 'lading_tell', args: { reports: [report] } });
}

/** As Odoo writes instants: UTC, to the second, without saying so. */
function inTheirWords(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
