// Read for the lists of shipments on which delivery and money disagree; and the lists that were taken, kept.
import type { ClientBase } from 'pg';
import type { OpenLists } from '../model/open-lists.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type DisagreeingShipment = {
  readonly shipment: string;
  readonly customer: string | null;
  readonly carrier: string | null;
  readonly status: string | null;
  readonly billing: string | null;
  readonly deliveredAt: Instant | null;
  readonly currency: string | null;
  readonly amountMinor: string | null;
  /** Of all, whatever the limit. */
  readonly count: number;
};

const SHIPMENT = `s.shipment, s.customer, s.carrier, s.status, s.billing, s.delivered_at as "deliveredAt"`;
const COUNT = `count(*) over ()::int as count`;

/** Delivered by `before`, and something of it is not invoiced; or nothing could be charged at all. */
export async function deliveredUnbilled(
  db: Queryable,
  tenant: string,
  before: Instant,
  limit: number,
): Promise<DisagreeingShipment[]> {
  const { rows } = await db.query<DisagreeingShipment>(
    `select ${SHIPMENT}, c.currency, c.minor::text as "amountMinor", ${COUNT}
       from lading.shipment s
       left join lateral (
         select currency, sum(amount_minor) as minor from lading.charge
          where tenant = s.tenant and shipment = s.shipment and side = 'sell' and state in ('expected', 'pending')
          group by currency) c on true
      where s.tenant = $1 and s.status = 'delivered' and s.delivered_at <= to_timestamp($2::float8 / 1000)
        and s.billing in ('not-due', 'held', 'waiting', 'ready') order by s.delivered_at, s.shipment limit $3`,
    [tenant, before, limit],
  );
  return rows;
}

/** Invoiced, and neither delivered nor come to another end. */
export async function billedUndelivered(db: Queryable, tenant: string, limit: number): Promise<DisagreeingShipment[]> {
  const { rows } = await db.query<DisagreeingShipment>(
    `select ${SHIPMENT}, c.currency, sum(c.amount_minor)::text as "amountMinor", ${COUNT}
       from lading.shipment s
       join lading.charge c on c.tenant = s.tenant and c.shipment = s.shipment
      where s.tenant = $1 and c.side = 'sell' and c.state = 'invoiced'
        and s.status not in ('delivered', 'refused', 'returned', 'cancelled')
      group by s.tenant, s.shipment, c.currency having sum(c.amount_minor) > 0 order by s.shipment limit $2`,
    [tenant, limit],
  );
  return rows;
}

/** A carrier billed it, and no charge to a customer is even expected. */
export async function costWithoutRevenue(db: Queryable, tenant: string, limit: number): Promise<DisagreeingShipment[]> {
  const { rows } = await db.query<DisagreeingShipment>(
    `select ${SHIPMENT}, b.currency, b.minor::text as "amountMinor", ${COUNT}
       from (select l.tenant, l.shipment, i.currency, sum(l.amount_minor) as minor
               from lading.carrier_invoice_line l
               join lading.carrier_invoice i on i.tenant = l.tenant and i.id = l.id
              where l.tenant = $1 and l.state is not null group by l.tenant, l.shipment, i.currency) b
       join lading.shipment s on s.tenant = b.tenant and s.shipment = b.shipment
      where not exists (select from lading.charge c where c.tenant = s.tenant and c.shipment = s.shipment
                           and c.side = 'sell' and c.amount_minor > 0)
      order by s.shipment limit $2`,
    [tenant, limit],
  );
  return rows;
}

export type UnchargedCode = {
  readonly shipment: string;
  readonly customer: string;
  readonly carrier: string;
  readonly ratingDate: LocalDate;
  readonly billing: string | null;
  readonly code: string;
};

/** Codes that a shipment's own carrier billed and its customer was not charged. */
export async function unchargedCodes(db: Queryable, tenant: string, limit: number): Promise<UnchargedCode[]> {
  const { rows } = await db.query<UnchargedCode>(
    `select distinct s.shipment, s.customer, l.carrier, s.rating_date as "ratingDate", s.billing, l.code
       from lading.carrier_invoice_line l
       join lading.shipment s on s.tenant = l.tenant and s.shipment = l.shipment and s.carrier = l.carrier
      where l.tenant = $1 and l.state is not null and l.amount_minor > 0
        and s.customer is not null and s.rating_date is not null
        and not exists (select from lading.charge c where c.tenant = s.tenant and c.shipment = s.shipment
                           and c.side = 'sell' and c.code = l.code)
      order by s.shipment, l.code limit $2`,
    [tenant, limit],
  );
  return rows;
}

/** When a job is next due, from its setup. */
export async function planJob(
  client: ClientBase,
  tenant: string,
  { job, at, timezone, dueAt }: { job: string; at: string; timezone: string; dueAt: Instant },
): Promise<void> {
  await client.query(
    `insert into lading.job_due (tenant, job, at, timezone, due_at)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))
     on conflict (tenant, job) do update set at = excluded.at, timezone = excluded.timezone, due_at = excluded.due_at`,
    [tenant, job, at, timezone, dueAt],
  );
}

export type DueJob = { readonly job: string; readonly at: string; readonly timezone: string };

export async function isJobDue(db: Queryable, tenant: string, now: Instant): Promise<boolean> {
  const { rows } = await db.query<{ due: boolean }>(
    'select exists (select from lading.job_due where tenant = $1 and due_at <= to_timestamp($2::float8 / 1000)) as due',
    [tenant, now],
  );
  return rows[0]?.due === true;
}

/** Holds what is due of a job; another worker's is left alone. */
export async function holdDueJob(
  client: ClientBase,
  tenant: string,
  job: string,
  now: Instant,
): Promise<DueJob | undefined> {
  const { rows } = await client.query<DueJob>(
    `select job, at, timezone from lading.job_due
      where tenant = $1 and job = $2 and due_at <= to_timestamp($3::float8 / 1000) for update skip locked`,
    [tenant, job, now],
  );
  return rows[0];
}

const KEPT = 400;

export async function keepLists(client: ClientBase, tenant: string, lists: OpenLists, now: Instant): Promise<void> {
  await client.query(
    `insert into lading.nightly_list (tenant, taken_at, lists) values ($1, to_timestamp($2::float8 / 1000), $3)
     on conflict (tenant, taken_at) do update set lists = excluded.lists`,
    [tenant, now, JSON.stringify(lists)],
  );
  await client.query(
    `delete from lading.nightly_list where tenant = $1 and taken_at <
       (select taken_at from lading.nightly_list where tenant = $1 order by taken_at desc offset $2 limit 1)`,
    [tenant, KEPT - 1],
  );
}

/** Those taken last by the nightly job. */
export async function keptLists(db: Queryable, tenant: string): Promise<OpenLists | undefined> {
  const { rows } = await db.query<{ lists: OpenLists }>(
    'select lists from lading.nightly_list where tenant = $1 order by taken_at desc limit 1',
    [tenant],
  );
  return rows[0]?.lists;
}
