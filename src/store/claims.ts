// What shipments hold and want of order lines, and the orders that have something to decide.
import type { ClientBase } from 'pg';
import type { GoodsClaim, ShipmentStatus } from '../model/decision.ts';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type KeptClaim = GoodsClaim & {
  readonly customer: string;
  readonly shipment: string;
  readonly status: ShipmentStatus;
  readonly dueSince?: Instant;
};

export type OrderName = { readonly customer: string; readonly order: string };

/** Replaces what these shipments claimed before. */
export async function putClaims(
  client: ClientBase,
  tenant: string,
  shipments: readonly string[],
  claims: readonly KeptClaim[],
): Promise<void> {
  if (shipments.length === 0) return;
  await client.query(`delete from lading.order_claim where tenant = $1 and shipment = any($2::text[])`, [
    tenant,
    shipments,
  ]);
  if (claims.length === 0) return;
  await client.query(
    `insert into lading.order_claim (tenant, customer, "order", line, shipment, planned, kept, wanted, documented,
                                     due_since, status)
     select $1, customer, "order", line, shipment, planned, kept, wanted, documented, to_timestamp(due_ms / 1000), status
       from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                   $10::float8[], $11::text[])
         as new (customer, "order", line, shipment, planned, kept, wanted, documented, due_ms, status)`,
    [
      tenant,
      claims.map(({ customer }) => customer),
      claims.map(({ order }) => order),
      claims.map(({ line }) => line),
      claims.map(({ shipment }) => shipment),
      claims.map(({ planned }) => planned),
      claims.map(({ kept }) => kept),
      claims.map(({ wanted }) => wanted),
      claims.map(({ documented }) => documented),
      claims.map(({ dueSince }) => dueSince),
      claims.map(({ status }) => status),
    ],
  );
}

/** Has these orders looked at as soon as a worker gets to it. */
export async function markOrdersDue(client: Queryable, tenant: string, orders: readonly OrderName[]): Promise<void> {
  if (orders.length === 0) return;
  await client.query(
    `insert into lading.order_due (tenant, customer, "order")
     select distinct $1, customer, "order" from unnest($2::text[], $3::text[]) as new (customer, "order")
      order by customer, "order"
     on conflict do nothing`,
    [tenant, orders.map(({ customer }) => customer), orders.map(({ order }) => order)],
  );
}
