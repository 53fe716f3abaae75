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
import type { Instant } from '../model/time.ts';

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

async function keepHeads(client: ClientBase, tenant: string, decided: readonly DecidedDocument[]): Promise<void> {
  await client.query(
    `insert into lading.invoice (tenant, number, kind, customer, legal_entity, currency, shipments, corrects,
                                 payment_terms_days, subtotal_minor, tax_minor, decided_at, approved_by)
     select $1, number, kind, customer, legal_entity, currency,
            array(select jsonb_array_elements_text(shipments)), corrects, payment_terms_days, subtotal_minor, tax_minor,
            to_timestamp(decided_ms / 1000), approved_by
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[], $9::int[],
                   $10::bigint[], $11::bigint[], $12::float8[], $13::text[])
         as new (number, kind, customer, legal_entity, currency, shipments, corrects, payment_terms_days,
                 subtotal_minor, tax_minor, decided_ms, approved_by)`,
    [
      tenant,
      decided.map(({ document }) => document.number),
      decided.map(({ document }) => document.kind),
      decided.map(({ document }) => document.customer),
      decided.map(({ document }) => document.legalEntity),
      decided.map(({ document }) => document.currency),
      decided.map(({ document }) => JSON.stringify(document.shipments)),
      decided.map(({ document }) => document.corrects),
      decided.map(({ document }) => document.paymentTermsDays),
      decided.map(({ document }) => subtotalOf(document.lines).toString()),
      decided.map(({ document }) => taxOf(document.lines).toString()),
      decided.map(({ document }) => document.decidedAt),
      decided.map(({ approvedBy }) => approvedBy),
    ],
  );
}

async function keepLines(client: ClientBase, tenant: string, decided: readonly DecidedDocument[]): Promise<void> {
  const lines = decided.flatMap(({ document }) =>
    document.lines.map((line, index) => ({ ...line, number: document.number, position: index + 1 })),
  );
  await client.query(
    `insert into lading.invoice_line (tenant, number, position, shipment, code, amount_minor, description, derivation,
                                      "order", line, quantity, quantity_delta, unit_price, tax_rate, tax_minor)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::jsonb[],
                              $9::text[], $10::int[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bigint[])`,
    [
      tenant,
      lines.map(({ number }) => number),
      lines.map(({ position }) => position),
      lines.map(({ shipment }) => shipment),
      lines.map(({ code }) => code),
      lines.map(({ amountMinor }) => amountMinor.toString()),
      lines.map(({ description }) => description),
      lines.map(({ derivation }) => JSON.stringify(derivation)),
      lines.map(({ order }) => order),
      lines.map(({ line }) => line),
      lines.map(({ quantity }) => quantity),
      lines.map(({ quantityDelta }) => quantityDelta),
      lines.map(({ unitPrice }) => unitPrice),
      lines.map(({ taxRate }) => taxRate),
      lines.map(({ taxMinor }) => taxMinor.toString()),
    ],
  );
}

type KnownLineRow = {
  number: string;
  kind: DocumentKind;
  currency: string;
  in_erp: boolean;
  shipment: string;
  code: string;
  order: string | null;
  line: number | null;
  amount_minor: string;
  tax_rate: string;
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
      select i.number, i.kind, i.currency, i.state = 'posted' as in_erp, l.shipment, l.code, l."order", l.line,
             l.amount_minor, l.tax_rate, l.quantity_delta, l.unit_price
        from lading.invoice i
        join lading.invoice_line l on l.tenant = $1 and l.number = i.number
       where i.tenant = $1
         and i.number in (select number from lading.invoice_line where tenant = $1 and shipment = any($2::text[]))
       order by i.decided_at, length(i.number), i.number, l.position`,
    values: [tenant, shipments],
  });
  const documents = new Map<string, KnownDocument & { lines: KnownLine[] }>();
  for (const row of rows) {
    const { number, kind, currency, in_erp } = row;
    const document = documents.get(number) ?? { number, kind, currency, inErp: in_erp, lines: [] };
    document.lines.push(lineFrom(row));
    documents.set(number, document);
  }
  return [...documents.values()];
}

function lineFrom({ shipment, code, order, line, amount_minor, tax_rate, ...row }: KnownLineRow): KnownLine {
  const charged = { shipment, code, amountMinor: BigInt(amount_minor), taxRate: tax_rate };
  if (order === null || line === null) return charged;
  const { quantity_delta: quantityDelta, unit_price: unitPrice } = row;
  return { ...charged, order, line, quantityDelta: quantityDelta ?? undefined, unitPrice: unitPrice ?? undefined };
}
