// What there is at the moment, read for the outcome (contract section 5). Rows as they lie; insight/outcome.ts makes
// the outcome of them.
import type { CarrierVerdict, ComparedLine } from '../../model/carrier-invoice.ts';
import type { ChargeState, Side } from '../../model/decision.ts';
import type { DocumentKind } from '../../model/document.ts';
import type { Instant } from '../../model/time.ts';
import { type ComparedCells, comparedFrom } from '../carrier-invoices.ts';
import type { Queryable } from '../database.ts';

export type ShipmentState = {
  shipment: string;
  status: string;
  billing: string;
  pickedUpAt: Instant | null;
  deliveredAt: Instant | null;
};

/** Shipments whose plan is known. */
export async function shipmentStates(client: Queryable, tenant: string): Promise<ShipmentState[]> {
  const { rows } = await client.query<ShipmentState>(
    `select shipment, status, billing, picked_up_at as "pickedUpAt", delivered_at as "deliveredAt"
       from lading.shipment where tenant = $1 and status is not null`,
    [tenant],
  );
  return rows;
}

export type ChargeAmount = {
  shipment: string;
  side: Side;
  code: string;
  currency: string;
  state: ChargeState;
  amountMinor: bigint;
};

export async function chargeAmounts(client: Queryable, tenant: string): Promise<ChargeAmount[]> {
  const { rows } = await client.query<Omit<ChargeAmount, 'amountMinor'> & { amountMinor: string }>(
    `select shipment, side, code, currency, state, amount_minor::text as "amountMinor"
       from lading.charge where tenant = $1`,
    [tenant],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}

export type PostedDocument = {
  number: string;
  kind: DocumentKind;
  customer: string;
  currency: string;
  shipments: string[];
  subtotalMinor: bigint;
  taxMinor: bigint;
  decidedAt: Instant;
  postedAt: Instant | null;
  lines: PostedLine[];
};

export type PostedLine = {
  shipment: string;
  code: string;
  order: string | null;
  line: number | null;
  quantity: string | null;
  amountMinor: bigint;
};

type PostedRow = Omit<PostedDocument, 'subtotalMinor' | 'taxMinor' | 'lines'> & {
  subtotalMinor: string;
  taxMinor: string;
  /** Amounts as text: JSON numbers would round. */
  lines: (Omit<PostedLine, 'amountMinor'> & { amountMinor: string })[];
};

/** The documents that the ERP has confirmed, with one line per shipment and code, and of goods per order line. */
export async function postedDocuments(client: Queryable, tenant: string): Promise<PostedDocument[]> {
  const { rows } = await client.query<PostedRow>(
    `select i.number, i.kind, i.customer, i.currency, i.shipments, i.decided_at as "decidedAt",
            i.posted_at as "postedAt", i.subtotal_minor::text as "subtotalMinor", i.tax_minor::text as "taxMinor",
            (select jsonb_agg(jsonb_build_object('shipment', shipment, 'code', code, 'order', "order", 'line', line,
                                                 'quantity', quantity, 'amountMinor', amount::text))
               from (select shipment, code, "order", line, min(quantity) as quantity, sum(amount_minor) as amount
                       from lading.invoice_line l
                      where l.tenant = i.tenant and l.number = i.number
                      group by shipment, code, "order", line) as line) as lines
       from lading.invoice i where i.tenant = $1 and i.state = 'posted'`,
    [tenant],
  );
  return rows.map((row) => ({
    ...row,
    subtotalMinor: BigInt(row.subtotalMinor),
    taxMinor: BigInt(row.taxMinor),
    lines: (row.lines ?? []).map((line) => ({ ...line, amountMinor: BigInt(line.amountMinor) })),
  }));
}

export type SettledAmount = {
  /** `erp`: payments that only the ERP knows of. */
  readonly sourceKind: 'payment' | 'credit-note' | 'erp';
  readonly source: string;
  readonly invoice: string;
  readonly amountMinor: bigint;
};

/** What payments and credit notes have settled, of all customers. */
export async function settledAmounts(client: Queryable, tenant: string): Promise<SettledAmount[]> {
  const { rows } = await client.query<Omit<SettledAmount, 'amountMinor'> & { amountMinor: string }>(
    `select source_kind as "sourceKind", source, invoice, amount_minor::text as "amountMinor"
       from lading.allocation where tenant = $1`,
    [tenant],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}

export type AuditedInvoice = {
  carrier: string;
  invoice: string;
  currency: string;
  verdict: CarrierVerdict;
  billedMinor: bigint;
  expectedMinor: bigint;
  compared: ComparedLine[];
};

type AuditedRow = Omit<AuditedInvoice, 'billedMinor' | 'expectedMinor' | 'compared'> & {
  billedMinor: string;
  expectedMinor: string;
  compared: ComparedCells[];
};

/** Carriers' invoices that were judged, in order of arrival. */
export async function auditedInvoices(client: Queryable, tenant: string): Promise<AuditedInvoice[]> {
  const { rows } = await client.query<AuditedRow>(
    `select carrier, invoice, currency, verdict, billed_minor::text as "billedMinor",
            expected_minor::text as "expectedMinor", compared
       from lading.carrier_invoice where tenant = $1 and verdict is not null order by id`,
    [tenant],
  );
  return rows.map((row) => ({
    ...row,
    billedMinor: BigInt(row.billedMinor),
    expectedMinor: BigInt(row.expectedMinor),
    compared: row.compared.map(comparedFrom),
  }));
}

export type ExceptionState = { kind: string; subject: string; state: 'open' | 'closed' };

/** One row per kind and subject that ever opened for at least a minute, in its last state. */
export async function exceptionStates(client: Queryable, tenant: string): Promise<ExceptionState[]> {
  const { rows } = await client.query<ExceptionState>(
    `select distinct on (kind, subject) kind, subject, case when closed_at is null then 'open' else 'closed' end as state
       from lading.exception
      where tenant = $1 and (closed_at is null or closed_at - opened_at >= interval '1 minute')
      order by kind, subject, opened_at desc, id desc`,
    [tenant],
  );
  return rows;
}

export type MessageCounts = { received: number; duplicates: number; quarantined: number; waiting: number };

export async function messageCounts(client: Queryable, tenant: string): Promise<MessageCounts> {
  const { rows } = await client.query<MessageCounts>(
    `select count(*)::int as received,
            count(*) filter (where duplicate)::int as duplicates,
            count(*) filter (where quarantined)::int as quarantined,
            (select count(distinct message_id)::int from lading.waiting where tenant = $1) as waiting
       from lading.message where tenant = $1 and channel <> 'desk'`,
    [tenant],
  );
  return rows[0] as MessageCounts;
}

export type ConservationRow = {
  currency: string;
  totalMinor: bigint;
  expectedMinor: bigint;
  pendingMinor: bigint;
  invoicedMinor: bigint;
  disputedMinor: bigint;
  waivedMinor: bigint;
};

/** By currency: what shipments were decided to have, and the states in which it is kept. */
export async function conservationByCurrency(client: Queryable, tenant: string): Promise<ConservationRow[]> {
  const { rows } = await client.query<{ [Name in keyof ConservationRow]: string }>(
    // The two sides added up by themselves: what each charge rests on is not looked up for it, as the books do.
    `with decided as (
       select cell->>2 as currency, sum((cell->>4)::numeric) as minor
         from lading.shipment s, jsonb_array_elements(s.charges::jsonb) as cell
        where s.tenant = $1 and cell->>0 = 'sell' group by 1),
     kept as (
       select currency, sum(amount_minor) filter (where state = 'expected') as expected,
              sum(amount_minor) filter (where state = 'pending') as pending,
              sum(amount_minor) filter (where state = 'invoiced') as invoiced,
              sum(amount_minor) filter (where state = 'disputed') as disputed,
              sum(amount_minor) filter (where state = 'waived') as waived
         from lading.charge where tenant = $1 and side = 'sell' group by currency)
     select currency, coalesce(minor, 0)::text as "totalMinor", coalesce(expected, 0)::text as "expectedMinor",
            coalesce(pending, 0)::text as "pendingMinor", coalesce(invoiced, 0)::text as "invoicedMinor",
            coalesce(disputed, 0)::text as "disputedMinor", coalesce(waived, 0)::text as "waivedMinor"
       from decided full join kept using (currency)`,
    [tenant],
  );
  return rows.map((row) => ({
    currency: row.currency,
    totalMinor: BigInt(row.totalMinor),
    expectedMinor: BigInt(row.expectedMinor),
    pendingMinor: BigInt(row.pendingMinor),
    invoicedMinor: BigInt(row.invoicedMinor),
    disputedMinor: BigInt(row.disputedMinor),
    waivedMinor: BigInt(row.waivedMinor),
  }));
}
