// What a dispute packet is made from, beyond what others read: documents with every column of their lines, messages
// with their bytes, what people did, and what a carrier billed before.

import type { Queryable } from '../database.ts';
import { utc, withoutNulls } from '../reading.ts';
import { INVOICE_COLUMNS, type InvoiceLineView, type InvoiceView, invoiceFrom, withLinesOf } from './invoices.ts';

export type WholeLine = InvoiceLineView & {
  readonly order?: string;
  readonly line?: number;
  readonly quantity?: string;
  readonly quantityDelta?: string;
  readonly unitPrice?: string;
};
export type WholeDocument = Omit<InvoiceView, 'paymentTermsDays'> & { readonly lines: readonly WholeLine[] };

const MOST_DOCUMENTS = 500;
const LINE_COLUMNS = `shipment, code, "order", line, tax_rate as "taxRate", taxed_by as "taxedBy", quantity,
  quantity_delta as "quantityDelta", unit_price as "unitPrice", description, derivation`;

/** Every document that bills any of these shipments, in order of decision. */
export async function wholeDocuments(
  db: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<WholeDocument[]> {
  const { rows } = await db.query(
    `select ${INVOICE_COLUMNS} from lading.invoice i
      where tenant = $1
        and number in (select number from lading.invoice_line where tenant = $1 and shipment = any($2::text[]))
      order by i.decided_at, length(i.number), i.number limit $3`,
    [tenant, shipments, MOST_DOCUMENTS],
  );
  const documents = await withLinesOf<WholeLine>(db, tenant, rows.map(invoiceFrom), { columns: LINE_COLUMNS });
  // The amounts stand behind the rest, as in every packet that was given out.
  return documents.map(({ paymentTermsDays: _, subtotal, tax, total, lines, ...head }) => {
    return { ...head, subtotal, tax, total, lines };
  });
}

export type MessageWithBytes = {
  readonly id: string;
  readonly partner: string;
  readonly sender?: string;
  readonly channel: string;
  readonly fileName?: string;
  readonly kind?: string;
  readonly receivedAt: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Not there where it is longer than asked for. */
  readonly body?: Uint8Array;
};

/** By id; of those longer than `mostBytes` without the body. */
export async function messagesWithBytes(
  db: Queryable,
  tenant: string,
  ids: readonly string[],
  mostBytes: number,
): Promise<MessageWithBytes[]> {
  const { rows } = await db.query(
    `select id::text, partner, sender, channel, file_name as "fileName", kind, ${utc('received_at')} as "receivedAt",
            encode(sha256, 'hex') as sha256, octet_length(body) as bytes,
            case when octet_length(body) <= $3 then body end as body
       from lading.message m where tenant = $1 and id = any($2::bigint[]) order by m.id`,
    [tenant, ids, mostBytes],
  );
  return rows.map(withoutNulls<MessageWithBytes>);
}

export type ActView = {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
};

/** What people did to these, by the audit trail, in order; at most five hundred. */
export async function actsOn(db: Queryable, tenant: string, subjects: readonly string[]): Promise<ActView[]> {
  const { rows } = await db.query<ActView>(
    `select ${utc('a.at')} as at, a.actor, a.action, a.subject from lading.audit_entry a
      where a.tenant = $1 and a.subject = any($2::text[]) order by a.id limit 500`,
    [tenant, subjects],
  );
  return rows;
}

export type BilledEarlier = { readonly shipment: string; readonly code: string; readonly invoice: string };

/** What approved or disputed bills of the same carrier, that came before this one, billed of these shipments. */
export async function billedEarlier(
  db: Queryable,
  tenant: string,
  { id, carrier }: { readonly id: string; readonly carrier: string },
  shipments: readonly string[],
): Promise<BilledEarlier[]> {
  const { rows } = await db.query<BilledEarlier>(
    `select distinct l.shipment, l.code, i.invoice
       from lading.carrier_invoice i join lading.carrier_invoice_line l on l.tenant = i.tenant and l.id = i.id
      where i.tenant = $1 and i.carrier = $2 and i.id < $3::bigint and i.verdict in ('approved', 'disputed')
        and i.billed_minor >= 0
        and l.shipment = any($4::text[]) order by 1, 2, 3 limit 1000`,
    [tenant, carrier, id, shipments],
  );
  return rows;
}
