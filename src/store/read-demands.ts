// Transport demand as people and the API see it: what was asked of whom, and how that stands.
import type { Queryable } from './database.ts';
import { type PageRequest, utc, withoutNulls } from './reading.ts';

export const DEMAND_STATES = [
  'asking',
  'asked',
  'acknowledged',
  'accepted',
  'declined',
  'rejected',
  'refused',
  'cancelled',
] as const;

export type DemandView = {
  readonly order: string;
  readonly customer: string;
  readonly recipient: string;
  readonly state: (typeof DEMAND_STATES)[number];
  /** Messages so far. */
  readonly revision: number;
  readonly purpose: 'original' | 'change' | 'cancel';
  /** Control number of the last X12 interchange. */
  readonly control: number;
  readonly effect: string;
  readonly reason?: string;
  readonly madeAt: string;
  readonly takenAt?: string;
  readonly acknowledgedAt?: string;
  readonly answeredAt?: string;
  readonly answerDueAt?: string;
};
export type DemandFilter = {
  readonly order?: string;
  readonly customer?: string;
  readonly recipient?: string;
  readonly state?: string;
};

const STATE = `case
  when e.state in ('refused', 'dead') then 'refused'
  when m.rejected_as is not null then 'rejected'
  when m.taken_at is null then 'asking'
  when m.purpose = 'cancel' then 'cancelled'
  when d.answer is not null then d.answer
  when d.acknowledged_at is not null then 'acknowledged'
  else 'asked' end`;

/** By order, then customer. */
export async function listDemands(
  db: Queryable,
  tenant: string,
  filter: DemandFilter,
  { limit, after }: PageRequest,
): Promise<DemandView[]> {
  const { rows } = await db.query(
    `select * from (
       select d."order", d.customer, d.recipient, ${STATE} as state, d.revision, m.purpose, m.control::float8 as control,
              e.key as effect, e.reason, ${utc('m.made_at')} as "madeAt", ${utc('m.taken_at')} as "takenAt",
              ${utc('d.acknowledged_at')} as "acknowledgedAt", ${utc('d.answered_at')} as "answeredAt",
              ${utc('d.answer_due_at')} as "answerDueAt"
         from lading.transport_demand d
         join lading.demand_message m using (tenant, "order", customer, revision)
         join lading.effect e on e.tenant = d.tenant and e.key = 'demand:' || m.recipient || ':' || m.subject
        where d.tenant = $1 and ($2::text is null or (d."order", d.customer) > ($2, $3))
          and ($4::text is null or d."order" = $4) and ($5::text is null or d.customer = $5)
          and ($6::text is null or d.recipient = $6)) as demand
      where $7::text is null or state = $7
      order by "order", customer limit $8`,
    [tenant, after?.[0], after?.[1], filter.order, filter.customer, filter.recipient, filter.state, limit + 1],
  );
  return rows.map(withoutNulls<DemandView>);
}
