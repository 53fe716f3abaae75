// A transfer of an Odoo that is done → what was packed, or what came back.
//
// A transfer is its shipment's by its own name or tracking number. By the order too, where it is the first for it: a
// back-order goes another way, and must not replace what the first one packed.
import { decimal, formatDecimal } from '../../model/decimal.ts';
import type { CanonicalEvent } from '../../model/event.ts';
import type { Reference } from '../../model/reference.ts';
import { instantText, linkId, linkLabel, numberOf, type OdooPicking, textOf } from './records.ts';

type Said = Extract<CanonicalEvent, { type: 'shipment.packed' | 'goods.returned' }>;
type Envelope = Pick<Said, 'id' | 'source'> & { readonly time: string };

/** Nothing where the transfer is not done, or is of no order. */
export function eventFrom({ picking, moves = [] }: OdooPicking, envelope: Envelope): Said | undefined {
  const order = linkLabel(picking.sale_id);
  if (picking.state !== 'done' || order === undefined) return undefined;
  const contents = moves.flatMap(({ sale_line_id: sold, quantity, state }) => {
    const line = typeof sold === 'number' ? sold : undefined;
    const moved = numberOf(quantity);
    if (line === undefined || moved <= 0 || state === 'cancel') return [];
    return [{ order, line, quantity: formatDecimal(decimal(moved)) }];
  });
  if (contents.length === 0) return undefined;
  const at = instantText(picking.date_done) ?? envelope.time;
  const tracking = textOf(picking.carrier_tracking_ref);
  const isFirst = linkId(picking.backorder_id) === undefined;
  const references: Reference[] = [
    ...(tracking === undefined ? [] : [{ type: 'tracking' as const, value: tracking }]),
    ...(isFirst ? [{ type: 'order' as const, value: order }] : []),
  ];
  const named = { shipment: picking.name, references };
  switch (picking.picking_type_code) {
    case 'outgoing':
      return { ...envelope, type: 'shipment.packed', data: { ...named, contents, packedAt: at } };
    case 'incoming':
      return { ...envelope, type: 'goods.returned', data: { ...named, contents, receivedAt: at } };
    default:
      return undefined;
  }
}
