// Shipments and their charges as the API lists them.

import { formatMinor } from '../../model/money.ts';
import type { Queryable } from '../database.ts';
import { type PageRequest, utc, withoutNulls } from '../reading.ts';

export type ShipmentRow = {
  readonly shipment: string;
  readonly customer?: string;
  readonly carrier?: string;
  readonly mode?: string;
  readonly status?: string;
  readonly billing?: string;
  readonly origin?: string;
  readonly destination?: string;
  readonly plannedPickupAt?: string;
  readonly plannedDeliveryAt?: string;
  readonly pickedUpAt?: string;
  readonly deliveredAt?: string;
};
/** Of `shipment_listing s`. */
export const LISTED_COLUMNS = `s.shipment, s.customer, s.carrier, s.mode, s.status, s.billing, s.origin, s.destination,
  ${utc('s.planned_pickup_at')} as "plannedPickupAt", ${utc('s.planned_delivery_at')} as "plannedDeliveryAt",
  ${utc('s.picked_up_at')} as "pickedUpAt", ${utc('s.delivered_at')} as "deliveredAt"`;

/** `partner` given: only if it is that partner's own. */
export async function findShipment(
  db: Queryable,
  tenant: string,
  shipment: string,
  partner?: string,
): Promise<ShipmentRow | undefined> {
  const { rows } = await db.query(
    `select ${LISTED_COLUMNS} from lading.shipment_listing s
      where s.tenant = $1 and s.shipment = $2
        and ($3::text is null or s.customer = $3 or s.carrier = $3 or $3 = any(s.planned_by))`,
    [tenant, shipment, partner],
  );
  return rows[0] === undefined ? undefined : withoutNulls(rows[0]);
}

/** Shipments that carry this number, whatever its type; at most a hundred. */
export async function shipmentsByReference(db: Queryable, tenant: string, value: string): Promise<string[]> {
  const { rows } = await db.query<{ shipment: string }>(
    'select distinct shipment from lading.reference where tenant = $1 and value = $2 order by shipment limit 100',
    [tenant, value],
  );
  return rows.map(({ shipment }) => shipment);
}

export type ChargeView = {
  readonly shipment: string;
  readonly side: 'sell' | 'buy';
  readonly code: string;
  readonly amount: string;
  readonly currency: string;
  readonly state: string;
};
export type ChargeFilter = {
  readonly shipment?: string;
  readonly side?: string;
  readonly code?: string;
  readonly state?: string;
  /** Only of shipments of this customer. */
  readonly customer?: string;
};

/** Sorted by shipment, side, code, currency, state: these five are a charge row's place. */
export async function listCharges(
  db: Queryable,
  tenant: string,
  filter: ChargeFilter,
  { limit, after }: PageRequest,
): Promise<ChargeView[]> {
  const { rows } = await db.query(
    `select c.shipment, c.side, c.code, c.currency, c.state, c.amount_minor::text as minor from lading.charge c
      where c.tenant = $1 and ($2::text[] is null
            or (c.shipment, c.side, c.code, c.currency, c.state) > ($2[1], $2[2], $2[3], $2[4], $2[5]))
        and ($3::text is null or c.shipment = $3) and ($4::text is null or c.side = $4)
        and ($5::text is null or c.code = $5) and ($6::text is null or c.state = $6)
        and ($7::text is null or exists (select from lading.shipment s
              where s.tenant = c.tenant and s.shipment = c.shipment and s.customer = $7))
      order by c.shipment, c.side, c.code, c.currency, c.state limit $8`,
    [tenant, after, filter.shipment, filter.side, filter.code, filter.state, filter.customer, limit + 1],
  );
  return rows.map(({ minor, ...row }) => withoutNulls({ ...row, amount: formatMinor(BigInt(minor), row.currency) }));
}
