// Records of an Odoo as the connector hands them over, kept byte for byte and read again at every replay.
//
// `{"odoo":"records/1","records":[{"model","id","version","changedAt","body"},…]}`. Empty fields are `false`, a link is
// `[id, "label"]`, as Odoo's own interface has them.
import { type Static, Type } from 'typebox';
import { InstantText } from '../../model/text.ts';

const text = Type.Union([Type.String(), Type.Boolean()]);
const number = Type.Union([Type.Number(), Type.Boolean()]);
const Link = Type.Union([Type.Tuple([Type.Integer(), Type.String()]), Type.Integer(), Type.Boolean()]);
const optional = Type.Optional;

export const OdooAddress = Type.Object({
  id: Type.Integer(),
  name: optional(text),
  ref: optional(text),
  street: optional(text),
  street2: optional(text),
  city: optional(text),
  zip: optional(text),
  state_code: optional(text),
  country_code: optional(text),
  commercial_partner_id: optional(Link),
});
export type OdooAddress = Static<typeof OdooAddress>;

export const OdooOrderLine = Type.Object({
  id: Type.Integer(),
  name: optional(text),
  display_type: optional(text),
  product_uom_qty: number,
  price_unit: number,
  discount: optional(number),
  product: optional(Type.Object({ default_code: optional(text), weight: optional(number) })),
});
export type OdooOrderLine = Static<typeof OdooOrderLine>;

export const OdooOrder = Type.Object({
  order: Type.Object({
    id: Type.Integer(),
    name: Type.String(),
    state: Type.String(),
    client_order_ref: optional(text),
    partner_id: Link,
    currency_id: Link,
    company_id: optional(Link),
    date_order: text,
    commitment_date: optional(text),
  }),
  lines: optional(Type.Array(OdooOrderLine)),
  customer: optional(OdooAddress),
  shipTo: optional(OdooAddress),
});
export type OdooOrder = Static<typeof OdooOrder>;

export const OdooPicking = Type.Object({
  picking: Type.Object({
    id: Type.Integer(),
    name: Type.String(),
    state: Type.String(),
    picking_type_code: text,
    sale_id: optional(Link),
    backorder_id: optional(Link),
    carrier_tracking_ref: optional(text),
    date_done: optional(text),
  }),
  moves: optional(
    Type.Array(Type.Object({ sale_line_id: optional(number), quantity: optional(number), state: optional(text) })),
  ),
});
export type OdooPicking = Static<typeof OdooPicking>;

export const OdooInvoice = Type.Object({
  invoice: Type.Object({
    id: Type.Integer(),
    name: optional(text),
    state: Type.String(),
    move_type: Type.String(),
    currency_id: Link,
    amount_total: number,
    amount_untaxed: optional(number),
    amount_tax: optional(number),
    amount_residual: number,
    payment_state: optional(text),
  }),
  /** Our number of it. */
  key: optional(Type.String()),
  /** Our number of what it credits. */
  corrects: optional(Type.String()),
});
export type OdooInvoice = Static<typeof OdooInvoice>;

export const OdooRecord = Type.Object({
  model: Type.String(),
  id: Type.Integer(),
  version: Type.Integer({ minimum: 1 }),
  changedAt: InstantText,
  gone: optional(Type.Boolean()),
  body: Type.Unknown(),
});
export type OdooRecord = Static<typeof OdooRecord>;

export const OdooRecords = Type.Object({ odoo: Type.Literal('records/1'), records: Type.Array(Type.Unknown()) });

/** A text, or nothing where Odoo has `false` or an empty one. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

export function linkId(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return Array.isArray(value) && typeof value[0] === 'number' ? value[0] : undefined;
}

export function linkLabel(value: unknown): string | undefined {
  return Array.isArray(value) ? textOf(value[1]) : undefined;
}

/** `2026-11-21 07:08:13`, which is UTC, as an instant of ours; `undefined` where there is none. */
export function instantText(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : undefined;
}
