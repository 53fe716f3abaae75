// Payments that a bank took back: which, and what then settles nothing any more.
import type { ClientBase } from 'pg';
import type { Currency } from '../model/money.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type NewReversal = {
  readonly customer: string;
  readonly reversal: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly reversedOn: LocalDate;
  /** By which it may name its payment. */
  readonly names: readonly string[];
  readonly eventId: string;
};

/** A reversal already known of that customer is the same reversal. */
export async function keepReversals(
  client: ClientBase,
  tenant: string,
  reversals: readonly NewReversal[],
  now: Instant,
): Promise<void> {
  for (const { customer, reversal, currency, amountMinor, reversedOn, names, eventId } of reversals) {
    await client.query(
      `insert into lading.payment_reversal (tenant, customer, reversal, currency, amount_minor, reversed_on, names,
                                            event_id, recorded_at)
       values ($1, $2, $3, $4, $5::bigint, $6::date, $7::text[], $8::bigint, to_timestamp($9::float8 / 1000))
       on conflict do nothing`,
      [tenant, customer, reversal, currency, amountMinor.toString(), reversedOn, names, eventId, now],
    );
  }
}

export type OpenReversal = Pick<NewReversal, 'reversal' | 'currency' | 'amountMinor' | 'names'>;

/** The customer's reversals that have found no payment yet, by arrival. */
export async function openReversals(client: Queryable, tenant: string, customer: string): Promise<OpenReversal[]> {
  const { rows } = await client.query<Omit<OpenReversal, 'amountMinor'> & { amountMinor: string }>(
    `select reversal, currency, amount_minor::text as "amountMinor", names
       from lading.payment_reversal where tenant = $1 and customer = $2 and payment is null order by event_id`,
    [tenant, customer],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}

export type StandingPayment = {
  readonly payment: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly references: readonly string[];
};

/** The customer's payments under any of these names that were not taken back, by arrival. */
export async function paymentsNamed(
  client: Queryable,
  tenant: string,
  customer: string,
  names: readonly string[],
): Promise<StandingPayment[]> {
  const { rows } = await client.query<Omit<StandingPayment, 'amountMinor'> & { amountMinor: string }>(
    `select payment, currency, amount_minor::text as "amountMinor", "references"
       from lading.payment
      where tenant = $1 and customer = $2 and reversed_by is null
        and (payment = any($3::text[]) or "references" && $3::text[])
      order by event_id`,
    [tenant, customer, names],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}

/** What the payment settled is open again, for other payments too; the rows stay, with nothing on them. */
export async function takeBack(
  client: ClientBase,
  tenant: string,
  { customer, payment, reversal }: { customer: string; payment: string; reversal: string },
  now: Instant,
): Promise<void> {
  await client.query(
    `update lading.allocation set amount_minor = 0, at = to_timestamp($4::float8 / 1000)
      where tenant = $1 and source_kind = 'payment' and customer = $2 and source = $3`,
    [tenant, customer, payment, now],
  );
  await client.query(
    `update lading.payment set left_minor = 0, kept_back_minor = 0, reversed_by = $4
      where tenant = $1 and customer = $2 and payment = $3`,
    [tenant, customer, payment, reversal],
  );
  await client.query(
    `update lading.payment set documents_seen = null where tenant = $1 and customer = $2 and left_minor > 0`,
    [tenant, customer],
  );
  await client.query(
    `update lading.payment_reversal set payment = $4 where tenant = $1 and customer = $2 and reversal = $3`,
    [tenant, customer, reversal, payment],
  );
}
