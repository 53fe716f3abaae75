// What is watched in an Odoo, and which fields are read of it.
//
// A record's `write_date` tells only of its own columns. An order's moves with its amounts, but not with the text of a
// line or with the street of the address it goes to; so lines, transfers' moves and addresses are watched too, and lead
// to the record that they belong to. Tried on 17.0 and 19.0.
import type { Watch } from '../../contract.ts';

/** Models whose records are told of. */
export type ToldModel = 'sale.order' | 'stock.picking' | 'account.move' | 'product.product' | 'res.partner';

export type OdooWatch = Watch & {
  readonly model: string;
  readonly tells: ToldModel;
  /** The field that leads to the records told of; none: the record itself. */
  readonly link?: string;
  /** The other way round: fields of the record told of that lead here. */
  readonly linkedBy?: readonly string[];
  /** Of the model looked at, only these. */
  readonly domain?: readonly unknown[];
};

const INVOICES: readonly unknown[] = [['move_type', 'in', ['out_invoice', 'out_refund', 'in_invoice', 'in_refund']]];

export const WATCHES: readonly OdooWatch[] = [
  { name: 'orders', model: 'sale.order', tells: 'sale.order', hasFirstLoad: true },
  { name: 'order-lines', model: 'sale.order.line', tells: 'sale.order', link: 'order_id', hasFirstLoad: false },
  {
    name: 'order-addresses',
    model: 'res.partner',
    tells: 'sale.order',
    linkedBy: ['partner_id', 'partner_shipping_id'],
    hasFirstLoad: false,
  },
  { name: 'partners', model: 'res.partner', tells: 'res.partner', hasFirstLoad: true },
  { name: 'products', model: 'product.product', tells: 'product.product', hasFirstLoad: true },
  { name: 'pickings', model: 'stock.picking', tells: 'stock.picking', hasFirstLoad: true },
  { name: 'picking-moves', model: 'stock.move', tells: 'stock.picking', link: 'picking_id', hasFirstLoad: false },
  { name: 'invoices', model: 'account.move', tells: 'account.move', domain: INVOICES, hasFirstLoad: true },
];

export const FIELDS: Readonly<Record<ToldModel, readonly string[]>> = {
  'sale.order': [
    'name',
    'state',
    'client_order_ref',
    'partner_id',
    'partner_shipping_id',
    'currency_id',
    'company_id',
    'date_order',
    'commitment_date',
    'write_date',
  ],
  'stock.picking': [
    'name',
    'state',
    'origin',
    'sale_id',
    'picking_type_code',
    'carrier_tracking_ref',
    'scheduled_date',
    'date_done',
    'backorder_id',
    'write_date',
  ],
  'account.move': [
    'name',
    'state',
    'move_type',
    'partner_id',
    'ref',
    'invoice_origin',
    'invoice_date',
    'date',
    'currency_id',
    'amount_total',
    'amount_untaxed',
    'amount_tax',
    'amount_residual',
    'payment_state',
    'reversed_entry_id',
    'write_date',
  ],
  'product.product': ['name', 'default_code', 'barcode', 'weight', 'active', 'write_date'],
  'res.partner': [
    'name',
    'ref',
    'street',
    'street2',
    'city',
    'zip',
    'state_id',
    'country_id',
    'country_code',
    'commercial_partner_id',
    'active',
    'write_date',
  ],
};

/** Of what belongs to a record and is read with it. */
export const LINE_FIELDS = [
  'order_id',
  'sequence',
  'product_id',
  'name',
  'product_uom_qty',
  'price_unit',
  'discount',
  'display_type',
];
export const MOVE_FIELDS_OF_PICKING = ['picking_id', 'sale_line_id', 'product_uom_qty', 'quantity', 'state'];

/** Fields that only come with a module; read where `fields_get` knows them. */
export const OPTIONAL_FIELDS: ReadonlySet<string> = new Set([
  'carrier_tracking_ref',
  'sale_id',
  'sale_line_id',
  'weight',
]);
