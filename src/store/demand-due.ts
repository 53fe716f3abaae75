// Orders of which a carrier or TMS may have to be told something, and when to look at them.
import type { ClientBase } from 'pg';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type DueDemand = {
  readonly order: string;
  readonly customer: string;
  /** The partner that told of the order. */
  readonly askedBy: string;
  readonly recipient: string;
};

/** Has these looked at by `at`, unless that is to happen sooner. */
export async function markDemandsDue(
  client: Queryable,
  tenant: string,
  due: readonly DueDemand[],
  at: Instant,
): Promise<void> {
  const unique = [...new Map(due.map((each) => [`${each.order} ${each.customer}`, each])).entries()].sort();
  const rows = unique.map(([, each]) => each);
  if (rows.length === 0) return;
  await client.query(
    `insert into lading.demand_due as due (tenant, "order", customer, asked_by, recipient, due_at)
     select $1, "order", customer, asked_by, recipient, to_timestamp($6::float8 / 1000)
       from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as new ("order", customer, asked_by, recipient)
     on conflict (tenant, "order", customer) do update
        set due_at = least(due.due_at, excluded.due_at), asked_by = excluded.asked_by, recipient = excluded.recipient`,
    [
      tenant,
      rows.map(({ order }) => order),
      rows.map(({ customer }) => customer),
      rows.map(({ askedBy }) => askedBy),
      rows.map(({ recipient }) => recipient),
      at,
    ],
  );
}

/** Holds the one that is due longest until the transaction ends; others go to the next. */
export async function holdDueDemand(client: ClientBase, tenant: string, now: Instant): Promise<DueDemand | undefined> {
  const { rows } = await client.query<DueDemand>({
    name: 'hold-due-demand',
    text: `select "order", customer, asked_by as "askedBy", recipient from lading.demand_due
      where tenant = $1 and due_at <= to_timestamp($2::float8 / 1000)
      order by due_at, "order", customer limit 1 for update skip locked`,
    values: [tenant, now],
  });
  return rows[0];
}

/** It was looked at; `again`: when to look next, if at all. */
export async function demandLookedAt(
  client: ClientBase,
  tenant: string,
  { order, customer }: Pick<DueDemand, 'order' | 'customer'>,
  again?: Instant,
): Promise<void> {
  const where = `where tenant = $1 and "order" = $2 and customer = $3`;
  if (again === undefined) await client.query(`delete from lading.demand_due ${where}`, [tenant, order, customer]);
  else {
    const set = `update lading.demand_due set due_at = to_timestamp($4::float8 / 1000)`;
    await client.query(`${set} ${where}`, [tenant, order, customer, again]);
  }
}

/** When an order is to be looked at or an answer will be overdue; `undefined`: nothing is awaited. */
export async function nextDemandAt(client: Queryable, tenant: string): Promise<Instant | undefined> {
  const { rows } = await client.query<{ at: Instant | null }>({
    name: 'next-demand-at',
    text: `select least((select min(due_at) from lading.demand_due where tenant = $1),
                        (select min(answer_due_at) from lading.transport_demand
                          where tenant = $1 and answer_due_at is not null)) as at`,
    values: [tenant],
  });
  return rows[0]?.at ?? undefined;
}

export type Progress = { readonly moving: number; readonly ended: number; readonly before: number };

/** How many of the order's shipments, cancelled ones aside, are on their way, at its end, and not picked up yet. */
export async function orderProgress(
  client: Queryable,
  tenant: string,
  { order, customer }: Pick<DueDemand, 'order' | 'customer'>,
): Promise<Progress> {
  const { rows } = await client.query<Progress>(
    `select count(*) filter (where s.status in ('dispatched', 'in-transit'))::int as moving,
            count(*) filter (where s.status in ('delivered', 'refused', 'returned'))::int as ended,
            count(*) filter (where s.status in ('planned', 'tendered', 'accepted', 'declined'))::int as before
       from lading.shipment s
      where s.tenant = $1 and s.customer = $3 and s.shipment in (
        select shipment from lading.reference where tenant = $1 and type = 'order' and value = $2)`,
    [tenant, order, customer],
  );
  return rows[0] as Progress;
}
