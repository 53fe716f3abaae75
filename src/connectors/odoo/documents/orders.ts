// Goods billed from the sales order itself: which of our lines are lines of an order that this Odoo holds.
//
// Odoo's wizard "Create Invoice" makes its invoice before anybody can name it, so that one whose answer is lost may be made
// twice. The document is therefore loaded under its permanent key like any other, and each of its goods lines points to the
// order's line (`sale_line_ids`) as those of the wizard do: by that Odoo reckons what is invoiced. A line of an order is named
// by its database id, as orders are read from Odoo; of an order that came from elsewhere nothing is found here, and its goods
// are lines like any other.
import { type Decimal, decimal } from '../../../model/decimal.ts';
import type { GoodsOfOrder, Refusal, WantedDocument } from '../../contract.ts';
import type { Door } from '../doors/door.ts';
import { OdooError } from '../doors/failure.ts';
import type { OdooVersion } from '../doors/versions.ts';

export type OrderLine = {
  readonly id: number;
  readonly order: string;
  readonly orderId: number;
  readonly productId?: number;
  readonly unitId?: number;
  /** Whom the order is to be invoiced to. */
  readonly payerId: number;
};

/** How many decimals Odoo keeps of a line; what is beyond is rounded away without a word. */
export type Precision = { readonly price: number; readonly quantity: number };

export type HeldOrders = { readonly lines: ReadonlyMap<number, OrderLine>; readonly precision?: Precision };

const NONE: HeldOrders = { lines: new Map() };
const MOST_LINES = 10_000;

type OrderLineName = Pick<GoodsOfOrder, 'order' | 'line'>;

/** Nothing is asked where no goods of an order are named. */
export async function readOrders(
  call: Door,
  { saleUnitField }: OdooVersion,
  goods: readonly OrderLineName[],
): Promise<HeldOrders> {
  if (goods.length === 0) return NONE;
  try {
    const lines = await readLines(call, goods, saleUnitField);
    return lines.size === 0 ? NONE : { lines, precision: await readPrecision(call) };
  } catch (error) {
    if (isWithoutSales(error)) return NONE;
    throw error;
  }
}

type Reference = [number, string] | false;
type LineRecord = Record<string, unknown> & { id: number; order_id: [number, string]; product_id: Reference };
type OrderRecord = { id: number; name: string; partner_invoice_id: [number, string] };

async function readLines(
  call: Door,
  goods: readonly OrderLineName[],
  unitField: string,
): Promise<ReadonlyMap<number, OrderLine>> {
  const names = [...new Set(goods.map(({ order }) => order))];
  const found = await call({
    model: 'sale.order',
    method: 'search_read',
    args: { domain: [['name', 'in', names]], fields: ['name', 'partner_invoice_id'], limit: MOST_LINES },
  });
  const orders = new Map((found as OrderRecord[]).map((order) => [order.id, order]));
  if (orders.size === 0) return new Map();
  const domain = [
    ['id', 'in', [...new Set(goods.map(({ line }) => line))]],
    ['order_id', 'in', [...orders.keys()]],
  ];
  const args = { domain, fields: ['order_id', 'product_id', unitField], limit: MOST_LINES };
  const records = (await call({ model: 'sale.order.line', method: 'search_read', args })) as LineRecord[];
  return new Map(
    records.flatMap((record) => {
      const order = orders.get(record.order_id[0]);
      return order === undefined ? [] : [[record.id, lineFrom(record, order, record[unitField] as Reference)]];
    }),
  );
}

function lineFrom({ id, product_id }: LineRecord, order: OrderRecord, unit: Reference): OrderLine {
  return {
    ...{ id, order: order.name, orderId: order.id, payerId: order.partner_invoice_id[0] },
    ...(product_id === false ? {} : { productId: product_id[0] }),
    ...(Array.isArray(unit) ? { unitId: unit[0] } : {}),
  };
}

// The table of precisions is closed to ordinary users; what comes of it is told with the fields.
async function readPrecision(call: Door): Promise<Precision> {
  const args = { allfields: ['price_unit', 'quantity'], attributes: ['digits'] };
  const fields = (await call({ model: 'account.move.line', method: 'fields_get', args })) as Record<string, Digits>;
  return { price: placesOf(fields.price_unit), quantity: placesOf(fields.quantity) };
}

type Digits = { readonly digits?: readonly [number, number] | false };
const USUAL_PLACES = 2;
const placesOf = (field: Digits | undefined) => (field?.digits ? field.digits[1] : USUAL_PLACES);

// Without the app Sales, or without the right to see it, this Odoo holds no orders for us.
const WITHOUT_SALES = /\.(NotFound|UserError|AccessError)$/;

function isWithoutSales(error: unknown): boolean {
  return error instanceof OdooError && error.failure.kind === 'fault' && WITHOUT_SALES.test(error.failure.name);
}

/** The order's line that one of ours is made from; `undefined` when this Odoo holds none. */
export function orderLineOf({ lines }: HeldOrders, goods: OrderLineName | undefined): OrderLine | undefined {
  const line = goods === undefined ? undefined : lines.get(goods.line);
  return line?.order === goods?.order ? line : undefined;
}

/** Whom the orders on a document are to be invoiced to; `undefined` where it is made from none. */
export function payerOf({ lines }: WantedDocument, held: HeldOrders): number | undefined {
  for (const { goods } of lines) {
    const line = orderLineOf(held, goods);
    if (line !== undefined) return line.payerId;
  }
  return undefined;
}

/** Why the document's goods cannot be sent as they are; looked at before, for Odoo would book another amount in silence. */
export function tooPrecise({ number, lines }: WantedDocument, held: HeldOrders): Refusal | undefined {
  const { precision } = held;
  if (precision === undefined) return undefined;
  for (const { goods } of lines) {
    if (goods === undefined || orderLineOf(held, goods) === undefined) continue;
    const { order, line, quantity, unitPrice } = goods;
    const isPrice = placesIn(decimal(unitPrice)) > precision.price;
    if (!isPrice && placesIn(decimal(quantity)) <= precision.quantity) continue;
    const what = isPrice ? `the price ${unitPrice}` : `the quantity ${quantity}`;
    const kept = isPrice ? `${precision.price} decimals of a price` : `${precision.quantity} decimals of a quantity`;
    const sentence = `Odoo keeps ${kept}, which does not hold ${what} of order ${order} line ${line} on ${number}; allow more in Odoo under Decimal Accuracy`;
    return { kind: 'too-precise', scope: 'document', sentence };
  }
  return undefined;
}

function placesIn(value: Decimal): number {
  return value.toFixed().split('.')[1]?.length ?? 0;
}
