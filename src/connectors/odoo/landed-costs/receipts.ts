// Receipts of goods from vendors (`stock.picking`), and which of them a shipment was.
//
// Odoo knows nothing of shipments, so a receipt must bear one of the shipment's numbers: as its own name or its tracking reference,
// else as its source document, the purchase order. An order that came in several receipts does not say which one it was; then only
// a person knows.
import type { Door } from '../doors/door.ts';

export type Receipt = {
  readonly id: number;
  readonly name: string;
  readonly isDone: boolean;
  /** UTC, `YYYY-MM-DD`; empty while it is not done. */
  readonly doneOn: string;
  readonly tracking: string;
  readonly origin: string;
};

const MOST = 2_000;
const TRACKING = 'carrier_tracking_ref';

type PickingRecord = {
  id: number;
  name: string;
  state: string;
  origin: string | false;
  date_done: string | false;
  [TRACKING]?: string | false;
};

/** Those that bear one of these numbers; what customers sent back is none. */
export async function readReceipts(
  call: Door,
  names: readonly string[],
  companyId: number,
): Promise<readonly Receipt[]> {
  const asked = { allfields: [TRACKING], attributes: ['type'] };
  const known = (await call({ model: 'stock.picking', method: 'fields_get', args: asked })) as object;
  // The field comes with the delivery app.
  const tracked = TRACKING in known ? [TRACKING] : [];
  const numbers = ['name', 'origin', ...tracked].map((field) => [field, 'in', [...new Set(names)]]);
  const domain = [
    ['picking_type_code', '=', 'incoming'],
    ['location_id.usage', 'in', ['supplier', 'transit']],
    ['company_id', '=', companyId],
    ['state', '!=', 'cancel'],
    ...numbers.slice(1).map(() => '|'),
    ...numbers,
  ];
  const fields = ['name', 'state', 'origin', 'date_done', ...tracked];
  const args = { domain, fields, order: 'id asc', limit: MOST };
  const records = (await call({ model: 'stock.picking', method: 'search_read', args })) as PickingRecord[];
  return records.map(({ id, name, state, origin, date_done, carrier_tracking_ref: tracking }) => ({
    ...{ id, name, isDone: state === 'done', doneOn: (date_done || '').slice(0, 10) },
    ...{ tracking: tracking || '', origin: origin || '' },
  }));
}

export type Found =
  | { readonly receipts: readonly Receipt[] }
  | { readonly outcome: 'person'; readonly reason: string }
  | { readonly outcome: 'waits'; readonly for: 'receipt' | 'end-of-receipt'; readonly reason: string };

/** The receipts that a shipment of these numbers was. */
export function receiptsFor(receipts: readonly Receipt[], names: readonly string[]): Found {
  const own = receipts.filter(({ name, tracking }) => names.includes(name) || names.includes(tracking));
  const ofOrder = receipts.filter(({ origin }) => names.includes(origin));
  const found = own.length > 0 ? own : ofOrder;
  if (found.length === 0) return { outcome: 'waits', for: 'receipt', reason: `no receipt bears ${names.join(', ')}` };
  if (own.length === 0 && found.length > 1) {
    const which = found.map(({ name }) => name).join(', ');
    return { outcome: 'person', reason: `only a person knows which of ${which} it was` };
  }
  const open = found.find(({ isDone }) => !isDone);
  if (open === undefined) return { receipts: found };
  return { outcome: 'waits', for: 'end-of-receipt', reason: `${open.name} is not done yet` };
}
