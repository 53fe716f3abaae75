// Finds orders and transport demands by their names, and has them explained.
import type { Order } from '../../model/shipment.ts';
import { findOrders } from '../../store/orders.ts';
import { demandOfMessage, listDemands } from '../../store/read/demands.ts';
import type { ExplainedException } from '../explanation/exception.ts';
import type { ExplainedDemand } from '../explanation/order.ts';
import type { Explanation } from '../explanation.ts';
import { orderReports } from '../order-report.ts';
import { type Asked, exceptionsOf } from './asked.ts';
import { demandOf } from './demand.ts';
import { shipmentExplanations } from './find-shipment.ts';
import { explainOrder } from './order.ts';

const MOST_EXPLAINED_SHIPMENTS = 20;

type NamedOrder = { readonly order: string; readonly customer: string };

/** `SO-1`, or `acme/SO-1` where customers use the same number. */
export async function orderExplanation(asked: Asked, name: string): Promise<Explanation | undefined> {
  const placed = await ordersNamed(asked, name);
  if (placed.length > 1) return whichCustomer('order', name, placed);
  const [order] = placed;
  if (order === undefined) return undefined;
  const { client, tenant, rules } = asked;
  const [report] = await orderReports(client, tenant, rules, order);
  if (report === undefined) return undefined;
  const because = await billingBecauseOf(asked, report.shipments.slice(0, MOST_EXPLAINED_SHIPMENTS));
  const demand = await demandOf(client, tenant, order);
  const exceptions = [...(await exceptionsOfDemand(asked, order.order, demand)), ...(await excessOf(asked, order))];
  return { about: 'order', ...explainOrder({ order, report, because, ...(demand ? { demand } : {}) }), exceptions };
}

type ShipmentOfOrder = { readonly shipment: string; readonly billing?: string | undefined };

async function billingBecauseOf(asked: Asked, shipments: readonly ShipmentOfOrder[]): Promise<Map<string, string>> {
  const open = shipments.filter(({ billing }) => billing !== 'invoiced').map(({ shipment }) => shipment);
  const explained = [...(await shipmentExplanations(asked, open)).values()];
  return new Map(
    explained.flatMap(({ shipment, billingBecause }) =>
      billingBecause === undefined ? [] : [[shipment, billingBecause]],
    ),
  );
}

async function ordersNamed({ client, tenant }: Asked, name: string): Promise<Order[]> {
  const [, customer, own] = /^([^/]+)\/(.+)$/.exec(name) ?? [];
  const found = await findOrders(client, tenant, own === undefined ? [name] : [name, own]);
  const orders = found.map(({ order }) => order);
  const named = orders.filter(({ order }) => order === name);
  return named.length > 0 ? named : orders.filter((order) => order.customer === customer);
}

/** By its order, by one of its messages (`SO-1/acme/2`), or by the effect of that (`demand:rdwy:SO-1/acme/2`). */
export async function demandExplanation(asked: Asked, name: string): Promise<Explanation | undefined> {
  const { client, tenant } = asked;
  const ofMessage =
    (await demandOfMessage(client, tenant, name)) ??
    (await demandOfMessage(client, tenant, name.slice(name.indexOf(':') + 1)));
  const placed = ofMessage === undefined ? await ordersNamed(asked, name) : [ofMessage];
  const demanded = await demandedOf(asked, placed);
  if (demanded.length > 1) return whichCustomer('demand', name, demanded);
  const [only] = demanded;
  const demand = only && (await demandOf(client, tenant, only));
  if (demand === undefined) return undefined;
  return { about: 'demand', ...demand, exceptions: await exceptionsOfDemand(asked, demand.order, demand) };
}

const MOST_CUSTOMERS = 200;

/** Those of one number that somebody was asked to carry. */
async function demandedOf({ client, tenant }: Asked, placed: readonly NamedOrder[]): Promise<NamedOrder[]> {
  const [first] = placed;
  if (first === undefined) return [];
  const demands = await listDemands(client, tenant, { order: first.order }, { limit: MOST_CUSTOMERS });
  return demands.filter(({ customer }) => placed.some((each) => each.customer === customer));
}

function whichCustomer(kind: string, ref: string, found: readonly NamedOrder[]): Explanation {
  const choices = found.map(({ customer, order }) => ({
    ref: `${kind}:${customer}/${order}`,
    is: `the ${kind} of ${customer}`,
  }));
  return { about: 'choice', ref, choices };
}

async function exceptionsOfDemand(asked: Asked, order: string, demand: ExplainedDemand | undefined) {
  const rejected = demand?.messages.flatMap(({ rejectedAs }) => rejectedAs ?? []) ?? [];
  const found = await exceptionsOf(asked, { subjects: [order, ...rejected] });
  return found.filter(({ kind }) => DEMAND_KINDS.has(kind));
}

const DEMAND_KINDS: ReadonlySet<string> = new Set([
  'demand-unanswered',
  'demand-not-taken',
  'order-changed-in-transit',
  'delivery-failed',
]);

function excessOf(asked: Asked, { order, lines }: Order): Promise<ExplainedException[]> {
  const subjects = lines.map(({ line }) => `${order}/${line}`).slice(0, 200);
  return exceptionsOf(asked, { kind: 'quantity-exceeds-order', subjects });
}
