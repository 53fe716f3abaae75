// The landed cost of an order, from its shipments as they stand now.
import type { ClientBase } from 'pg';
import { decide } from '../domain/decide.ts';
import { landedCostOf, type ShipmentOfOrder } from '../domain/goods/landed-cost.ts';
import type { LandedCostReport } from '../model/landed-cost.ts';
import { shipmentsOfOrder } from '../store/claims.ts';
import { findOrders } from '../store/orders.ts';
import { memoriesOfShipments } from '../store/read/knowledge.ts';
import type { Asked } from './explain/asked.ts';
import { ordersOf } from './explain/known-shipments.ts';
import type { ExplainContext } from './explain.ts';

/** One for each customer that uses this number. `customer`: that one's alone. */
export async function landedCosts(
  { store, clock, rules }: ExplainContext,
  number: string,
  customer?: string,
): Promise<LandedCostReport[]> {
  return store.transaction(async (client: ClientBase) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const asked = { client, tenant: store.tenant, rules: await rules.current(client), now: clock.now() };
    const placed = await findOrders(client, store.tenant, [number]);
    const orders = placed
      .map(({ order }) => order)
      .filter((order) => customer === undefined || order.customer === customer);
    const reports: LandedCostReport[] = [];
    for (const order of orders.sort((a, b) => (a.customer < b.customer ? -1 : 1))) {
      const shipments = await shipmentsNamed(asked, await shipmentsOfOrder(client, store.tenant, order));
      const held = new Set(shipments.flatMap(({ claims }) => claims.map((claim) => claim.order)));
      const [others = []] = await ordersOf(asked, [{ customer: order.customer, numbers: [...held] }]);
      reports.push(landedCostOf(order, shipments, others, asked.rules));
    }
    return reports;
  });
}

async function shipmentsNamed(
  { client, tenant, rules, now }: Asked,
  names: readonly string[],
): Promise<ShipmentOfOrder[]> {
  const memories = await memoriesOfShipments(client, tenant, names);
  return names.map((shipment) => {
    const { facts = [], standing = {} } = memories.get(shipment) ?? {};
    const decision = decide({ shipment, facts, documents: [], orders: [], standing }, rules, now);
    const { rated = [], disbursed = [], claims = [], ratingDate: date } = decision ?? {};
    return { shipment, date, claims, costs: [...rated.filter(({ side }) => side === 'buy'), ...disbursed] };
  });
}
