// Whose billing an ERP that holds the orders is to be told anew, and what it was told last.
//
// Whoever changes something marks the shipment and reckons nothing; a station of its own looks whether there is news in it.
// A mark that comes while a shipment is being told is seen by its count, and the shipment is due again.
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

/** What comes within this of the first change is told with it: delivered, proven and invoiced is often one moment. */
const GATHER_MS = 2_000;
const SOON = 'to_timestamp($3::float8 / 1000)';
// Who is telling it goes on undisturbed, so that an older word never comes after a newer one.
const DUE_AGAIN = `state = case news.state when 'leased' then 'leased' else 'due' end,
             next_at = case news.state when 'leased' then news.next_at when 'due' then least(news.next_at, ${SOON}) else ${SOON} end`;

/** Shipments with goods of orders about which something was decided. Their rows are held by the transaction. */
export async function markBillingNews(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
  now: Instant,
): Promise<void> {
  if (shipments.length === 0) return;
  await client.query({
    name: 'mark-billing-news',
    text: `insert into lading.billing_news as news (tenant, shipment, next_at)
           select distinct $1, shipment, ${SOON} from unnest($2::text[]) as new (shipment) order by shipment
           on conflict (tenant, shipment) do update set marks = news.marks + 1, ${DUE_AGAIN}`,
    values: [tenant, shipments, now + GATHER_MS],
  });
}

/** Of these shipments, those that have goods of orders: something happened to their documents. */
export async function remarkBillingNews(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
  now: Instant,
): Promise<void> {
  if (shipments.length === 0) return;
  await client.query(
    `with marked as (
       select shipment from lading.billing_news where tenant = $1 and shipment = any($2::text[])
        order by shipment for update)
     update lading.billing_news news set marks = news.marks + 1, ${DUE_AGAIN}
       from marked where news.tenant = $1 and news.shipment = marked.shipment`,
    [tenant, shipments, now + GATHER_MS],
  );
}

export type DueBillingNews = {
  readonly shipment: string;
  readonly marks: string;
  /** As it was settled last. */
  readonly told?: string;
  /** What it holds of order lines, an order line once. */
  readonly lines: readonly { readonly order: string; readonly line: number }[];
};

type DueRow = Omit<DueBillingNews, 'told'> & { told: string | null };

/** Takes shipments that are due; they are due again at `leasedUntil` if nothing more is heard of them. */
export async function leaseBillingNews(
  client: Queryable,
  tenant: string,
  limit: number,
  now: Instant,
  leasedUntil: Instant,
): Promise<DueBillingNews[]> {
  const { rows } = await client.query<DueRow>(
    `with due as (
       select shipment from lading.billing_news
        where tenant = $1 and state in ('due', 'leased') and (next_at is null or next_at <= to_timestamp($3::float8 / 1000))
        order by next_at nulls first, shipment limit $2
        for update skip locked),
     leased as (
       update lading.billing_news news set state = 'leased', next_at = to_timestamp($4::float8 / 1000)
         from due where news.tenant = $1 and news.shipment = due.shipment
       returning news.shipment, news.marks::text, news.told)
     select leased.*,
            coalesce((select json_agg(json_build_object('order', c."order", 'line', c.line) order by c."order", c.line)
                        from lading.order_claim c where c.tenant = $1 and c.shipment = leased.shipment), '[]') as lines
       from leased order by leased.shipment`,
    [tenant, limit, now, leasedUntil],
  );
  return rows.map(({ told, ...row }) => ({ ...row, ...(told === null ? {} : { told }) }));
}

export type SettledBillingNews = {
  readonly shipment: string;
  readonly marks: string;
  readonly state: 'due' | 'told' | 'not-held';
  /** What was told; missing: what was told before still stands. */
  readonly told?: string;
  readonly trouble?: string;
  readonly nextAt?: Instant;
};

export async function settleBillingNews(
  client: Queryable,
  tenant: string,
  settled: readonly SettledBillingNews[],
): Promise<void> {
  if (settled.length === 0) return;
  await client.query(
    `with new as (
       select * from unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::float8[])
           as new (shipment, marks, state, told, trouble, next_at)),
     held as (
       select shipment from lading.billing_news where tenant = $1 and shipment = any($2::text[])
        order by shipment for update)
     update lading.billing_news news
        set state = case when news.marks = new.marks or new.state = 'due' then new.state else 'due' end,
            next_at = to_timestamp(new.next_at / 1000),
            told = coalesce(new.told, news.told), trouble = new.trouble
       from new join held using (shipment)
      where news.tenant = $1 and news.shipment = new.shipment`,
    [
      tenant,
      settled.map(({ shipment }) => shipment),
      settled.map(({ marks }) => marks),
      settled.map(({ state }) => state),
      settled.map(({ told }) => told),
      settled.map(({ trouble }) => trouble),
      settled.map(({ nextAt }) => nextAt),
    ],
  );
}

/** When the next are due; 0: at once; `undefined`: none are. */
export async function nextBillingNewsAt(client: Queryable, tenant: string): Promise<Instant | undefined> {
  const { rows } = await client.query<{ at: number | null }>({
    name: 'next-billing-news-at',
    text: `select coalesce(extract(epoch from next_at) * 1000, 0)::float8 as at from lading.billing_news
            where tenant = $1 and state in ('due', 'leased') order by next_at nulls first limit 1`,
    values: [tenant],
  });
  return rows[0]?.at ?? undefined;
}
