// Payments on their way into the ERP: what of them is registered there, and what no longer should be.
import type { ClientBase } from 'pg';
import type { Instant, LocalDate } from '../model/time.ts';
import { textArray } from './array-literal.ts';
import type { Queryable } from './database.ts';

/** What a payment settles of an invoice, where that is not what is registered. */
export type UnregisteredPart = {
  readonly payment: string;
  readonly invoice: string;
  readonly legalEntity: string;
  readonly currency: string;
  readonly receivedOn: LocalDate;
  readonly settledMinor: bigint;
  readonly registeredMinor: bigint;
  /** Of the last registration. */
  readonly sequence: number;
};

/** Of one customer, for invoices of these legal entities. */
export async function unregisteredParts(
  client: Queryable,
  tenant: string,
  customer: string,
  legalEntities: readonly string[],
): Promise<UnregisteredPart[]> {
  type Row = Omit<UnregisteredPart, 'settledMinor' | 'registeredMinor'> & { settled: string; registered: string };
  const { rows } = await client.query<Row>(
    `select a.source as payment, a.invoice, i.legal_entity as "legalEntity", i.currency, p.received_on::text as "receivedOn",
            a.amount_minor::text as settled, coalesce(r.live, 0)::text as registered, coalesce(r.sequence, 0) as sequence
       from lading.allocation a
       join lading.invoice i on i.tenant = a.tenant and i.number = a.invoice
       join lading.payment p on p.tenant = a.tenant and p.customer = a.customer and p.payment = a.source
       left join lateral (
         select sum(amount_minor) filter (where not undone) as live, max(sequence) as sequence from lading.erp_payment r
          where r.tenant = a.tenant and r.customer = a.customer and r.payment = a.source and r.invoice = a.invoice) r on true
      where a.tenant = $1 and a.source_kind = 'payment' and a.customer = $2 and i.legal_entity = any($3::text[])
        and a.amount_minor <> coalesce(r.live, 0)
      order by a.source, a.invoice`,
    [tenant, customer, textArray(legalEntities)],
  );
  return rows.map(({ settled, registered, ...row }) => ({
    ...row,
    settledMinor: BigInt(settled),
    registeredMinor: BigInt(registered),
  }));
}

export type NewRegistration = {
  readonly number: string;
  readonly customer: string;
  readonly payment: string;
  readonly invoice: string;
  readonly sequence: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly receivedOn: LocalDate;
  readonly journal: string;
};

/** Wants these parts registered in `system`. */
export async function intendRegistrations(
  client: ClientBase,
  tenant: string,
  system: string,
  registrations: readonly NewRegistration[],
  now: Instant,
): Promise<void> {
  for (const each of registrations) {
    const { number, customer, payment, invoice, sequence, currency, amountMinor, receivedOn, journal } = each;
    await client.query(
      `insert into lading.erp_payment (tenant, number, customer, payment, invoice, sequence, currency, amount_minor, received_on,
                                       journal)
       values ($1, $2, $3, $4, $5, $6, $7, $8::bigint, $9::date, $10)`,
      [tenant, number, customer, payment, invoice, sequence, currency, amountMinor.toString(), receivedOn, journal],
    );
    await intend(client, tenant, { system, key: `${system}:${number}`, kind: 'payment', number }, now);
  }
}

/** Wants what is registered of this payment and invoice undone. */
export async function undoRegistrations(
  client: ClientBase,
  tenant: string,
  system: string,
  { customer, payment, invoice }: Pick<NewRegistration, 'customer' | 'payment' | 'invoice'>,
  now: Instant,
): Promise<void> {
  const { rows } = await client.query<{ number: string }>(
    `update lading.erp_payment set undone = true
      where tenant = $1 and customer = $2 and payment = $3 and invoice = $4 and not undone returning number`,
    [tenant, customer, payment, invoice],
  );
  for (const { number } of rows) {
    await intend(client, tenant, { system, key: `${system}:undo:${number}`, kind: 'payment-undo', number }, now);
  }
}

type Intended = { readonly system: string; readonly key: string; readonly kind: string; readonly number: string };

async function intend(client: ClientBase, tenant: string, { system, key, kind, number }: Intended, now: Instant) {
  await client.query(
    `insert into lading.effect (tenant, key, system, kind, subject, next_at, created_at, changed_at)
     select $1, $2, $3, $4, $5, at, at, at from to_timestamp($6::float8 / 1000) as at on conflict do nothing`,
    [tenant, key, system, kind, number, now],
  );
}

export type Registration = NewRegistration & { readonly undone: boolean; readonly wasConfirmed: boolean };

/** By number, in no promised order. */
export async function registrations(
  client: Queryable,
  tenant: string,
  numbers: readonly string[],
): Promise<Map<string, Registration>> {
  const { rows } = await client.query<Omit<Registration, 'amountMinor'> & { minor: string }>(
    `select number, customer, payment, invoice, sequence, currency, amount_minor::text as minor,
            received_on::text as "receivedOn", journal, undone, registered_at is not null as "wasConfirmed"
       from lading.erp_payment where tenant = $1 and number = any($2::text[])`,
    [tenant, textArray(numbers)],
  );
  return new Map(rows.map(({ minor, ...row }) => [row.number, { ...row, amountMinor: BigInt(minor) }]));
}

export type RegisteredAs = { readonly invoice: string; readonly number: string; readonly erpId: string };

/** What the payments of these invoices, of these customers, are registered as. */
export async function registeredOn(
  client: Queryable,
  tenant: string,
  customers: readonly string[],
  invoices: readonly string[],
): Promise<RegisteredAs[]> {
  const { rows } = await client.query<RegisteredAs>(
    `select invoice, number, erp_id as "erpId" from lading.erp_payment
      where tenant = $1 and customer = any($2::text[]) and invoice = any($3::text[]) and erp_id <> ''`,
    [tenant, textArray([...new Set(customers)]), textArray([...new Set(invoices)])],
  );
  return rows;
}

/** Notes what the ERP called them, and that they are undone there. */
export async function confirmRegistrations(
  client: Queryable,
  tenant: string,
  confirmed: readonly {
    readonly key: string;
    readonly number: string;
    readonly externalId: string;
    readonly erpNumber: string;
  }[],
  at: Instant,
): Promise<void> {
  if (confirmed.length === 0) return;
  await client.query(
    `update lading.erp_payment p
        set erp_id = coalesce(p.erp_id, new.erp_id), erp_number = coalesce(p.erp_number, new.erp_number),
            registered_at = case when e.kind = 'payment' then to_timestamp($2::float8 / 1000) else p.registered_at end,
            undone_at = case when e.kind = 'payment-undo' then to_timestamp($2::float8 / 1000) else p.undone_at end
       from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as new (key, number, erp_id, erp_number)
       join lading.effect e on e.tenant = $1 and e.key = new.key and e.kind in ('payment', 'payment-undo')
      where p.tenant = $1 and p.number = new.number`,
    [
      tenant,
      at,
      textArray(confirmed.map(({ key }) => key)),
      textArray(confirmed.map(({ number }) => number)),
      textArray(confirmed.map(({ externalId }) => externalId)),
      textArray(confirmed.map(({ erpNumber }) => erpNumber)),
    ],
  );
}

/** By invoice: what the ERP counted as paid when it was last read and we do not any more. */
export async function notYetUndone(client: Queryable, tenant: string, customer: string): Promise<Map<string, bigint>> {
  const { rows } = await client.query<{ invoice: string; minor: string }>(
    `select invoice, sum(amount_minor)::text as minor from lading.erp_payment
      where tenant = $1 and customer = $2 and undone and registered_at is not null
        and (undone_at is null or undone_at >= (
          select max(s.seen_at) from lading.erp_payment_state s
           where s.tenant = erp_payment.tenant and s.number = erp_payment.invoice))
      group by invoice`,
    [tenant, customer],
  );
  return new Map(rows.map(({ invoice, minor }) => [invoice, BigInt(minor)]));
}
