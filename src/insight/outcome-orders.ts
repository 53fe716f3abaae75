// The orders of the outcome (contract part 3): how far each line is planned, delivered and invoiced.

import { type Decimal, decimal, formatDecimal, ZERO } from '../model/decimal.ts';
import type { Order } from '../model/shipment.ts';
import type { OrderQuantity } from '../store/read/order-progress.ts';

export type OutcomeOrderLine = { line: number; ordered: string; planned: string; delivered: string; invoiced: string };
export type OutcomeOrder = {
  order: string;
  customer: string;
  status: 'open' | 'partly-delivered' | 'delivered' | 'invoiced';
  lines: OutcomeOrderLine[];
};

type Progress = { ordered: Decimal; planned: Decimal; delivered: Decimal; invoiced: Decimal; isFree: boolean };

/** One row an order as it now stands, in the order given; lines ascending. */
export function orderRows(orders: readonly Order[], quantities: readonly OrderQuantity[]): OutcomeOrder[] {
  const byLine = new Map(quantities.map((row) => [lineKey(row), row]));
  return orders.map(({ order, customer, lines }) => {
    const progress = [...lines]
      .sort((a, b) => a.line - b.line)
      .map(({ line, quantity, unitPrice }) => {
        const done = byLine.get(lineKey({ order, customer, line }));
        return { line, isFree: decimal(unitPrice).eq(ZERO), ...progressOf(quantity, done) };
      });
    const rows = progress.map(({ line, ordered, planned, delivered, invoiced }) => ({
      line,
      ordered: formatDecimal(ordered),
      planned: formatDecimal(planned),
      delivered: formatDecimal(delivered),
      invoiced: formatDecimal(invoiced),
    }));
    return { order, customer, status: statusOf(progress), lines: rows };
  });
}

function lineKey({ order, customer, line }: Pick<OrderQuantity, 'order' | 'customer' | 'line'>): string {
  return JSON.stringify([order, customer, line]);
}

function progressOf(ordered: string, done: OrderQuantity | undefined) {
  const { planned = '0', delivered = '0', invoiced = '0' } = done ?? {};
  return {
    ordered: decimal(ordered),
    planned: decimal(planned),
    delivered: decimal(delivered),
    invoiced: decimal(invoiced),
  };
}

function statusOf(lines: readonly Progress[]): OutcomeOrder['status'] {
  if (lines.every(({ delivered }) => delivered.lte(ZERO))) return 'open';
  if (!lines.every(({ delivered, ordered }) => delivered.gte(ordered))) return 'partly-delivered';
  const isInvoiced = lines.every(({ isFree, invoiced, delivered }) => isFree || invoiced.eq(delivered));
  return isInvoiced ? 'invoiced' : 'delivered';
}
