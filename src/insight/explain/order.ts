// Why an order is as it is: how far each line is, and why what is not invoiced is not.
import { decimal, formatDecimal } from '../../model/decimal.ts';
import type { Order } from '../../model/shipment.ts';
import type { ExplainedDemand, ExplainedOrder } from '../explanation/order.ts';
import type { orderReports } from '../order-report.ts';

type Report = Awaited<ReturnType<typeof orderReports>>[number];
type Known = {
  readonly order: Order;
  readonly report: Report;
  /** By shipment, why it is not billed. */
  readonly because: ReadonlyMap<string, string>;
  readonly demand?: ExplainedDemand;
};

export function explainOrder({ order, report, because, demand }: Known): ExplainedOrder {
  const { cancelledAt, customerReference, wantedBy } = order;
  const shipments = report.shipments.map((shipment) => {
    const reason = because.get(shipment.shipment);
    return { ...shipment, ...(reason === undefined ? {} : { billingBecause: reason }) };
  });
  const { lines, invoices, ...told } = report;
  return {
    ...told,
    sentence: sentenceOf(order, report),
    ...(cancelledAt === undefined ? {} : { cancelledAt }),
    ...(customerReference === undefined ? {} : { customerReference }),
    ...(wantedBy === undefined ? {} : { wantedBy }),
    lines: lines.map(
      ({ line, sku, description, unitPrice, ordered, planned, delivered, invoiced, shipments: held }) => ({
        line,
        ...(sku === undefined ? {} : { sku }),
        ...(description === undefined ? {} : { description }),
        ...{ unitPrice, ordered, planned, delivered, invoiced },
        shipments: held.map(({ shipment }) => shipment),
      }),
    ),
    notInvoiced: reasons(order, report, shipments, demand),
    shipments,
    invoices,
    ...(demand === undefined ? {} : { demand }),
  };
}

function sentenceOf({ cancelledAt, lines }: Order, { status, value, currency }: Report): string {
  if (cancelledAt !== undefined || lines.length === 0) {
    return `Cancelled${cancelledAt === undefined ? '' : ` at ${cancelledAt}`}: nothing of it is to be carried.`;
  }
  const head = `${value.ordered} ${currency} of goods`;
  switch (status) {
    case 'open':
      return `${head}; nothing of it is delivered yet.`;
    case 'partly-delivered':
      return `${head}, ${value.delivered} delivered and ${value.invoiced} invoiced.`;
    case 'delivered':
      return `${head}, all of it delivered and ${value.invoiced} invoiced.`;
    case 'invoiced':
      return `${head}, all of it delivered and invoiced.`;
  }
}

function reasons(
  { cancelledAt }: Order,
  { status, lines }: Report,
  shipments: ExplainedOrder['shipments'],
  demand: ExplainedDemand | undefined,
): string[] {
  if (status === 'invoiced' || cancelledAt !== undefined || lines.length === 0) return [];
  const unplanned = lines.flatMap(({ line, ordered, planned }) => {
    const missing = decimal(ordered).minus(decimal(planned));
    return missing.gt(0) ? [`Line ${line}: ${formatDecimal(missing)} of ${ordered} are in no shipment.`] : [];
  });
  const waits = demand === undefined ? 'Waits for a plan; owner operations.' : `Transport demand: ${demand.sentence}`;
  const planning = unplanned.length === 0 ? [] : [...unplanned, waits];
  const billing = shipments.flatMap(({ shipment, billingBecause }) =>
    billingBecause === undefined ? [] : [`${shipment}: ${billingBecause}`],
  );
  return [...planning, ...billing];
}
