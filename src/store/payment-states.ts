// What the ERP last said is open on our documents, and what that settles here.
import type { ClientBase } from 'pg';
import type { PaymentState } from '../model/payment-state.ts';
import type { Instant } from '../model/time.ts';
import { textArray } from './array-literal.ts';
import type { Queryable } from './database.ts';

/**
 * Keeps what differs from the reading before; returns the customers it concerns. Numbers that are not ours are passed over, and
 * so is a reading older than one we have.
 */
export async function keepPaymentStates(
  client: ClientBase,
  tenant: string,
  system: string,
  states: readonly PaymentState[],
  now: Instant,
): Promise<string[]> {
  const latest = new Map<string, PaymentState>();
  for (const state of states) {
    if (state.readAt >= (latest.get(state.number)?.readAt ?? state.readAt)) latest.set(state.number, state);
  }
  const { rows } = await client.query<{ customer: string }>(
    `with read as (
       select new.number, i.customer, new.residual, new.state, to_timestamp(read_ms / 1000) as read_at, known.read_at as known_at,
              (known.residual_minor, known.payment_state) is not distinct from (new.residual, new.state) as same
         from unnest($3::text[], $4::bigint[], $5::text[], $6::float8[]) as new (number, residual, state, read_ms)
         join lading.invoice i on i.tenant = $1 and i.number = new.number
         left join lateral (
           select read_at, seen_at, residual_minor, payment_state from lading.erp_payment_state s
            where s.tenant = $1 and s.number = new.number order by s.read_at desc limit 1) known on true
        where known.seen_at is null or known.seen_at < to_timestamp(read_ms / 1000)),
     seen as (
       update lading.erp_payment_state s set seen_at = read.read_at
         from read where read.same and s.tenant = $1 and s.number = read.number and s.read_at = read.known_at),
     kept as (
       insert into lading.erp_payment_state (tenant, number, read_at, seen_at, system, residual_minor, payment_state, recorded_at)
       select $1, number, read_at, read_at, $2, residual, state, to_timestamp($7::float8 / 1000)
         from read where not same
       on conflict do nothing
       returning number)
     select distinct read.customer from kept join read on read.number = kept.number`,
    [
      tenant,
      system,
      textArray([...latest.keys()]),
      [...latest.values()].map(({ residualMinor }) => residualMinor.toString()),
      [...latest.values()].map(({ state }) => state),
      [...latest.values()].map(({ readAt }) => readAt),
      now,
    ],
  );
  return rows.map(({ customer }) => customer);
}

/** By number: what the ERP last said is open on a customer's documents. */
export async function residualsOf(client: Queryable, tenant: string, customer: string): Promise<Map<string, bigint>> {
  const { rows } = await client.query<{ number: string; residual: string }>(
    `select distinct on (s.number) s.number, s.residual_minor::text as residual
       from lading.invoice i join lading.erp_payment_state s on s.tenant = i.tenant and s.number = i.number
      where i.tenant = $1 and i.customer = $2 order by s.number, s.read_at desc`,
    [tenant, customer],
  );
  return new Map(rows.map(({ number, residual }) => [number, BigInt(residual)]));
}

/** Sets what the ERP alone knows to be paid; invoices that are not named have nothing of it. */
export async function setPaidInErp(
  client: ClientBase,
  tenant: string,
  customer: string,
  paidMinor: ReadonlyMap<string, bigint>,
  now: Instant,
): Promise<void> {
  await client.query(
    `insert into lading.allocation as known (tenant, source_kind, customer, source, invoice, amount_minor, at)
     select $1, 'erp', $2, 'erp', invoice, amount, to_timestamp($5::float8 / 1000)
       from (select invoice, amount from unnest($3::text[], $4::bigint[]) as new (invoice, amount)
              union all
             select invoice, 0 from lading.allocation
              where tenant = $1 and customer = $2 and source_kind = 'erp' and not invoice = any($3::text[])) as wanted
     on conflict (tenant, source_kind, customer, source, invoice)
     do update set amount_minor = excluded.amount_minor, at = excluded.at
      where known.amount_minor <> excluded.amount_minor`,
    [tenant, customer, textArray([...paidMinor.keys()]), [...paidMinor.values()].map(String), now],
  );
}
