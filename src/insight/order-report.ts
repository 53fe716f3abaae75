// Orders as people see them: how far each is, in quantities by line and in money by its prices.

import { decimal } from '../model/decimal.ts';
import { formatMinor, toMinor } from '../model/money.ts';
import type { RuleBook } from '../model/rules.ts';
import type { Order } from '../model/shipment.ts';
import type { Queryable } from '../store/database.ts';
import { findOrders } from '../store/orders.ts';
import { type OrderQuantity, orderQuantities } from '../store/read/order-progress.ts';
import { claimsOnOrder, invoicesOfOrder, shipmentsNaming } from '../store/read/orders.ts';
import { type OutcomeOrderLine, orderRows } from './outcome-orders.ts';
import { partnerName } from './partner-names.ts';

const STEPS = ['ordered', 'planned', 'delivered', 'invoiced'] as const;

/** In the order given. */
export async function orderSummaries(db: Queryable, tenant: string, rules: RuleBook, orders: readonly Order[]) {
  const numbers = [...new Set(orders.map(({ order }) => order))];
  const quantities = await orderQuantities(db, tenant, numbers);
  return orders.map((order) => summaryOf(order, quantities, rules));
}

function summaryOf(order: Order, quantities: readonly OrderQuantity[], rules: RuleBook) {
  const [row] = orderRows([order], quantities);
  const lines = row?.lines ?? [];
  const customerName = partnerName(rules, order.customer);
  return {
    order: order.order,
    customer: order.customer,
    ...(customerName === undefined ? {} : { customerName }),
    status: row?.status ?? ('open' as const),
    currency: order.currency,
    placedAt: order.placedAt,
    lines: lines.length,
    value: valueByPrices(order, lines),
  };
}

/** Quantities by the order's prices, each line rounded. */
function valueByPrices({ lines: priced, currency }: Order, lines: readonly OutcomeOrderLine[]) {
  const price = new Map(priced.map(({ line, unitPrice }) => [line, decimal(unitPrice)]));
  const sumOf = (step: (typeof STEPS)[number]) =>
    lines.reduce((sum, row) => sum + toMinor(decimal(row[step]).times(price.get(row.line) ?? 0), currency), 0n);
  const [ordered, planned, delivered, invoiced] = STEPS.map((step) => formatMinor(sumOf(step), currency));
  return { ordered, planned, delivered, invoiced } as Record<(typeof STEPS)[number], string>;
}

/** One for each customer that uses this number. `customer`: that one's alone. */
export async function orderReports(
  db: Queryable,
  tenant: string,
  rules: RuleBook,
  { order: number, customer }: { order: string; customer?: string },
) {
  const placed = (await findOrders(db, tenant, [number]))
    .map(({ order }) => order)
    .filter((order) => customer === undefined || order.customer === customer)
    .sort((a, b) => (a.customer < b.customer ? -1 : 1));
  if (placed.length === 0) return [];
  const quantities = await orderQuantities(db, tenant, [number]);
  const [claims, invoices, shipments] = await Promise.all([
    claimsOnOrder(db, tenant, number),
    invoicesOfOrder(db, tenant, number),
    shipmentsNaming(db, tenant, number),
  ]);
  return placed.map((order) => {
    const own = <Row extends { readonly customer: string }>(rows: readonly Row[]) =>
      rows.filter((row) => row.customer === order.customer).map(({ customer: _, ...row }) => row);
    const { lines: _, ...summary } = summaryOf(order, quantities, rules);
    return {
      ...summary,
      shipTo: order.shipTo,
      ...(order.legalEntity === undefined ? {} : { legalEntity: order.legalEntity }),
      lines: linesOf(order, quantities, own(claims)),
      shipments: own(shipments),
      invoices: own(invoices),
    };
  });
}

type Claim = Omit<Awaited<ReturnType<typeof claimsOnOrder>>[number], 'customer'>;

function linesOf(order: Order, quantities: readonly OrderQuantity[], claims: readonly Claim[]) {
  const progress = new Map(orderRows([order], quantities)[0]?.lines.map((row) => [row.line, row]));
  return [...order.lines]
    .sort((a, b) => a.line - b.line)
    .map(({ quantity: _, taxCategory: __, ...line }) => ({
      ...line,
      ...(progress.get(line.line) as OutcomeOrderLine),
      shipments: claims.filter((claim) => claim.line === line.line).map(({ line: _, ...claim }) => claim),
    }));
}
