// The customers' orders as last reported. An order is its customer's: two customers may use one number.
import type { ClientBase } from 'pg';
import type { Order } from '../model/shipment.ts';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type KnownOrder = { readonly order: Order; readonly reportedAt: Instant; readonly eventId: string };

/** Every order of these numbers, of whatever customer. */
export async function findOrders(client: Queryable, tenant: string, numbers: readonly string[]): Promise<KnownOrder[]> {
  if (numbers.length === 0) return [];
  const { rows } = await client.query<{ data: string; reportedAt: Instant; eventId: string }>({
    name: 'find-orders',
    text: `
      select data, reported_at as "reportedAt", event_id as "eventId"
        from lading.customer_order where tenant = $1 and "order" = any($2::text[])`,
    values: [tenant, numbers],
  });
  return rows.map(({ data, ...row }) => ({ ...row, order: JSON.parse(data) as Order }));
}

/** The one reported last holds as a whole; of two reported at one time, the one given. Their numbers are held. */
export async function putOrders(client: ClientBase, tenant: string, orders: readonly KnownOrder[]): Promise<void> {
  if (orders.length === 0) return;
  await client.query(
    `insert into lading.customer_order as known (tenant, customer, "order", data, reported_at, event_id)
     select $1, customer, "order", data, to_timestamp(reported_ms / 1000), event_id
       from unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::bigint[])
         as new (customer, "order", data, reported_ms, event_id)
      order by "order", customer
     on conflict (tenant, "order", customer) do update
        set data = excluded.data, reported_at = excluded.reported_at, event_id = excluded.event_id
      where known.reported_at <= excluded.reported_at`,
    [
      tenant,
      orders.map(({ order }) => order.customer),
      orders.map(({ order }) => order.order),
      orders.map(({ order }) => JSON.stringify(order)),
      orders.map(({ reportedAt }) => reportedAt),
      orders.map(({ eventId }) => eventId),
    ],
  );
}

/** Holds these order numbers until the transaction ends: an order and a plan that names it never pass each other. */
export async function holdOrderNumbers(client: ClientBase, tenant: string, numbers: readonly string[]): Promise<void> {
  if (numbers.length === 0) return;
  await client.query(
    `select pg_advisory_xact_lock(key) from (
       select distinct hashtextextended('lading order ' || $1 || ' ' || number, 0) as key
         from unnest($2::text[]) as given (number) order by key) as keys`,
    [tenant, numbers],
  );
}
