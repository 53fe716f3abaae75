// What the outside system said of documents, written into our books.
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

/** The shipments on each of these billing documents, by number, in the document's order. */
export async function shipmentsOn(
  client: Queryable,
  tenant: string,
  numbers: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ number: string; shipments: string[] }>(
    'select number, shipments from lading.invoice where tenant = $1 and number = any($2)',
    [tenant, numbers],
  );
  return new Map(rows.map(({ number, shipments }) => [number, shipments]));
}

export type Confirmation = { readonly number: string; readonly externalId: string; readonly erpNumber: string };

/** Marks documents as posted. One that was posted before keeps the time of then. */
export async function confirmDocuments(
  client: Queryable,
  tenant: string,
  confirmations: readonly Confirmation[],
  at: Instant,
): Promise<void> {
  if (confirmations.length === 0) return;
  await client.query(
    `update lading.invoice i
        set state = 'posted', posted_at = to_timestamp($2::float8 / 1000), erp_id = new.erp_id,
            erp_number = new.erp_number
       from unnest($3::text[], $4::text[], $5::text[]) as new (number, erp_id, erp_number)
      where i.tenant = $1 and i.number = new.number and i.state <> 'posted'`,
    [
      tenant,
      at,
      confirmations.map(({ number }) => number),
      confirmations.map(({ externalId }) => externalId),
      confirmations.map(({ erpNumber }) => erpNumber),
    ],
  );
}

/** Of these shipments, those first on a document that the outside system will not have, or that was given up. */
export async function shipmentsStillRejected(
  client: Queryable,
  tenant: string,
  system: string,
  shipments: readonly string[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ shipment: string }>(
    `select distinct l.shipment
       from lading.invoice_line l
       join lading.invoice i on i.tenant = l.tenant and i.number = l.number and i.shipments[1] = l.shipment
       join lading.effect e on e.tenant = l.tenant and e.key = $2 || ':' || l.number
      where l.tenant = $1 and l.shipment = any($3) and e.state in ('refused', 'dead')
      union
     select l.shipment
       from lading.carrier_invoice_line l
       join lading.carrier_invoice i on i.tenant = l.tenant and i.id = l.id and l.position = 1
       join lading.effect e on e.tenant = l.tenant and e.key = $2 || ':' || i.bill
      where l.tenant = $1 and l.shipment = any($3) and e.state in ('refused', 'dead')
      union
     select l.shipment
       from lading.carrier_invoice_line l
       join lading.carrier_invoice i on i.tenant = l.tenant and i.id = l.id and l.position = 1
       join lading.landed_cost c on c.tenant = l.tenant and c.bill = i.bill
      where l.tenant = $1 and l.shipment = any($3) and c.needs_person`,
    [tenant, system, shipments],
  );
  return new Set(rows.map(({ shipment }) => shipment));
}
