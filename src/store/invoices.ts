// The billing documents that were decided, each with its lines and with the effect that brings it into the ERP.
import type { ClientBase } from 'pg';
import {
  type BillingDocument,
  type DocumentKind,
  type KnownDocument,
  type KnownLine,
  subtotalOf,
  taxOf,
} from '../model/document.ts';
import type { TaxRecord } from '../model/tax.ts';
import type { Instant } from '../model/time.ts';
import { bigintColumn, floatColumn, integerColumn, jsonColumn, textColumn } from './column.ts';

export type DecidedDocument = {
  readonly document: BillingDocument;
  readonly approvedBy?: string;
  /** Of the message it was decided on, for the logs. */
  readonly correlation?: string;
};

/** Keeps documents with their lines, and intends each in `system`: the key is permanent, so wanting twice is one. */
export async function keepDocuments(
  client: ClientBase,
  tenant: string,
  system: string,
  decided: readonly DecidedDocument[],
  now: Instant,
): Promise<void> {
  if (decided.length === 0) return;
  await keepHeads(client, tenant, decided);
  await keepLines(client, tenant, decided);
  await client.query(
    `insert into lading.effect (tenant, key, system, kind, subject, next_at, correlation, created_at, changed_at)
     select $1, $2 || ':' || number, $2, kind, number, at, correlation, at, at
       from unnest($3::text[], $4::text[], $5::text[]) as new (number, kind, correlation),
            to_timestamp($6::float8 / 1000) as at`,
    [
      tenant,
      system,
      decided.map(({ document }) => document.number),
      decided.map(({ document }) => document.kind),
      decided.map(({ correlation }) => correlation),
      now,
    ],
  );
}

export type ErpName = { readonly erpId: string; readonly erpNumber: string };

/** Keeps a document that a person made in the ERP: it is posted there, and nothing is to be brought about. */
export async function keepDocumentByHand(
  client: ClientBase,
  tenant: string,
  document: BillingDocument,
  { erpId, erpNumber }: ErpName,
): Promise<void> {
  const decided = [{ document }];
  await keepHeads(client, tenant, decided);
  await keepLines(client, tenant, decided);
  await client.query(
    `update lading.invoice set state = 'posted', by_hand = true, posted_at = decided_at, erp_id = $3, erp_number = $4
      where tenant = $1 and number = $2`,
    [tenant, document.number, erpId, erpNumber],
  );
}

async function keepHeads(client: ClientBase, tenant: string, decided: readonly DecidedDocument[]): Promise<void> {
  await client.query({
    name: 'keep-invoices',
    text: `insert into lading.invoice (tenant, number, kind, stage, customer, legal_entity, currency, shipments, corrects,
                                 payment_terms_days, subtotal_minor, tax_minor, decided_at, approved_by)
     select $1, number, kind, stage, customer, legal_entity, currency,
            array(select jsonb_array_elements_text(shipments)), corrects, payment_terms_days, subtotal_minor, tax_minor,
            to_timestamp(decided_ms / 1000), approved_by
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[], $9::int[],
                   $10::bigint[], $11::bigint[], $12::float8[], $13::text[], $14::text[])
         as new (number, kind, customer, legal_entity, currency, shipments, corrects, payment_terms_days,
                 subtotal_minor, tax_minor, decided_ms, approved_by, stage)`,
    values: [
      tenant,
      textColumn(decided, ({ document }) => document.number),
      textColumn(decided, ({ document }) => document.kind),
      textColumn(decided, ({ document }) => document.customer),
      textColumn(decided, ({ document }) => document.legalEntity),
      textColumn(decided, ({ document }) => document.currency),
      jsonColumn(decided, ({ document }) => JSON.stringify(document.shipments)),
      textColumn(decided, ({ document }) => document.corrects),
      integerColumn(decided, ({ document }) => document.paymentTermsDays),
      bigintColumn(decided, ({ document }) => subtotalOf(document.lines)),
      bigintColumn(decided, ({ document }) => taxOf(document.lines)),
      floatColumn(decided, ({ document }) => document.decidedAt),
      textColumn(decided, ({ approvedBy }) => approvedBy),
      textColumn(decided, ({ document }) => document.stage),
    ],
  });
}

async function keepLines(client: ClientBase, tenant: string, decided: readonly DecidedDocument[]): Promise<void> {
  const lines = decided.flatMap(({ document }) =>
    document.lines.map((line, index) => ({ ...line, number: document.number, position: index + 1 })),
  );
  await client.query({
    name: 'keep-invoice-lines',
    text: `insert into lading.invoice_line (tenant, number, position, shipment, code, amount_minor, description, derivation,
                                      "order", line, quantity, quantity_delta, unit_price, tax_rate, tax_minor, taxed_by)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::jsonb[],
                              $9::text[], $10::int[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bigint[],
                              $16::jsonb[])`,
    values: [
      tenant,
      textColumn(lines, ({ number }) => number),
      integerColumn(lines, ({ position }) => position),
      textColumn(lines, ({ shipment }) => shipment),
      textColumn(lines, ({ code }) => code),
      bigintColumn(lines, ({ amountMinor }) => amountMinor),
      textColumn(lines, ({ description }) => description),
      jsonColumn(lines, ({ derivation }) => JSON.stringify(derivation)),
      textColumn(lines, ({ order }) => order),
      integerColumn(lines, ({ line }) => line),
      textColumn(lines, ({ quantity }) => quantity),
      textColumn(lines, ({ quantityDelta }) => quantityDelta),
      textColumn(lines, ({ unitPrice }) => unitPrice),
      textColumn(lines, ({ taxRate }) => taxRate),
      bigintColumn(lines, ({ taxMinor }) => taxMinor),
      jsonColumn(lines, ({ taxedBy }) => taxedBy && JSON.stringify(taxedBy)),
    ],
  });
}

type KnownLineRow = {
  number: string;
  kind: DocumentKind;
  customer: string;
  legal_entity: string | null;
  currency: string;
  state: 'decided' | 'posted' | 'cancelled';
  by_hand: boolean;
  shipment: string;
  code: string;
  order: string | null;
  line: number | null;
  amount_minor: string;
  tax_rate: string;
  taxed_by: TaxRecord | null;
  quantity_delta: string | null;
  unit_price: string | null;
};

/** The documents that bill any of these shipments, whole, in order of decision. */
export async function documentsOf(
  client: ClientBase,
  tenant: string,
  shipments: readonly string[],
): Promise<KnownDocument[]> {
  if (shipments.length === 0) return [];
  const { rows } = await client.query<KnownLineRow>({
    name: 'documents-of',
    text: `
      select i.number, i.kind, i.customer, i.legal_entity, i.currency, i.state, i.by_hand, l.shipment, l.code, l."order", l.line,
             l.amount_minor, l.tax_rate, l.taxed_by, l.quantity_delta, l.unit_price
        from lading.invoice i
        join lading.invoice_line l on l.tenant = $1 and l.number = i.number
       where i.tenant = $1
         and i.number in (select number from lading.invoice_line where tenant = $1 and shipment = any($2::text[]))
       order by i.decided_at, length(i.number), i.number, l.position`,
    values: [tenant, shipments],
  });
  const documents = new Map<string, KnownDocument & { lines: KnownLine[] }>();
  for (const row of rows) {
    const { number, kind, customer, legal_entity, currency, state, by_hand } = row;
    const head = { number, kind, customer, legalEntity: legal_entity ?? undefined, currency };
    const document = documents.get(number) ?? {
      ...{ ...head, inErp: state === 'posted', lines: [] },
      ...(state === 'cancelled' ? { isCancelled: true } : {}),
      ...(by_hand ? { isByHand: true } : {}),
    };
    document.lines.push(lineFrom(row));
    documents.set(number, document);
  }
  return [...documents.values()];
}

function lineFrom({ shipment, code, order, line, amount_minor, tax_rate, taxed_by, ...row }: KnownLineRow): KnownLine {
  const charged = {
    shipment,
    code,
    amountMinor: BigInt(amount_minor),
    taxRate: tax_rate,
    taxedBy: taxed_by ?? undefined,
  };
  if (order === null || line === null) return charged;
  const { quantity_delta: quantityDelta, unit_price: unitPrice } = row;
  return { ...charged, order, line, quantityDelta: quantityDelta ?? undefined, unitPrice: unitPrice ?? undefined };
}
