// What is delivered and not invoiced, and what is owed: the money that is on its way.
import type { LocalDate } from '../../model/time.ts';
import type { Queryable } from '../database.ts';
import { IS_OPEN, OPEN_ITEMS } from '../receivables.ts';

/**
 * What of each shipment is on no posted document, a row a currency: `shipment`, `customer`, `billing`, `delivered_at`,
 * `currency`, `minor`. Taken apart in the list of columns, where several processes may share the work.
 */
export const UNPOSTED = `
  select l.shipment, l.customer, l.billing, l.delivered_at,
         unnest(l.unposted_currencies) as currency, unnest(l.unposted_minors) as minor
    from lading.shipment_listing l where l.tenant = $1`;

export type UnbilledMoney = {
  readonly currency: string;
  /** Of the shipment: `held`, `waiting`, … */
  readonly billing: string;
  /** Kind of its oldest open exception, if it has one. */
  readonly because?: string;
  readonly shipments: number;
  readonly amountMinor: bigint;
};

/** What delivered shipments have that is on no posted document, by what it waits for; the largest amounts first. */
export async function unbilledMoney(db: Queryable, tenant: string): Promise<UnbilledMoney[]> {
  const { rows } = await db.query<
    Omit<UnbilledMoney, 'amountMinor' | 'because'> & { minor: string; because: string | null }
  >(
    `with why as (
       select distinct on (shipment) shipment, kind from lading.exception
        where tenant = $1 and closed_at is null and shipment is not null order by shipment, id)
     select currency, billing, why.kind as because, count(*)::int as shipments, sum(minor)::text as minor
       from (${UNPOSTED} and l.delivered_at is not null) as owed
       left join why on why.shipment = owed.shipment
      group by 1, 2, 3 order by sum(minor) desc, 1, 2, 3`,
    [tenant],
  );
  return rows.map(({ minor, because, ...row }) => ({
    ...row,
    ...(because === null ? {} : { because }),
    amountMinor: BigInt(minor),
  }));
}

export type OwedMoney = { readonly currency: string; readonly open: bigint; readonly overdue: bigint };

/** What customers owe by currency, credit notes taken off; of the invoices, what is past its day. */
export async function owedMoney(db: Queryable, tenant: string, today: LocalDate): Promise<OwedMoney[]> {
  const { rows } = await db.query<{ currency: string; open: string; overdue: string }>(
    `select currency, sum(case kind when 'credit-note' then -open_minor else open_minor end)::text as open,
            coalesce(sum(open_minor) filter (where kind <> 'credit-note' and due_on < $2::date), 0)::text as overdue
       from (${OPEN_ITEMS} and ${IS_OPEN}) as item group by currency order by currency`,
    [tenant, today],
  );
  return rows.map(({ currency, open, overdue }) => ({ currency, open: BigInt(open), overdue: BigInt(overdue) }));
}
