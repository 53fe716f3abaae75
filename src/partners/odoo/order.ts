// A sales order of an Odoo → the order of contract part 3. A line is named by its id in Odoo, which stays when lines are
// moved about; sections, notes and lines of nothing are no lines of ours.
import { decimal, formatDecimal } from '../../model/decimal.ts';
import { isCurrency } from '../../model/money.ts';
import type { Partner } from '../../model/setup/partner.ts';
import type { Pull } from '../../model/setup/pull.ts';
import type { Order, OrderLine } from '../../model/shipment.ts';
import {
  instantText,
  linkId,
  linkLabel,
  numberOf,
  type OdooAddress,
  type OdooOrder,
  type OdooOrderLine,
  textOf,
} from './records.ts';

const CONFIRMED: ReadonlySet<string> = new Set(['sale', 'done']);

export type OrderRead =
  | { readonly ok: true; readonly order: Order }
  | {
      readonly ok: false;
      readonly kind: 'unknown-partner' | 'schema-violation';
      readonly subject: string;
      readonly detail: string;
    };

type Reading = {
  readonly pull: Pull;
  readonly partners: ReadonlyMap<string, Partner>;
  readonly changedAt: string;
  readonly isGone: boolean;
};

/** One that was confirmed and is not any more (cancelled, set back to a quotation, deleted) is a cancelled order. */
export function orderFrom({ order, lines = [], customer, shipTo }: OdooOrder, reading: Reading): OrderRead {
  const { pull, changedAt, isGone } = reading;
  const found = customerOf(linkId(order.partner_id), customer, reading);
  if (found === undefined) {
    const named = `res.partner/${linkId(order.partner_id) ?? '?'}`;
    const detail = `no customer is known for the contact ${textOf(customer?.name) ?? named} of order ${order.name}; give the partner an identifier of scheme odoo with ${linkId(order.partner_id)}, import, and replay the message`;
    return { ok: false, kind: 'unknown-partner', subject: named, detail };
  }
  const currency = linkLabel(order.currency_id) ?? '';
  if (!isCurrency(currency)) {
    const detail = `order ${order.name} has the currency ${currency || 'none'}, which is not of ISO 4217`;
    return { ok: false, kind: 'schema-violation', subject: order.name, detail };
  }
  const isCancelled = isGone || !CONFIRMED.has(order.state);
  const legalEntity = pull.legalEntities?.[String(linkId(order.company_id))];
  const wantedBy = instantText(order.commitment_date);
  const customerReference = textOf(order.client_order_ref);
  return {
    ok: true,
    order: {
      order: order.name,
      customer: found,
      lines: isCancelled ? [] : lines.filter(isGoods).map((line) => lineFrom(line, pull)),
      shipTo: addressFrom(shipTo),
      currency,
      ...(legalEntity === undefined ? {} : { legalEntity }),
      placedAt: instantText(order.date_order) ?? changedAt,
      ...(wantedBy === undefined ? {} : { wantedBy }),
      ...(customerReference === undefined ? {} : { customerReference: customerReference.slice(0, 200) }),
      ...(isCancelled ? { cancelledAt: changedAt } : {}),
    },
  };
}

/** The operator's word first, then an identifier, then our id in the contact's reference, where the connector writes it. */
function customerOf(
  contact: number | undefined,
  address: OdooAddress | undefined,
  { pull, partners }: Reading,
): string | undefined {
  const company = linkId(address?.commercial_partner_id);
  for (const id of [contact, company]) {
    if (id === undefined) continue;
    const given = pull.customers?.[String(id)];
    if (given !== undefined) return given;
    for (const partner of partners.values()) {
      if (partner.identifiers?.some(({ scheme, value }) => scheme === 'odoo' && value === String(id)))
        return partner.id;
    }
  }
  const reference = textOf(address?.ref);
  return reference !== undefined && partners.get(reference)?.roles.includes('customer') ? reference : undefined;
}

function isGoods({ display_type: display, product_uom_qty: quantity }: OdooOrderLine): boolean {
  return textOf(display) === undefined && numberOf(quantity) > 0;
}

function lineFrom(line: OdooOrderLine, { weightUnit = 'kg' }: Pull): OrderLine {
  const quantity = decimal(numberOf(line.product_uom_qty));
  const discount = decimal(numberOf(line.discount));
  const unitPrice = decimal(numberOf(line.price_unit)).times(decimal(100).minus(discount)).div(100);
  const sku = textOf(line.product?.default_code);
  const description = textOf(line.name);
  const weight = decimal(numberOf(line.product?.weight)).times(quantity);
  return {
    line: line.id,
    ...(sku === undefined ? {} : { sku: sku.slice(0, 200) }),
    ...(description === undefined ? {} : { description: description.slice(0, 10_000) }),
    quantity: formatDecimal(quantity),
    unitPrice: formatDecimal(unitPrice),
    ...(weight.gt(0) ? { weight: { value: formatDecimal(weight), unit: weightUnit } } : {}),
  };
}

function addressFrom(address: OdooAddress | undefined): Order['shipTo'] {
  const parts = {
    name: textOf(address?.name),
    street:
      [textOf(address?.street), textOf(address?.street2)].filter((part) => part !== undefined).join(', ') || undefined,
    city: textOf(address?.city),
    region: matching(/^[A-Za-z0-9]{1,3}$/, address?.state_code),
    postal: textOf(address?.zip),
    country: matching(/^[A-Z]{2}$/, address?.country_code),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

function matching(form: RegExp, value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && form.test(text) ? text : undefined;
}
