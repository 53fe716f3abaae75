// Figures over time that say whether it gets better: how long from delivery to invoice, how old exceptions are, how often an
// invoice had to be corrected, who delivers on time, what carriers billed too much.
import type { Instant } from '../../model/time.ts';
import type { Queryable } from '../database.ts';

/** Upper ends in hours; what took longer is in a last class without end. */
export const INVOICE_HOURS = [1, 4, 12, 24, 48, 96, 168] as const;

export type InvoiceTimes = {
  readonly shipments: number;
  readonly medianHours?: number;
  /** Nine of ten were as quick. */
  readonly p90Hours?: number;
  /** One for each of `INVOICE_HOURS`, and one for what took longer. */
  readonly counts: readonly number[];
};

/** From delivery until the first invoice was decided, of shipments invoiced since then. */
export async function invoiceTimes(db: Queryable, tenant: string, since: Instant): Promise<InvoiceTimes> {
  const { rows } = await db.query<{ bucket: number; count: number; median: number | null; p90: number | null }>(
    `with taken as (
       select greatest(extract(epoch from min(i.decided_at) - l.delivered_at) / 3600, 0)::float8 as hours
         from lading.invoice i cross join lateral unnest(i.shipments) as each (shipment)
         join lading.shipment_listing l on l.tenant = $1 and l.shipment = each.shipment and l.delivered_at is not null
        where i.tenant = $1 and i.kind = 'invoice' and i.decided_at >= to_timestamp($2::float8 / 1000)
        group by l.shipment, l.delivered_at),
     whole as (select percentile_cont(0.5) within group (order by hours) as median,
                      percentile_cont(0.9) within group (order by hours) as p90 from taken)
     select width_bucket(hours, $3::float8[]) as bucket, count(*)::int as count, median, p90
       from taken, whole group by 1, 3, 4 order by 1`,
    [tenant, since, INVOICE_HOURS],
  );
  const counts = Array.from({ length: INVOICE_HOURS.length + 1 }, () => 0);
  for (const { bucket, count } of rows) counts[bucket] = count;
  const { median, p90 } = rows[0] ?? { median: null, p90: null };
  return {
    shipments: rows.reduce((sum, { count }) => sum + count, 0),
    ...(median === null || p90 === null ? {} : { medianHours: median, p90Hours: p90 }),
    counts,
  };
}

/** Upper ends in days; older ones are in a last class without end. */
export const EXCEPTION_DAYS = [1, 3, 7, 30] as const;

export type ExceptionAges = { readonly owner: string; readonly overdue: number; readonly counts: readonly number[] };

/** Open ones by owner: how many in each of `EXCEPTION_DAYS`, and one class for older ones. */
export async function exceptionAges(db: Queryable, tenant: string, now: Instant): Promise<ExceptionAges[]> {
  const { rows } = await db.query<{ owner: string; age: number; open: number; overdue: number }>(
    `select owner, count(*)::int as open, count(*) filter (where due_at < to_timestamp($2::float8 / 1000))::int as overdue,
            width_bucket(extract(epoch from to_timestamp($2::float8 / 1000) - opened_at)::float8 / 86400, $3::float8[]) as age
       from lading.exception where tenant = $1 and closed_at is null group by owner, age order by owner`,
    [tenant, now, EXCEPTION_DAYS],
  );
  return [...new Set(rows.map(({ owner }) => owner))].map((owner) => {
    const own = rows.filter((row) => row.owner === owner);
    const openAt = (age: number) => own.find((row) => row.age === age)?.open ?? 0;
    return {
      owner,
      overdue: own.reduce((sum, { overdue }) => sum + overdue, 0),
      counts: Array.from({ length: EXCEPTION_DAYS.length + 1 }, (_, age) => openAt(age)),
    };
  });
}

export type InvoiceAccuracy = { readonly invoices: number; readonly corrected: number };

/** Of the invoices decided since then, those that a later document corrected. */
export async function invoiceAccuracy(db: Queryable, tenant: string, since: Instant): Promise<InvoiceAccuracy> {
  const { rows } = await db.query<InvoiceAccuracy>(
    `select count(*)::int as invoices, count(*) filter (where number in (
              select corrects from lading.invoice where tenant = $1 and corrects is not null))::int as corrected
       from lading.invoice
      where tenant = $1 and kind = 'invoice' and decided_at >= to_timestamp($2::float8 / 1000)`,
    [tenant, since],
  );
  return rows[0] ?? { invoices: 0, corrected: 0 };
}

export type OnTime = { readonly carrier: string; readonly delivered: number; readonly onTime: number };

/** A delivery is on time until this long after its appointment begins. */
export const ON_TIME_MINUTES = 60;

/** Deliveries since then against what was planned, where anything was; the carriers with the most first. */
export async function onTimeByCarrier(db: Queryable, tenant: string, since: Instant, limit: number): Promise<OnTime[]> {
  const { rows } = await db.query<OnTime>(
    `select carrier, count(*)::int as delivered, count(*) filter (
              where delivered_at <= planned_delivery_at + make_interval(mins => $4))::int as "onTime"
       from lading.shipment_listing
      where tenant = $1 and carrier is not null and planned_delivery_at is not null
        and delivered_at >= to_timestamp($2::float8 / 1000)
      group by carrier order by count(*) desc, carrier limit $3`,
    [tenant, since, limit, ON_TIME_MINUTES],
  );
  return rows;
}

export type Leakage = { readonly currency: string; readonly foundMinor: bigint; readonly recoveredMinor: bigint };

/** What carriers billed beyond what was agreed, and how much of it came back. */
export async function leakageFound(db: Queryable, tenant: string): Promise<Leakage[]> {
  const { rows } = await db.query<{ currency: string; found: string; recovered: string }>(
    `select currency, sum(disputed_minor)::text as found, sum(recovered_minor)::text as recovered
       from lading.carrier_dispute where tenant = $1 group by currency order by currency`,
    [tenant],
  );
  return rows.map(({ currency, found, recovered }) => ({
    currency,
    foundMinor: BigInt(found),
    recoveredMinor: BigInt(recovered),
  }));
}
