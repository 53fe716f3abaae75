// Shipments as those see them who judge carriers' invoices: what each expects to pay, and how it stands in its bills.
import type { ClientBase } from 'pg';
import type { Standing } from '../model/decision.ts';
import type { Instant } from '../model/time.ts';
import { textArray } from './array-literal.ts';
import type { Queryable } from './database.ts';

/** Of these, those that are known. */
export async function knownShipments(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<Set<string>> {
  if (shipments.length === 0) return new Set();
  const { rows } = await client.query<{ shipment: string }>(
    'select shipment from lading.shipment where tenant = $1 and shipment = any($2::text[]) and fact_count > 0',
    [tenant, textArray(shipments)],
  );
  return new Set(rows.map(({ shipment }) => shipment));
}

export type AuditedShipment = {
  readonly shipment: string;
  readonly carrier?: string;
  readonly customer?: string;
  readonly standing: Standing;
  /** It is to be decided again by now: what it expects may change. */
  readonly isUndecided: boolean;
};

/** Takes their rows, in key order, and reads them. */
export async function lockAuditedShipments(
  client: ClientBase,
  tenant: string,
  shipments: readonly string[],
  now: Instant,
): Promise<AuditedShipment[]> {
  if (shipments.length === 0) return [];
  const { rows } = await client.query<{
    shipment: string;
    carrier: string | null;
    customer: string | null;
    standing: string;
    isUndecided: boolean;
  }>(
    `select shipment, carrier, customer, standing, coalesce(wake_at <= to_timestamp($3::float8 / 1000), false) as "isUndecided"
       from lading.shipment where tenant = $1 and shipment = any($2::text[]) order by shipment for update`,
    [tenant, textArray(shipments), now],
  );
  return rows.map(({ carrier, customer, standing, ...row }) => ({
    ...row,
    ...(customer === null ? {} : { customer }),
    ...(carrier === null ? {} : { carrier }),
    standing: JSON.parse(standing) as Standing,
  }));
}

export type ExpectedCharge = {
  readonly shipment: string;
  readonly code: string;
  readonly currency: string;
  readonly amountMinor: bigint;
};

/** What these shipments expect to pay, whatever became of it. */
export async function expectedCharges(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<ExpectedCharge[]> {
  if (shipments.length === 0) return [];
  const { rows } = await client.query<Omit<ExpectedCharge, 'amountMinor'> & { amountMinor: string }>(
    `select shipment, code, currency, sum(amount_minor)::text as "amountMinor" from lading.charge
      where tenant = $1 and shipment = any($2::text[]) and side = 'buy' group by shipment, code, currency`,
    [tenant, textArray(shipments)],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}
