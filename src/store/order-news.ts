// What an ERP that holds the orders is still to be told of their shipments, and what it is told.
import type { ShipmentStatus } from '../model/decision.ts';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

/** The milestones of a shipment that are news of its orders. */
const MILESTONES = ['dispatched', 'delivered', 'refused', 'returned'] as const satisfies readonly ShipmentStatus[];
export type NewsMilestone = (typeof MILESTONES)[number];

/** Each milestone of each shipment is news once, however often it is decided again. */
export async function noteNews(
  client: Queryable,
  tenant: string,
  claims: readonly { readonly shipment: string; readonly status: ShipmentStatus }[],
): Promise<void> {
  const reached = claims.filter(({ status }) => (MILESTONES as readonly string[]).includes(status));
  if (reached.length === 0) return;
  await client.query(
    `insert into lading.order_news (tenant, shipment, milestone)
     select distinct $1, shipment, milestone from unnest($2::text[], $3::text[]) as new (shipment, milestone)
     on conflict do nothing`,
    [tenant, reached.map(({ shipment }) => shipment), reached.map(({ status }) => status)],
  );
}

export type DueNews = {
  readonly shipment: string;
  readonly milestone: NewsMilestone;
  /** When it came to that, as far as it is known. */
  readonly at?: Instant;
  readonly lines: readonly { readonly order: string; readonly line: number; readonly quantity: string }[];
};

type NewsRow = Omit<DueNews, 'at'> & { at: Instant | null };

/**
 * Takes news that are due, in the order of the shipments' milestones; they are due again at `leasedUntil` if nothing
 * more is heard of them.
 */
export async function leaseNews(
  client: Queryable,
  tenant: string,
  limit: number,
  now: Instant,
  leasedUntil: Instant,
): Promise<DueNews[]> {
  const { rows } = await client.query<NewsRow>(
    `with due as (
       select tenant, shipment, milestone from lading.order_news
        where tenant = $1 and state = 'due' and (next_at is null or next_at <= to_timestamp($3::float8 / 1000))
        order by next_at nulls first, shipment, milestone desc
        limit $2
        for update skip locked),
     leased as (
       update lading.order_news news set next_at = to_timestamp($4::float8 / 1000)
         from due where news.tenant = due.tenant and news.shipment = due.shipment and news.milestone = due.milestone
       returning news.shipment, news.milestone)
     select leased.shipment, leased.milestone,
            case leased.milestone when 'delivered' then s.delivered_at when 'dispatched' then s.picked_up_at end as at,
            coalesce((select json_agg(json_build_object('order', c."order", 'line', c.line, 'quantity', c.kept)
                                      order by c."order", c.line)
                        from lading.order_claim c where c.tenant = $1 and c.shipment = leased.shipment), '[]') as lines
       from leased join lading.shipment s on s.tenant = $1 and s.shipment = leased.shipment
      order by leased.shipment, leased.milestone desc`,
    [tenant, limit, now, leasedUntil],
  );
  return rows.map(({ at, ...row }) => ({ ...row, ...(at === null ? {} : { at }) }));
}

export type SettledNews = {
  readonly shipment: string;
  readonly milestone: string;
  readonly state: 'due' | 'told' | 'not-held';
  readonly reason?: string;
  readonly nextAt?: Instant;
};

export async function settleNews(client: Queryable, tenant: string, settled: readonly SettledNews[]): Promise<void> {
  await client.query(
    `update lading.order_news news
        set state = new.state, reason = new.reason, next_at = to_timestamp(new.next_at / 1000)
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::float8[])
         as new (shipment, milestone, state, reason, next_at)
      where news.tenant = $1 and news.shipment = new.shipment and news.milestone = new.milestone`,
    [
      tenant,
      settled.map(({ shipment }) => shipment),
      settled.map(({ milestone }) => milestone),
      settled.map(({ state }) => state),
      settled.map(({ reason }) => reason),
      settled.map(({ nextAt }) => nextAt),
    ],
  );
}

/** When the next news are due; 0: at once; `undefined`: none are. */
export async function nextNewsAt(client: Queryable, tenant: string): Promise<Instant | undefined> {
  const { rows } = await client.query<{ at: number | null }>({
    name: 'next-news-at',
    text: `select coalesce(extract(epoch from next_at) * 1000, 0)::float8 as at from lading.order_news
            where tenant = $1 and state = 'due' order by next_at nulls first limit 1`,
    values: [tenant],
  });
  return rows[0]?.at ?? undefined;
}
