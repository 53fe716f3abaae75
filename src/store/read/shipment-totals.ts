// What the shipments of one page come to, and how much is wrong with them.

import { formatMinor } from '../../model/money.ts';
import type { Queryable } from '../database.ts';

export type AmountView = { readonly amount: string; readonly currency: string };
export type ShipmentTotals = { readonly sell: readonly AmountView[]; readonly buy: readonly AmountView[] };

/** What is charged and what it costs, by currency; without what was waived. Shipments without charges are left out. */
export async function totalsOfShipments(
  db: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<Map<string, ShipmentTotals>> {
  const { rows } = await db.query<{ shipment: string; side: 'sell' | 'buy'; currency: string; minor: string }>(
    `select shipment, side, currency, sum(amount_minor)::text as minor from lading.charge
      where tenant = $1 and shipment = any($2::text[]) and state <> 'waived'
      group by shipment, side, currency order by shipment, side, currency`,
    [tenant, shipments],
  );
  const totals = new Map<string, { sell: AmountView[]; buy: AmountView[] }>();
  for (const { shipment, side, currency, minor } of rows) {
    const own = totals.get(shipment) ?? { sell: [], buy: [] };
    totals.set(shipment, own);
    own[side].push({ amount: formatMinor(BigInt(minor), currency), currency });
  }
  return totals;
}

/** Open exceptions by shipment; those without any are left out. */
export async function openExceptionsOf(
  db: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ shipment: string; count: number }>(
    `select shipment, count(*)::int as count from lading.exception
      where tenant = $1 and shipment = any($2::text[]) and closed_at is null group by shipment`,
    [tenant, shipments],
  );
  return new Map(rows.map(({ shipment, count }) => [shipment, count]));
}
