// The models of selling and of the warehouse, as far as orders and transfers are read, with what differs by version.
import type { Field, Model } from './field.ts';

const char: Field = { type: 'char' };
const boolean: Field = { type: 'boolean' };
const float: Field = { type: 'float' };
const monetary: Field = { type: 'monetary' };
const datetime: Field = { type: 'datetime' };
const one = (relation: string): Field => ({ type: 'many2one', relation });
const many = (relation: string): Field => ({ type: 'many2many', relation });
const choice = (...options: string[]): Field => ({ type: 'selection', options });
const children = (relation: string, inverse: string): Field => ({ type: 'one2many', relation, inverse });
const written: Readonly<Record<string, Field>> = { create_date: datetime, write_date: datetime };

export function salesModels(major: number): [string, Model][] {
  return [
    [
      'res.country.state',
      { label: 'Country state', fields: { name: char, code: char, country_id: one('res.country') } },
    ],
    ['uom.uom', { label: 'Unit of Measure', fields: { name: char } }],
    ['sale.order', SALE_ORDER],
    ['sale.order.line', saleOrderLine(major)],
    [
      'stock.location',
      { label: 'Location', fields: { name: char, usage: choice('supplier', 'internal', 'customer') } },
    ],
    ['stock.picking', STOCK_PICKING],
    ['stock.move', STOCK_MOVE],
  ];
}

const SALE_ORDER: Model = {
  label: 'Sales Order',
  fields: {
    ...written,
    name: char,
    state: choice('draft', 'sent', 'sale', 'cancel'),
    locked: boolean,
    client_order_ref: char,
    origin: char,
    partner_id: one('res.partner'),
    partner_invoice_id: one('res.partner'),
    partner_shipping_id: one('res.partner'),
    currency_id: one('res.currency'),
    company_id: one('res.company'),
    date_order: datetime,
    commitment_date: datetime,
    amount_total: monetary,
    order_line: children('sale.order.line', 'order_id'),
    picking_ids: children('stock.picking', 'sale_id'),
  },
};

function saleOrderLine(major: number): Model {
  return {
    label: 'Sales Order Line',
    fields: {
      ...written,
      order_id: one('sale.order'),
      sequence: { type: 'integer' },
      name: char,
      display_type: choice('line_section', 'line_note'),
      product_id: one('product.product'),
      product_uom_qty: float,
      [major === 19 ? 'product_uom_id' : 'product_uom']: one('uom.uom'),
      price_unit: float,
      discount: float,
      price_subtotal: monetary,
      qty_delivered: float,
      [major === 19 ? 'tax_ids' : 'tax_id']: many('account.tax'),
    },
  };
}

const STOCK_PICKING: Model = {
  label: 'Transfer',
  fields: {
    ...written,
    name: char,
    state: choice('draft', 'waiting', 'confirmed', 'assigned', 'done', 'cancel'),
    origin: char,
    sale_id: one('sale.order'),
    partner_id: one('res.partner'),
    company_id: one('res.company'),
    location_id: one('stock.location'),
    picking_type_code: choice('incoming', 'outgoing', 'internal'),
    carrier_tracking_ref: char,
    scheduled_date: datetime,
    date_done: datetime,
    backorder_id: one('stock.picking'),
    move_ids: children('stock.move', 'picking_id'),
  },
};

const STOCK_MOVE: Model = {
  label: 'Stock Move',
  fields: {
    ...written,
    picking_id: one('stock.picking'),
    product_id: one('product.product'),
    sale_line_id: one('sale.order.line'),
    product_uom_qty: float,
    quantity: float,
    picked: boolean,
    state: choice('draft', 'waiting', 'confirmed', 'assigned', 'done', 'cancel'),
  },
};
