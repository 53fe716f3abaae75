// Bills whose costs the ERP is still to add to the value of the goods that they brought here.
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

/** Notes the bills among these documents that the ERP has now. One that was noted before stays as it is. */
export async function noteLandedCosts(
  client: Queryable,
  tenant: string,
  documents: readonly string[],
  now: Instant,
): Promise<void> {
  const bills = documents.filter((number) => /^(bill|credit):/.test(number));
  if (bills.length === 0) return;
  await client.query(
    `insert into lading.landed_cost (tenant, bill, noted_at)
     select distinct $1, i.bill, to_timestamp($3::float8 / 1000)
       from lading.carrier_invoice i where i.tenant = $1 and i.bill = any($2::text[])
     on conflict do nothing`,
    [tenant, bills, now],
  );
}

export type DueLandedCost = { readonly bill: string; readonly notedAt: Instant };

/** Takes bills that are due, those due first first; they are due again at `leasedUntil` if nothing more is heard of them. */
export async function leaseLandedCosts(
  client: Queryable,
  tenant: string,
  limit: number,
  now: Instant,
  leasedUntil: Instant,
): Promise<DueLandedCost[]> {
  const { rows } = await client.query<DueLandedCost>(
    `with due as (
       select tenant, bill from lading.landed_cost
        where tenant = $1 and state = 'due' and (next_at is null or next_at <= to_timestamp($3::float8 / 1000))
        order by next_at nulls first, bill limit $2 for update skip locked)
     update lading.landed_cost cost set next_at = to_timestamp($4::float8 / 1000)
       from due where cost.tenant = due.tenant and cost.bill = due.bill
     returning cost.bill, cost.noted_at as "notedAt"`,
    [tenant, limit, now, leasedUntil],
  );
  return rows;
}

export type SettledLandedCost = {
  readonly bill: string;
  readonly state: 'due' | 'landed' | 'none' | 'left';
  readonly needsPerson?: boolean;
  readonly reason?: string;
  readonly nextAt?: Instant;
};

export async function settleLandedCosts(
  client: Queryable,
  tenant: string,
  settled: readonly SettledLandedCost[],
): Promise<void> {
  await client.query(
    `update lading.landed_cost cost
        set state = new.state, reason = new.reason, next_at = to_timestamp(new.next_at / 1000), needs_person = new.needs_person
       from unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::boolean[]) as new (bill, state, reason, next_at, needs_person)
      where cost.tenant = $1 and cost.bill = new.bill`,
    [
      tenant,
      settled.map(({ bill }) => bill),
      settled.map(({ state }) => state),
      settled.map(({ reason }) => reason),
      settled.map(({ nextAt }) => nextAt),
      settled.map(({ needsPerson = false }) => needsPerson),
    ],
  );
}

/**
 * Makes those due at once that wait and whose bill names a shipment of one of these numbers: its own or a reference. One that is
 * under way just now stays due when it is next told of.
 */
export async function wakeLandedCosts(
  client: Queryable,
  tenant: string,
  numbers: readonly string[],
  now: Instant,
): Promise<void> {
  if (numbers.length === 0) return;
  await client.query(
    `update lading.landed_cost cost set next_at = null
      where cost.tenant = $1 and cost.state = 'due' and cost.next_at > to_timestamp($3::float8 / 1000)
        and cost.bill in (
          select i.bill from lading.carrier_invoice i
            join lading.carrier_invoice_line l on l.tenant = i.tenant and l.id = i.id
           where i.tenant = $1 and l.tenant = $1 and l.shipment in (
             select unnest($2::text[])
             union select r.shipment from lading.reference r where r.tenant = $1 and r.value = any($2::text[])))`,
    [tenant, [...new Set(numbers)], now],
  );
}

/** When the next bill is due; 0: at once; `undefined`: none is. */
export async function nextLandedCostAt(client: Queryable, tenant: string): Promise<Instant | undefined> {
  const { rows } = await client.query<{ at: number }>({
    name: 'next-landed-cost-at',
    text: `select coalesce(extract(epoch from next_at) * 1000, 0)::float8 as at from lading.landed_cost
            where tenant = $1 and state = 'due' order by next_at nulls first limit 1`,
    values: [tenant],
  });
  return rows[0]?.at;
}
