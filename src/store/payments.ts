// Payments as they came in, and what settled how much of which invoice.
import type { ClientBase } from 'pg';
import type { Currency } from '../model/money.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import { plainArray, textArray } from './array-literal.ts';
import type { Queryable } from './database.ts';

export type NewPayment = {
  readonly customer: string;
  readonly payment: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly receivedOn: LocalDate;
  readonly remittance: readonly { readonly invoice: string; readonly amountMinor: bigint }[];
  /** What the payer wrote. */
  readonly text: string;
  /** Other names of the same payment. */
  readonly references: readonly string[];
  /** Which of ours was paid. */
  readonly legalEntity?: string;
  readonly eventId: string;
};

/** A payment already known of that customer is the same payment. */
export async function keepPayments(
  client: ClientBase,
  tenant: string,
  payments: readonly NewPayment[],
  now: Instant,
): Promise<void> {
  if (payments.length === 0) return;
  await client.query(
    `insert into lading.payment (tenant, customer, payment, currency, amount_minor, left_minor, kept_back_minor, received_on,
                                 remittance, event_id, text, "references", legal_entity, recorded_at)
     select $1, customer, payment, currency, amount, amount, kept_back, received_on, remittance, event_id, text,
            array(select jsonb_array_elements_text("references")), legal_entity, to_timestamp($2::float8 / 1000)
       from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::date[], $8::jsonb[], $9::bigint[],
                   $10::text[], $11::jsonb[], $12::text[], $13::bigint[])
         as new (customer, payment, currency, amount, received_on, remittance, event_id, text, "references", legal_entity,
                 kept_back)
      order by customer, payment
     on conflict do nothing`,
    [
      tenant,
      now,
      payments.map(({ customer }) => customer),
      payments.map(({ payment }) => payment),
      payments.map(({ currency }) => currency),
      payments.map(({ amountMinor }) => amountMinor.toString()),
      payments.map(({ receivedOn }) => receivedOn),
      payments.map(({ remittance }) =>
        JSON.stringify(remittance.map((line) => [line.invoice, String(line.amountMinor)])),
      ),
      payments.map(({ eventId }) => eventId),
      payments.map(({ text }) => text),
      payments.map(({ references }) => JSON.stringify(references)),
      payments.map(({ legalEntity }) => legalEntity ?? null),
      payments.map(({ remittance }) => keptBackMinor(remittance).toString()),
    ],
  );
}

// What is below zero in a remittance is a credit note that was kept back.
function keptBackMinor(remittance: NewPayment['remittance']): bigint {
  return remittance.reduce((sum, { amountMinor }) => (amountMinor < 0n ? sum - amountMinor : sum), 0n);
}

export type LeftPayment = NewPayment & {
  readonly leftMinor: bigint;
  /** How many documents its customer had when it was last tried by its amount alone; `undefined`: it never was. */
  readonly documentsSeen?: number;
};

type PaymentRow = Omit<LeftPayment, 'amountMinor' | 'leftMinor' | 'remittance' | 'legalEntity' | 'documentsSeen'> & {
  legalEntity: string | null;
  documentsSeen: number | null;
  amountMinor: string;
  leftMinor: string;
  remittance: [string, string][];
};

/** The customer's payments that still have something to give, or credit notes to set off, by arrival. */
export async function paymentsLeft(client: Queryable, tenant: string, customer: string): Promise<LeftPayment[]> {
  const { rows } = await client.query<PaymentRow>(
    `select customer, payment, currency, amount_minor::text as "amountMinor", left_minor::text as "leftMinor",
            received_on::text as "receivedOn", remittance, text, "references", legal_entity as "legalEntity",
            event_id::text as "eventId", documents_seen as "documentsSeen"
       from lading.payment
      where tenant = $1 and customer = $2 and (left_minor > 0 or kept_back_minor > 0) order by event_id`,
    [tenant, customer],
  );
  return rows.map(({ amountMinor, leftMinor, remittance, legalEntity, documentsSeen, ...row }) => ({
    ...row,
    ...(legalEntity === null ? {} : { legalEntity }),
    ...(documentsSeen === null ? {} : { documentsSeen }),
    amountMinor: BigInt(amountMinor),
    leftMinor: BigInt(leftMinor),
    remittance: remittance.map(([invoice, amount]) => ({ invoice, amountMinor: BigInt(amount) })),
  }));
}

export type Allocation = {
  /** `erp`: payments that only the ERP knows of. */
  readonly sourceKind: 'payment' | 'credit-note' | 'erp';
  readonly customer: string;
  /** The payment, or the credit note's number. */
  readonly source: string;
  readonly invoice: string;
  readonly amountMinor: bigint;
};

/** What payments and credit notes of a customer have settled so far. */
export async function allocationsOf(client: Queryable, tenant: string, customer: string): Promise<Allocation[]> {
  const { rows } = await client.query<Omit<Allocation, 'amountMinor'> & { amountMinor: string }>(
    `select source_kind as "sourceKind", customer, source, invoice, amount_minor::text as "amountMinor"
       from lading.allocation where tenant = $1 and customer = $2`,
    [tenant, customer],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}

/** Adds to what was settled before of a customer's invoices, and takes from what its payments have left. */
export async function allocate(
  client: ClientBase,
  tenant: string,
  customer: string,
  allocations: readonly Omit<Allocation, 'customer'>[],
  now: Instant,
): Promise<void> {
  if (allocations.length === 0) return;
  await client.query(
    `with new as (
       select kind, source, invoice, sum(minor)::bigint as minor
         from unnest($4::text[], $5::text[], $6::text[], $7::bigint[]) as each (kind, source, invoice, minor)
        group by kind, source, invoice),
     kept as (
       insert into lading.allocation as known (tenant, source_kind, customer, source, invoice, amount_minor, at)
       select $1, kind, $2, source, invoice, minor, to_timestamp($3::float8 / 1000) from new order by invoice, source
       on conflict (tenant, source_kind, customer, source, invoice)
       do update set amount_minor = known.amount_minor + excluded.amount_minor, at = excluded.at)
     update lading.payment p set left_minor = left_minor - paid.minor
       from (select source, sum(minor)::bigint as minor from new where kind = 'payment' group by source) as paid
      where p.tenant = $1 and p.customer = $2 and p.payment = paid.source`,
    [
      ...[tenant, customer, now],
      textArray(allocations.map(({ sourceKind }) => sourceKind)),
      textArray(allocations.map(({ source }) => source)),
      textArray(allocations.map(({ invoice }) => invoice)),
      plainArray(allocations.map(({ amountMinor }) => amountMinor)),
    ],
  );
}

/** Notes with how many documents the customer's payments were tried just now. */
export async function markTried(
  client: ClientBase,
  tenant: string,
  customer: string,
  documents: number,
): Promise<void> {
  await client.query(
    `update lading.payment set documents_seen = $3
      where tenant = $1 and customer = $2 and left_minor > 0 and documents_seen is distinct from $3`,
    [tenant, customer, documents],
  );
}

/** Takes what was set off just now from what these payments of a customer kept back. */
export async function takeFromKeptBack(
  client: ClientBase,
  tenant: string,
  customer: string,
  tried: readonly { readonly payment: LeftPayment; readonly keptBackMinor: bigint }[],
): Promise<void> {
  const setOff = tried.filter(({ keptBackMinor }) => keptBackMinor > 0n);
  if (setOff.length === 0) return;
  await client.query(
    `update lading.payment p set kept_back_minor = kept_back_minor - new.minor
       from unnest($3::text[], $4::bigint[]) as new (payment, minor)
      where p.tenant = $1 and p.customer = $2 and p.payment = new.payment`,
    [
      ...[tenant, customer],
      textArray(setOff.map(({ payment: { payment } }) => payment)),
      plainArray(setOff.map(({ keptBackMinor }) => keptBackMinor)),
    ],
  );
}

/** Those of these that another customer's payment or reversal of the same name leaves unmatched still. */
export async function unmatchedElsewhere(
  client: Queryable,
  tenant: string,
  customer: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select payment as name from lading.payment
      where tenant = $1 and customer <> $2 and payment = any($3::text[]) and left_minor > 0
     union
     select reversal from lading.payment_reversal
      where tenant = $1 and customer <> $2 and reversal = any($3::text[]) and payment is null`,
    [tenant, customer, names],
  );
  return new Set(rows.map(({ name }) => name));
}
