// What lists of shipments are made of, beside the shipments themselves: narrow rows, see migration 0040.
import type { ClientBase } from 'pg';
import type { BillingState, ShipmentStatus } from '../model/decision.ts';
import type { Instant } from '../model/time.ts';
import { floatColumn, textColumn } from './column.ts';

export type Listing = {
  readonly shipment: string;
  readonly customer: string;
  readonly carrier?: string;
  readonly mode: string;
  readonly status: ShipmentStatus;
  readonly billing: BillingState;
  readonly origin?: string;
  readonly destination?: string;
  readonly plannedPickupAt?: Instant;
  readonly plannedDeliveryAt?: Instant;
  readonly pickedUpAt?: Instant;
  readonly deliveredAt?: Instant;
  /** Sell charges that are on no posted document, added up by currency, in minor units. */
  readonly unposted: readonly (readonly [currency: string, minor: string])[];
  /** Partners who sent a plan of it. */
  readonly plannedBy: readonly string[];
};

// Between the names of a list: no name has it.
const UNIT = '\u001f';

/** The shipments' rows are held. */
export async function putListings(client: ClientBase, tenant: string, listings: readonly Listing[]): Promise<void> {
  if (listings.length === 0) return;
  await client.query({
    name: 'put-shipment-listings',
    text: `
      insert into lading.shipment_listing as known
        (tenant, shipment, customer, carrier, mode, status, billing, origin, destination,
         planned_pickup_at, planned_delivery_at, picked_up_at, delivered_at, planned_by,
         unposted_currencies, unposted_minors)
      select $1, shipment, customer, carrier, mode, status, billing, origin, destination,
             to_timestamp(planned_pickup_ms / 1000), to_timestamp(planned_delivery_ms / 1000),
             to_timestamp(picked_up_ms / 1000), to_timestamp(delivered_ms / 1000), string_to_array(planned_by, E'\\x1f'),
             string_to_array(unposted_currencies, E'\\x1f'), string_to_array(unposted_minors, E'\\x1f')::bigint[]
        from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                    $10::float8[], $11::float8[], $12::float8[], $13::float8[], $14::text[], $15::text[], $16::text[])
          as new (shipment, customer, carrier, mode, status, billing, origin, destination,
                  planned_pickup_ms, planned_delivery_ms, picked_up_ms, delivered_ms, planned_by,
                  unposted_currencies, unposted_minors)
      on conflict (tenant, shipment) do update
         set customer = excluded.customer, carrier = excluded.carrier, mode = excluded.mode,
             status = excluded.status, billing = excluded.billing,
             origin = excluded.origin, destination = excluded.destination,
             planned_pickup_at = excluded.planned_pickup_at, planned_delivery_at = excluded.planned_delivery_at,
             picked_up_at = excluded.picked_up_at, delivered_at = excluded.delivered_at, planned_by = excluded.planned_by,
             unposted_currencies = excluded.unposted_currencies, unposted_minors = excluded.unposted_minors`,
    values: [
      tenant,
      textColumn(listings, ({ shipment }) => shipment),
      textColumn(listings, ({ customer }) => customer),
      textColumn(listings, ({ carrier }) => carrier),
      textColumn(listings, ({ mode }) => mode),
      textColumn(listings, ({ status }) => status),
      textColumn(listings, ({ billing }) => billing),
      textColumn(listings, ({ origin }) => origin),
      textColumn(listings, ({ destination }) => destination),
      floatColumn(listings, ({ plannedPickupAt }) => plannedPickupAt),
      floatColumn(listings, ({ plannedDeliveryAt }) => plannedDeliveryAt),
      floatColumn(listings, ({ pickedUpAt }) => pickedUpAt),
      floatColumn(listings, ({ deliveredAt }) => deliveredAt),
      textColumn(listings, ({ plannedBy }) => plannedBy.join(UNIT)),
      textColumn(listings, ({ unposted }) => unposted.map(([currency]) => currency).join(UNIT)),
      textColumn(listings, ({ unposted }) => unposted.map(([, minor]) => minor).join(UNIT)),
    ],
  });
}

/** These are not listed any more. */
export async function removeListings(client: ClientBase, tenant: string, shipments: readonly string[]): Promise<void> {
  if (shipments.length === 0) return;
  await client.query('delete from lading.shipment_listing where tenant = $1 and shipment = any($2::text[])', [
    tenant,
    shipments,
  ]);
}
