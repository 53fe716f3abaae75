// Revenue and cost as the ledger holds them, by shipment, lane, customer or carrier.
//
// Amounts of one currency are added here. What belongs to a shipment whose currencies were brought together comes by itself,
// with the rates kept for it.
import type { RateUsed } from '../../model/exchange.ts';
import type { LocalDate } from '../../model/time.ts';
import type { Queryable } from '../database.ts';

export const MARGIN_CUTS = ['shipment', 'lane', 'customer', 'carrier'] as const;
export type MarginCut = (typeof MARGIN_CUTS)[number];

export type MarginFilter = {
  readonly by: MarginCut;
  /** The first days of months, both included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly legalEntity?: string;
  /** Of this one alone. */
  readonly only?: string;
};

export type HeldAmounts = {
  /** What is cut by; empty where it is not known. */
  readonly of: string;
  readonly legalEntity: string;
  readonly currency: string;
  /** Minor units: all stages together, and what of it is accrued or invoiced. */
  readonly revenueMinor: bigint;
  readonly costMinor: bigint;
  readonly earnedRevenueMinor: bigint;
  readonly earnedCostMinor: bigint;
  readonly rates: readonly RateUsed[];
};

type Row = { [Key in keyof HeldAmounts]: Key extends 'rates' ? RateUsed[] | null : string };

const sumOf = (side: string, earned = '') =>
  `coalesce(sum(amount_minor) filter (where side = '${side}'${earned}), 0)::text`;
const EARNED = ` and stage <> 'expected'`;

/** In order of what is cut by: the next `limit` of these after the one given, each with all its amounts. */
export async function heldAmounts(
  client: Queryable,
  tenant: string,
  { by, from, to, legalEntity, only }: MarginFilter,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<HeldAmounts[]> {
  const { rows } = await client.query<Row>(
    `with held as (
       select ${by} as of, shipment, legal_entity, currency, side, stage, amount_minor
         from lading.ledger_entry
        where tenant = $1 and account in ('expected-receivable', 'accrued-receivable', 'receivable',
                                          'expected-cost', 'accrued-cost', 'cost')
          and ($2::date is null or period >= $2) and ($3::date is null or period <= $3)
          and ($4::text is null or legal_entity = $4) and ($5::text is null or ${by} = $5)
          and ($6::text is null or ${by} > $6)
     ), page as (select distinct of from held order by of limit $7)
     select h.of, h.legal_entity as "legalEntity", h.currency, x.rates,
            ${sumOf('sell')} as "revenueMinor", ${sumOf('buy')} as "costMinor",
            ${sumOf('sell', EARNED)} as "earnedRevenueMinor", ${sumOf('buy', EARNED)} as "earnedCostMinor"
       from held h
       join page using (of)
       left join lateral (
         select s.shipment, s.standing::jsonb -> 'exchange' as rates from lading.shipment s
          where s.tenant = $1 and s.shipment = h.shipment and s.standing like '%"exchange"%') as x on true
      group by h.of, h.legal_entity, h.currency, x.shipment, x.rates
      order by h.of, h.legal_entity, h.currency, x.shipment nulls first`,
    [tenant, from, to, legalEntity, only, after, limit],
  );
  return rows.map(({ revenueMinor, costMinor, earnedRevenueMinor, earnedCostMinor, rates, ...row }) => ({
    ...row,
    rates: rates ?? [],
    revenueMinor: BigInt(revenueMinor),
    costMinor: BigInt(costMinor),
    earnedRevenueMinor: BigInt(earnedRevenueMinor),
    earnedCostMinor: BigInt(earnedCostMinor),
  }));
}
