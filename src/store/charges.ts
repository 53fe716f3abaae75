// The charges as they stand: one row per shipment, side, code, currency and state.
import type { ClientBase } from 'pg';
import type { ChargeRow } from '../model/decision.ts';
import { bigintColumn, textColumn } from './column.ts';

export type ShipmentCharge = ChargeRow & { readonly shipment: string };

/** Removes these. A look-up for each: joined, the server may compare each with each while it has no statistics. */
export async function removeCharges(client: ClientBase, tenant: string, charges: readonly ShipmentCharge[]) {
  if (charges.length === 0) return;
  await client.query({
    name: 'remove-charges',
    text: `
      delete from lading.charge where ctid = any(array(
        select found.ctid
          from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
            as old (shipment, side, code, currency, state)
         cross join lateral (
           select ctid from lading.charge c
            where c.tenant = $1 and c.shipment = old.shipment and c.side = old.side and c.code = old.code
              and c.currency = old.currency and c.state = old.state limit 1) as found))`,
    values: [tenant, ...keyColumns(charges)],
  });
}

export async function putCharges(client: ClientBase, tenant: string, charges: readonly ShipmentCharge[]) {
  if (charges.length === 0) return;
  await client.query({
    name: 'put-charges',
    text: `
      insert into lading.charge (tenant, shipment, side, code, currency, state, amount_minor)
      select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
      on conflict (tenant, shipment, side, code, currency, state) do update set amount_minor = excluded.amount_minor`,
    values: [tenant, ...keyColumns(charges), bigintColumn(charges, ({ amountMinor }) => amountMinor)],
  });
}

function keyColumns(charges: readonly ShipmentCharge[]): Buffer[] {
  return [
    textColumn(charges, ({ shipment }) => shipment),
    textColumn(charges, ({ side }) => side),
    textColumn(charges, ({ code }) => code),
    textColumn(charges, ({ currency }) => currency),
    textColumn(charges, ({ state }) => state),
  ];
}
