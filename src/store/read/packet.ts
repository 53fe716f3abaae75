// What a dispute packet is made from, beyond what others read: documents with every column of their lines, messages
// with their bytes, what people did, and what a carrier billed before.

import type { DocumentKind } from '../../model/document.ts';
import { formatMinor } from '../../model/money.ts';
import type { TaxRecord } from '../../model/tax.ts';
import type { Queryable } from '../database.ts';
import { utc, withoutNulls } from '../reading.ts';

export type WholeLine = {
  readonly shipment: string;
  readonly code: string;
  readonly order?: string;
  readonly line?: number;
  readonly amount: string;
  readonly taxRate: string;
  readonly tax: string;
  /** What the tax engine answered; none on lines from before answers were kept. */
  readonly taxedBy?: TaxRecord;
  readonly quantity?: string;
  readonly quantityDelta?: string;
  readonly unitPrice?: string;
  readonly description: string;
  readonly derivation: readonly string[];
};
export type WholeDocument = {
  readonly number: string;
  readonly kind: DocumentKind;
  /** Of a customer that is invoiced in stages. */
  readonly stage?: string;
  readonly customer: string;
  readonly legalEntity?: string;
  readonly currency: string;
  readonly shipments: readonly string[];
  readonly corrects?: string;
  readonly subtotal: string;
  readonly tax: string;
  readonly total: string;
  readonly decidedAt: string;
  readonly approvedBy?: string;
  readonly state: 'decided' | 'posted';
  readonly postedAt?: string;
  readonly erpNumber?: string;
  readonly lines: readonly WholeLine[];
};

const MOST_DOCUMENTS = 500;

/** Every document that bills any of these shipments, in order of decision. */
export async function wholeDocuments(
  db: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<WholeDocument[]> {
  const heads = await db.query(
    `select number, kind, stage, customer, legal_entity as "legalEntity", currency, shipments, corrects,
            subtotal_minor::text as subtotal, tax_minor::text as tax, ${utc('decided_at')} as "decidedAt",
            approved_by as "approvedBy", state, ${utc('posted_at')} as "postedAt", erp_number as "erpNumber"
       from lading.invoice i
      where tenant = $1
        and number in (select number from lading.invoice_line where tenant = $1 and shipment = any($2::text[]))
      order by i.decided_at, length(i.number), i.number limit $3`,
    [tenant, shipments, MOST_DOCUMENTS],
  );
  const lines = await db.query(
    `select number, shipment, code, "order", line, amount_minor::text as amount, tax_rate as "taxRate",
            tax_minor::text as tax, taxed_by as "taxedBy", quantity, quantity_delta as "quantityDelta", unit_price as "unitPrice", description,
            derivation
       from lading.invoice_line where tenant = $1 and number = any($2::text[]) order by number, position`,
    [tenant, heads.rows.map(({ number }) => number)],
  );
  const linesOf = Map.groupBy(lines.rows, ({ number }) => number as string);
  return heads.rows.map((head) => documentFrom(head, linesOf.get(head.number) ?? []));
}

// biome-ignore lint/suspicious/noExplicitAny: rows of pg are untyped
function documentFrom({ subtotal, tax, ...head }: any, lines: readonly any[]): WholeDocument {
  const amount = (minor: bigint) => formatMinor(minor, head.currency);
  return {
    ...withoutNulls<Omit<WholeDocument, 'subtotal' | 'tax' | 'total' | 'lines'>>(head),
    subtotal: amount(BigInt(subtotal)),
    tax: amount(BigInt(tax)),
    total: amount(BigInt(subtotal) + BigInt(tax)),
    lines: lines.map(({ number: _, amount: minor, tax: taxMinor, ...line }) => ({
      ...withoutNulls<Omit<WholeLine, 'amount' | 'tax'>>(line),
      amount: amount(BigInt(minor)),
      tax: amount(BigInt(taxMinor)),
    })),
  };
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
