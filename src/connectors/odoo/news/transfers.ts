// The transfers of an order (`stock.picking`): our tracking number on them, and what arrived as their done quantities, so that
// Odoo's own "invoice what is delivered" comes to what we bill.
//
// A transfer that is done stays as it is, whoever did it. One that a person has begun with other quantities is left to them.
import { decimal, formatDecimal } from '../../../model/decimal.ts';
import type { OrderNews, Refusal } from '../../contract.ts';
import type { Odoo } from '../odoo.ts';
import { type Note, recordOfNote } from './notes.ts';

export type Transfer = {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly orderId: number;
  readonly tracking: string;
};

const MOST_TRANSFERS = 2_000;

type TransferRecord = {
  id: number;
  name: string;
  state: string;
  sale_id: [number, string];
  carrier_tracking_ref?: string | false;
};

/** What goes out for these orders, oldest first; none where the app Inventory is not there. */
export async function readTransfers(odoo: Odoo, orderIds: readonly number[]): Promise<readonly Transfer[]> {
  const known = (await odoo.call({
    model: 'stock.picking',
    method: 'fields_get',
    args: { allfields: ['sale_id', 'carrier_tracking_ref'], attributes: ['type'] },
  })) as Record<string, unknown>;
  if (known.sale_id === undefined) return [];
  const domain = [
    ['sale_id', 'in', [...orderIds]],
    ['picking_type_code', '=', 'outgoing'],
  ];
  // The field comes with the delivery app.
  const tracked = known.carrier_tracking_ref === undefined ? [] : ['carrier_tracking_ref'];
  const fields = ['name', 'state', 'sale_id', ...tracked];
  const args = { domain, fields, order: 'id asc', limit: MOST_TRANSFERS };
  const records = (await odoo.call({ model: 'stock.picking', method: 'search_read', args })) as TransferRecord[];
  return records.map(({ id, name, state, sale_id, carrier_tracking_ref: tracking }) => ({
    ...{ id, name, state, orderId: sale_id[0] },
    tracking: tracked.length === 0 ? WITHOUT_TRACKING : tracking || '',
  }));
}

const WITHOUT_TRACKING = '\u0000';
const isOpen = ({ state }: Transfer) => state !== 'done' && state !== 'cancel';

/** The first that is still to go out. */
export function openTransfer(transfers: readonly Transfer[], orderId: number): Transfer | undefined {
  return transfers.find((transfer) => transfer.orderId === orderId && isOpen(transfer));
}

/** A number that is there already, ours or a person's, stays; ours goes beside it. */
export async function writeTracking({ call }: Odoo, { id, tracking }: Transfer, ours: string): Promise<void> {
  if (tracking === WITHOUT_TRACKING || tracking.split(', ').includes(ours)) return;
  const vals = { carrier_tracking_ref: tracking === '' ? ours : `${tracking}, ${ours}` };
  await call({ model: 'stock.picking', method: 'write', ids: [id], args: { vals } });
}

type Move = {
  id: number;
  sale_line_id: [number, string] | false;
  quantity: number;
  picked: boolean;
  product_uom_qty: number;
};

/** Delivers this order's part of a shipment by its transfer; resolves with the transfer, or why it was left alone. */
export async function deliver(
  odoo: Odoo,
  news: OrderNews,
  orderId: number,
  transfers: readonly Transfer[],
  wanted: ReadonlyMap<number, string>,
): Promise<number | Refusal | undefined> {
  const transferId = await transferFor(odoo, news, orderId, transfers);
  if (transferId === undefined) return undefined;
  const state = await stateOf(odoo, transferId);
  if (state === 'done' || state === 'cancel') return transferId;
  const fields = ['sale_line_id', 'quantity', 'picked', 'product_uom_qty'];
  const args = { domain: [['picking_id', '=', transferId]], fields, limit: MOST_TRANSFERS };
  const moves = (await odoo.call({ model: 'stock.move', method: 'search_read', args })) as Move[];
  const quantityOf = ({ sale_line_id }: Move) => wanted.get(sale_line_id === false ? 0 : sale_line_id[0]) ?? '0';
  const begun = moves.find((move) => move.picked && !decimal(move.quantity).eq(quantityOf(move)));
  if (begun !== undefined) return begunByHand(news, transfers, transferId, begun, quantityOf(begun));
  for (const move of moves) {
    const vals = { quantity: Number(quantityOf(move)), picked: Number(quantityOf(move)) > 0 };
    await odoo.call({ model: 'stock.move', method: 'write', ids: [move.id], args: { vals } });
  }
  const context = { skip_backorder: true, skip_sms: true };
  // Its answer says little: a dialogue means not done, and 17 complains of what is done already. The state counts.
  const complaint = await odoo
    .call({ model: 'stock.picking', method: 'button_validate', ids: [transferId], context })
    .then(() => undefined)
    .catch((error: unknown) => error);
  if ((await stateOf(odoo, transferId)) === 'done') return transferId;
  if (complaint !== undefined) throw complaint;
  return notDone(news, transfers, transferId);
}

// Written down before anything is moved: whoever comes later, after a crash or from another worker, takes the same one.
async function transferFor(odoo: Odoo, news: OrderNews, orderId: number, transfers: readonly Transfer[]) {
  const candidate = openTransfer(transfers, orderId) ?? transfers.findLast((each) => each.orderId === orderId);
  if (candidate === undefined) return undefined;
  const externalId = odoo.ids.transfer(news.shipment, orderId);
  const note: Note = { externalId, model: 'stock.picking', recordId: candidate.id, text: news.sentence };
  return recordOfNote(odoo, note);
}

async function stateOf({ call }: Odoo, id: number): Promise<string | undefined> {
  const read = await call({ model: 'stock.picking', method: 'read', ids: [id], args: { fields: ['state'] } });
  return (read as { state: string }[])[0]?.state;
}

const named = (transfers: readonly Transfer[], id: number) => transfers.find((each) => each.id === id)?.name ?? `${id}`;

function begunByHand(news: OrderNews, transfers: readonly Transfer[], id: number, move: Move, ours: string): Refusal {
  const theirs = formatDecimal(decimal(move.quantity));
  const sentence = `Somebody has picked ${theirs} on ${named(transfers, id)} in Odoo where shipment ${news.shipment} delivered ${ours}; validate or correct the transfer there`;
  return { kind: 'differs', scope: 'document', sentence };
}

function notDone({ shipment }: OrderNews, transfers: readonly Transfer[], id: number): Refusal {
  const sentence = `Odoo left ${named(transfers, id)} open when asked to deliver shipment ${shipment}; look at the transfer there`;
  return { kind: 'rejected', scope: 'document', sentence };
}
