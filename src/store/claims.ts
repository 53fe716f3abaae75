// What shipments hold and want of order lines, and the orders that have something to decide.
import type { ClientBase } from 'pg';
import type { GoodsClaim, ShipmentStatus } from '../model/decision.ts';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';
import { noteNews } from './order-news.ts';

export type KeptClaim = GoodsClaim & {
  readonly customer: string;
  readonly shipment: string;
  readonly status: ShipmentStatus;
  readonly dueSince?: Instant;
  /** The event that placed the order as it was decided upon; none: it was not known. */
  readonly placed?: string;
};

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
                                     due_since, status, placed)
     select $1, customer, "order", line, shipment, planned, kept, wanted, documented, to_timestamp(due_ms / 1000), status,
            placed
       from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                   $10::float8[], $11::text[], $12::bigint[])
         as new (customer, "order", line, shipment, planned, kept, wanted, documented, due_ms, status, placed)`,
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
      claims.map(({ placed }) => placed),
    ],
  );
  await noteNews(client, tenant, claims);
}

/** The shipments that hold something of an order, by id; at most ten thousand. */
export async function shipmentsOfOrder(
  client: Queryable,
  tenant: string,
  { order, customer }: { readonly order: string; readonly customer: string },
): Promise<string[]> {
  const { rows } = await client.query<{ shipment: string }>(
    `select distinct shipment from lading.order_claim
      where tenant = $1 and "order" = $2 and customer = $3 and status <> 'cancelled' order by shipment limit 10000`,
    [tenant, order, customer],
  );
  return rows.map(({ shipment }) => shipment);
}
