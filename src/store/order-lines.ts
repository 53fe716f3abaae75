// Orders that have something to decide, and what their lines are asked for and were given.
import type { ClientBase } from 'pg';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type DueOrder = { readonly order: string; readonly mark: string };

/** Has these orders, by number, looked at as soon as a worker gets to it. Call once a transaction: rows are taken. */
export async function markOrdersDue(client: Queryable, tenant: string, orders: readonly string[]): Promise<void> {
  if (orders.length === 0) return;
  // Written again where it is there: the new mark tells a worker who is at it that more was asked for meanwhile.
  await client.query(
    `insert into lading.order_due (tenant, "order")
     select $1, "order" from unnest($2::text[]) as new ("order") order by "order"
     on conflict (tenant, "order") do update set "order" = excluded."order"`,
    [tenant, [...new Set(orders)]],
  );
}

/** Orders that are due; the mark tells later whether somebody asked again meanwhile. */
export async function dueOrders(client: Queryable, tenant: string, limit: number): Promise<DueOrder[]> {
  const { rows } = await client.query<DueOrder>(
    `select "order", xmin::text as mark from lading.order_due where tenant = $1 order by "order" limit $2`,
    [tenant, limit],
  );
  return rows;
}

/** One worker at a time decides for an order; `false`: another does so now. */
export async function holdOrder(client: ClientBase, tenant: string, order: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('lading order lines ' || $1 || ' ' || $2, 0)) as held`,
    [tenant, order],
  );
  return rows[0]?.held === true;
}

/** It was decided for; left due where somebody asked again since the mark. */
export async function orderDone(client: ClientBase, tenant: string, { order, mark }: DueOrder): Promise<void> {
  await client.query('delete from lading.order_due where tenant = $1 and "order" = $2 and xmin::text = $3', [
    tenant,
    order,
    mark,
  ]);
}

export type OpenClaim = {
  readonly customer: string;
  readonly line: number;
  readonly shipment: string;
  readonly wanted: string;
  readonly dueSince: Instant | null;
  /** It was decided upon another state of the order than now. */
  readonly isStale: boolean;
};

/**
 * Claims on an order, by number, that are due and ask for more than was documented, and those decided upon another state of
 * the order than now. What is documented may be more by now: see `documentedOf`.
 */
export async function openClaimsOf(client: ClientBase, tenant: string, order: string): Promise<OpenClaim[]> {
  const { rows } = await client.query<OpenClaim>(
    `select customer, line, shipment, wanted, due_since as "dueSince",
            claim.placed is distinct from placed.event_id as "isStale"
       from lading.order_claim claim
       left join lading.customer_order placed using (tenant, customer, "order")
      where tenant = $1 and "order" = $2
        and (due_since is not null and wanted <> documented or claim.placed is distinct from placed.event_id)`,
    [tenant, order],
  );
  return rows;
}

export type Documented = {
  readonly customer: string;
  readonly line: number;
  readonly shipment: string;
  /** Net of credit notes; decimal text. */
  readonly quantity: string;
};

/** What the documents of an order, by number, come to. */
export async function documentedOf(client: Queryable, tenant: string, order: string): Promise<Documented[]> {
  const { rows } = await client.query<Documented>(
    `select i.customer, l.line, l.shipment,
            sum(case i.kind when 'credit-note' then -1 else 1 end * l.quantity_delta::numeric)::text as quantity
       from lading.invoice_line l join lading.invoice i using (tenant, number)
      where l.tenant = $1 and l."order" = $2 and l.quantity_delta is not null and i.state <> 'cancelled'
      group by i.customer, l.line, l.shipment`,
    [tenant, order],
  );
  return rows;
}
