// What money depends on each open exception, kept beside it so that a hundred thousand can be sorted by it.
import type { ClientBase } from 'pg';
import type { Queryable } from './database.ts';

/** An amount that hangs on an exception; of one exception there may be several, in several currencies. */
export type StakeRow = {
  readonly id: string;
  readonly customer: string | null;
  readonly currency: string | null;
  readonly minor: string | null;
};

/** Up to `limit` open exceptions whose stake is to be looked up; held, and never waited for. */
export async function takeUnweighed(client: ClientBase, tenant: string, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'take-unweighed',
    text: `select id::text from lading.exception where tenant = $1 and to_weigh and closed_at is null
            order by exception.id limit $2 for update skip locked`,
    values: [tenant, limit],
  });
  return rows.map(({ id }) => id);
}

// What the shipment's customer is still to be billed; for a question of service, all that it is worth; where nothing can
// be rated, what the carrier gets. Of a payment what is left, of an invoice what is open, of a carrier's bill what it bills
// or what of it is disputed.
const STAKES = `
  with x as (select * from lading.exception where tenant = $1 and id = any($2::bigint[])),
  own as (
    select x.id, c.currency, c.side, sum(abs(c.amount_minor)) as minor
      from x join lading.charge c on c.tenant = $1 and c.shipment = x.shipment
     where x.kind not like 'carrier-invoice-%' and (
       case when c.side = 'buy' then x.kind <> 'adjustment-approval'
            when x.kind in ('delivery-failed', 'shipment-delayed', 'shipment-damaged') then c.state <> 'waived'
            when x.kind = 'adjustment-approval' then c.state = 'pending'
            else c.state in ('expected', 'pending') end)
     group by 1, 2, 3),
  found as (
    select id, currency, minor from own where side = 'sell' and minor > 0
    union all
    select id, currency, minor from own o where side = 'buy' and not exists (
      select from own s where s.id = o.id and s.side = 'sell' and s.minor > 0)
    union all
    select x.id, i.currency, case x.kind when 'carrier-invoice-mismatch' then coalesce(d.disputed_minor, i.billed_minor)
           else i.billed_minor end
      from x join lading.carrier_invoice i on i.tenant = $1 and x.subject = i.carrier || '/' || i.invoice
        and i.carrier = split_part(x.subject, '/', 1)
      left join lading.carrier_dispute d on d.tenant = $1 and d.id = i.id
     where x.kind like 'carrier-invoice-%'
    union all
    select x.id, p.currency, p.left_minor from x
      join lading.payment p on p.tenant = $1 and p.payment = x.subject where x.kind = 'payment-unmatched'
    union all
    select x.id, i.currency, i.subtotal_minor + i.tax_minor - i.settled_minor
      from x join lading.invoice i on i.tenant = $1 and i.number = x.subject
     where x.kind in ('invoice-overdue', 'erp-document-changed', 'erp-difference', 'erp-rejected'))
  select x.id::text, coalesce(l.customer, i.customer, p.customer) as customer, f.currency, f.minor::text
    from x
    left join lading.shipment_listing l on l.tenant = $1 and l.shipment = x.shipment
    left join lading.invoice i on i.tenant = $1 and i.number = x.subject and x.kind in ('invoice-overdue', 'erp-rejected')
    left join lateral (select customer from lading.payment where tenant = $1 and payment = x.subject limit 1) p
      on x.kind = 'payment-unmatched'
    left join found f on f.id = x.id`;

export async function stakesOf(client: ClientBase, tenant: string, ids: readonly string[]): Promise<StakeRow[]> {
  const { rows } = await client.query<StakeRow>({ name: 'stakes-of', text: STAKES, values: [tenant, ids] });
  return rows;
}

export type Stake = {
  readonly id: string;
  readonly customer?: string;
  readonly currency?: string;
  readonly minor?: bigint;
  /** Decimal text in major units; `-1` where nothing is known. */
  readonly major: string;
};

export async function writeStakes(client: ClientBase, tenant: string, stakes: readonly Stake[]): Promise<void> {
  await client.query({
    name: 'write-stakes',
    text: `
      update lading.exception e
         set to_weigh = false, customer = new.customer, stake_currency = new.currency, stake_minor = new.minor,
             stake_major = new.major
        from unnest($2::bigint[], $3::text[], $4::text[], $5::numeric[], $6::numeric[])
          as new (id, customer, currency, minor, major)
       where e.tenant = $1 and e.id = new.id`,
    values: [
      tenant,
      stakes.map(({ id }) => id),
      stakes.map(({ customer }) => customer),
      stakes.map(({ currency }) => currency),
      stakes.map(({ minor }) => minor?.toString()),
      stakes.map(({ major }) => major),
    ],
  });
}

/** The charges of these shipments changed: what hangs on their open exceptions is looked up again. */
export async function markToWeigh(db: Queryable, tenant: string, shipments: readonly string[]): Promise<void> {
  if (shipments.length === 0) return;
  await db.query({
    name: 'mark-to-weigh',
    text: `
      update lading.exception e set to_weigh = true
        from (select id from lading.exception
               where tenant = $1 and shipment = any($2::text[]) and closed_at is null and not to_weigh
               order by (kind || ' ' || subject) collate "C" for update) as open
       where e.tenant = $1 and e.id = open.id`,
    values: [tenant, shipments],
  });
}
