// Answers to what somebody was asked to carry: receipts by control number, words on an order by its number.
import type { ClientBase } from 'pg';
import type { Instant } from '../model/time.ts';

export type Receipted = {
  readonly order: string;
  readonly isLast: boolean;
  /** Documents of the order's earlier messages that were rejected. */
  readonly rejectedBefore: readonly string[];
};

/** The partner has, or rejects (`rejectedAs`: under which name), the message of this control number. */
export async function takeReceipt(
  client: ClientBase,
  tenant: string,
  receipt: { readonly recipient: string; readonly control: number; readonly rejectedAs?: string },
  now: Instant,
): Promise<Receipted | undefined> {
  const { recipient, control, rejectedAs } = receipt;
  const { rows } = await client.query<Receipted>(
    `with named as (
       update lading.demand_message
          set rejected_as = $4, taken_at = coalesce(taken_at, to_timestamp($5::float8 / 1000)),
              receipted_at = to_timestamp($5::float8 / 1000)
        where tenant = $1 and subject = (
          select subject from lading.demand_message where tenant = $1 and recipient = $2 and control = $3
           order by made_at desc limit 1)
       returning "order", customer, revision, purpose),
     last as (
       update lading.transport_demand d
          set acknowledged_at = case when $4::text is null then to_timestamp($5::float8 / 1000) end,
              answer_due_at = case when $4::text is null and named.purpose <> 'cancel' then d.answer_due_at end
         from named
        where d.tenant = $1 and d."order" = named."order" and d.customer = named.customer and d.revision = named.revision
       returning named.purpose)
     select named."order", exists (select from last where purpose = 'cancel') as "isLast",
            array(select rejected_as from lading.demand_message m
                   where m.tenant = $1 and m."order" = named."order" and m.customer = named.customer
                     and m.revision < named.revision and m.rejected_as is not null) as "rejectedBefore"
       from named`,
    [tenant, recipient, control, rejectedAs, now],
  );
  return rows[0];
}

/** The partner accepts or declines what it was asked to carry under one of these numbers. Returns the order, where one was asked. */
export async function takeAnswer(
  client: ClientBase,
  tenant: string,
  answer: { readonly recipient: string; readonly names: readonly string[]; readonly answer: 'accepted' | 'declined' },
  now: Instant,
): Promise<string | undefined> {
  const { rows } = await client.query<{ order: string }>(
    `with answered as (
       update lading.transport_demand
          set answer = $4, answered_at = to_timestamp($5::float8 / 1000), answer_due_at = null,
              acknowledged_at = coalesce(acknowledged_at, to_timestamp($5::float8 / 1000))
        where tenant = $1 and recipient = $2 and "order" = any($3) returning "order", customer, revision),
     told as (
       update lading.demand_message m set answer = $4, answered_at = to_timestamp($5::float8 / 1000)
         from answered
        where m.tenant = $1 and m."order" = answered."order" and m.customer = answered.customer
          and m.revision = coalesce((select max(had.revision) from lading.demand_message had
                where had.tenant = $1 and had."order" = answered."order" and had.customer = answered.customer
                  and had.taken_at is not null), answered.revision))
     select "order" from answered`,
    [tenant, answer.recipient, answer.names, answer.answer, now],
  );
  return rows[0]?.order;
}
