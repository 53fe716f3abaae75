// Orders and their transfers: how Odoo sums, confirms, cancels and delivers them.
//
// `write_date` moves as it does there: an order's with its own columns and its amounts, not with the text of a line.
import { type Environment, type ModelRules, timestamp, type Values } from './environment.ts';
import { userError } from './exception.ts';
import { createRecord, recordOf, writeRecord } from './records.ts';
import type { Row } from './row.ts';

const ORDER = 'sale.order';
const LINE = 'sale.order.line';
const PICKING = 'stock.picking';
const MOVE = 'stock.move';

export const SALES_RULES: Readonly<Record<string, ModelRules>> = {
  [ORDER]: { defaults: orderDefaults, guardDelete: guardOrderDelete },
  [LINE]: { defaults: lineDefaults, changed: sumLine },
  [PICKING]: {
    defaults: (env) => ({
      name: `WH/OUT/${String(env.transaction.all(PICKING).length + 1).padStart(5, '0')}`,
      state: 'assigned',
      picking_type_code: 'outgoing',
      company_id: 1,
      location_id: 8,
      scheduled_date: timestamp(env),
    }),
  },
  [MOVE]: { defaults: () => ({ state: 'assigned' }) },
};

function orderDefaults(env: Environment, given: Values): Values {
  return {
    name: `S${String(env.transaction.all(ORDER).length + 1).padStart(5, '0')}`,
    state: 'draft',
    company_id: 1,
    currency_id: recordOf(env, 'res.company', 1).currency_id,
    partner_invoice_id: given.partner_id,
    partner_shipping_id: given.partner_id,
    date_order: timestamp(env),
  };
}

function guardOrderDelete(_: Environment, { state }: Row): void {
  if (state === 'draft' || state === 'cancel') return;
  throw userError('You can not delete a sent quotation or a confirmed sales order. You must first cancel it.');
}

function lineDefaults(env: Environment, given: Values): Values {
  const product =
    typeof given.product_id === 'number' ? env.transaction.get('product.product', given.product_id) : undefined;
  const unit = { [env.major === 19 ? 'product_uom_id' : 'product_uom']: 1 };
  return {
    ...unit,
    sequence: 10,
    product_uom_qty: 1,
    price_unit: product?.list_price ?? 0,
    name: product?.name ?? false,
  };
}

function sumLine(env: Environment, id: number): void {
  const line = recordOf(env, LINE, id);
  const gross = Number(line.product_uom_qty) * Number(line.price_unit);
  const subtotal = Math.round(gross * (100 - Number(line.discount))) / 100;
  env.transaction.put(LINE, { ...line, price_subtotal: subtotal });
  if (typeof line.order_id !== 'number') return;
  const lines = env.transaction.by(LINE, 'order_id', line.order_id);
  const total = Math.round(lines.reduce((sum, each) => sum + Number(each.price_subtotal), 0) * 100) / 100;
  const order = recordOf(env, ORDER, line.order_id);
  if (order.amount_total === total) return;
  env.transaction.put(ORDER, { ...order, amount_total: total, write_date: timestamp(env) });
}

/** Confirmed, an order has a transfer with what is to go out. Returns `true`. */
export function confirmOrders(env: Environment, ids: readonly number[]): true {
  for (const id of ids) {
    const order = recordOf(env, ORDER, id);
    if (order.state !== 'draft' && order.state !== 'sent') {
      throw userError(`The following orders are not in a state requiring confirmation: ${String(order.name)}`);
    }
    writeRecord(env, ORDER, id, { state: 'sale', date_order: timestamp(env) });
    const lines = env.transaction.by(LINE, 'order_id', id).filter(({ display_type: display }) => !display);
    const picking = createRecord(env, PICKING, {
      origin: order.name,
      sale_id: id,
      partner_id: order.partner_shipping_id,
    });
    for (const line of lines) demand(env, picking.id, line.id, Number(line.product_uom_qty));
  }
  return true;
}

function demand(env: Environment, picking: number, line: number, quantity: number): void {
  const { product_id: product } = recordOf(env, LINE, line);
  const values = { picking_id: picking, sale_line_id: line, product_id: product, product_uom_qty: quantity };
  createRecord(env, MOVE, { ...values, quantity });
}

/** 17 asks first, by a wizard, and leaves the order as it is, unless told not to. */
export function cancelOrders(env: Environment, ids: readonly number[]): unknown {
  const asks = env.major === 17 && env.context.disable_cancel_warning !== true;
  if (asks && ids.some((id) => recordOf(env, ORDER, id).state === 'sale')) {
    return { type: 'ir.actions.act_window', res_model: 'sale.order.cancel', target: 'new' };
  }
  for (const id of ids) {
    writeRecord(env, ORDER, id, { state: 'cancel' });
    for (const picking of env.transaction.by(PICKING, 'sale_id', id)) {
      if (picking.state !== 'done') writeRecord(env, PICKING, picking.id, { state: 'cancel' });
    }
  }
  return true;
}

/** What was picked goes out; of the rest a back-order is made. Without `skip_backorder` a partial one asks first. */
export function validatePickings(env: Environment, ids: readonly number[]): unknown {
  for (const id of ids) {
    const picking = recordOf(env, PICKING, id);
    if (picking.state === 'done') {
      if (env.major === 19) continue;
      throw userError('You cannot validate a transfer if no quantities are reserved.');
    }
    const moves = env.transaction.by(MOVE, 'picking_id', id);
    const left = moves.filter((move) => Number(move.quantity) < Number(move.product_uom_qty));
    if (left.length > 0 && env.context.skip_backorder !== true) return backorderWizard(id);
    deliver(env, picking, moves);
    const dropped = (env.context.picking_ids_not_to_backorder as number[] | undefined) ?? [];
    if (left.length > 0 && !dropped.includes(id)) backorder(env, picking, left);
  }
  return true;
}

function deliver(env: Environment, picking: Row, moves: readonly Row[]): void {
  writeRecord(env, PICKING, picking.id, { state: 'done', date_done: timestamp(env) });
  for (const move of moves) {
    writeRecord(env, MOVE, move.id, { state: 'done', picked: true });
    if (typeof move.sale_line_id !== 'number') continue;
    const line = recordOf(env, LINE, move.sale_line_id);
    const sign = picking.picking_type_code === 'incoming' ? -1 : 1;
    writeRecord(env, LINE, line.id, { qty_delivered: Number(line.qty_delivered) + sign * Number(move.quantity) });
  }
}

// The tracking number is not copied.
function backorder(env: Environment, picking: Row, left: readonly Row[]): void {
  const { origin, sale_id: sale, partner_id: partner } = picking;
  const next = createRecord(env, PICKING, { origin, sale_id: sale, partner_id: partner, backorder_id: picking.id });
  for (const move of left) {
    demand(env, next.id, Number(move.sale_line_id), Number(move.product_uom_qty) - Number(move.quantity));
  }
}

function backorderWizard(id: number): object {
  return {
    name: 'Create Backorder?',
    type: 'ir.actions.act_window',
    view_mode: 'form',
    res_model: 'stock.backorder.confirmation',
    views: [[1169, 'form']],
    view_id: 1169,
    target: 'new',
    context: {
      button_validate_picking_ids: [id],
      default_show_transfers: false,
      default_pick_ids: [[4, id]],
    },
  };
}
