// Transport demand as people and the API see it: what was asked of whom, and how that stands.
import type { Queryable } from '../database.ts';
import { type PageRequest, utc, withoutNulls } from '../reading.ts';

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
  readonly effectState: string;
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

export type DemandMessageView = {
  readonly message: string;
  readonly order: string;
  readonly customer: string;
  readonly recipient: string;
  readonly revision: number;
  readonly purpose: 'original' | 'change' | 'cancel';
  readonly control: number;
  /** JSON */
  readonly content: string;
  readonly effect: string;
  readonly effectState: string;
  readonly attempts: number;
  readonly reason?: string;
  readonly nextAt?: string;
  readonly madeAt: string;
  readonly resentBy?: string;
  readonly takenAt?: string;
  readonly receiptedAt?: string;
  readonly rejectedAs?: string;
  readonly answer?: 'accepted' | 'declined';
  readonly answeredAt?: string;
};

/** Of one order, oldest first; at most two hundred. */
export async function messagesOfDemand(
  db: Queryable,
  tenant: string,
  { order, customer }: { readonly order: string; readonly customer: string },
): Promise<DemandMessageView[]> {
  const { rows } = await db.query(
    `select m.subject as message, m."order", m.customer, m.recipient, m.revision, m.purpose, m.control::float8 as control,
            m.content, e.key as effect, e.state as "effectState", e.attempts,
            case when e.state <> 'confirmed' then e.reason end as reason,
            case when e.state in ('intended', 'sent', 'unknown') then ${utc('e.next_at')} end as "nextAt",
            ${utc('m.made_at')} as "madeAt", m.resent_by as "resentBy", ${utc('m.taken_at')} as "takenAt",
            ${utc('m.receipted_at')} as "receiptedAt", m.rejected_as as "rejectedAs", m.answer, ${utc('m.answered_at')} as "answeredAt"
       from lading.demand_message m
       join lading.effect e on e.tenant = m.tenant and e.key = 'demand:' || m.recipient || ':' || m.subject
      where m.tenant = $1 and m."order" = $2 and m.customer = $3
      order by m.revision limit 200`,
    [tenant, order, customer],
  );
  return rows.map(withoutNulls<DemandMessageView>);
}

/** The order and customer of a message's name, `SO-1/acme/2`. */
export async function demandOfMessage(
  db: Queryable,
  tenant: string,
  message: string,
): Promise<{ order: string; customer: string } | undefined> {
  const { rows } = await db.query<{ order: string; customer: string }>(
    `select "order", customer from lading.demand_message where tenant = $1 and subject = $2`,
    [tenant, message],
  );
  return rows[0];
}

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
              e.key as effect, e.state as "effectState", e.reason, ${utc('m.made_at')} as "madeAt", ${utc('m.taken_at')} as "takenAt",
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
