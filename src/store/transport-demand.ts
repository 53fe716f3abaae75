// What somebody was asked to carry, message by message, and what was answered.
import type { ClientBase } from 'pg';
import type { DemandContent, DemandPurpose } from '../model/demand.ts';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';
import type { DueDemand } from './demand-due.ts';

export type DemandName = Pick<DueDemand, 'order' | 'customer'>;

/** The effect's system of what is asked of a partner. */
export function demandSystem(recipient: string): string {
  return `demand:${recipient}`;
}

export type KnownDemand = {
  readonly recipient: string;
  readonly revision: number;
  readonly underWay: boolean;
  readonly answer: 'accepted' | 'declined' | null;
  /** The last message that was taken and not rejected afterwards. */
  readonly purpose: DemandPurpose | null;
  readonly content: string | null;
};

export async function knownDemand(
  client: Queryable,
  tenant: string,
  { order, customer }: DemandName,
): Promise<KnownDemand | undefined> {
  const { rows } = await client.query<KnownDemand>(
    `select d.recipient, d.revision, d.under_way as "underWay", d.answer, m.purpose, m.content
       from lading.transport_demand d
       left join lateral (
         select purpose, content from lading.demand_message m
          where m.tenant = d.tenant and m."order" = d."order" and m.customer = d.customer
            and m.taken_at is not null and m.rejected_as is null
          order by revision desc limit 1) m on true
      where d.tenant = $1 and d."order" = $2 and d.customer = $3`,
    [tenant, order, customer],
  );
  return rows[0];
}

/** Holds what was asked of an order until the transaction ends. */
export async function holdDemands(
  client: ClientBase,
  tenant: string,
  order: string,
): Promise<Omit<DueDemand, 'order'>[]> {
  const { rows } = await client.query<Omit<DueDemand, 'order'>>(
    `select customer, asked_by as "askedBy", recipient from lading.transport_demand
      where tenant = $1 and "order" = $2 order by customer for update`,
    [tenant, order],
  );
  return rows;
}

/** Since when the partner is asked: from now on, where it never was. */
export async function askedSince(client: Queryable, tenant: string, recipient: string, now: Instant): Promise<Instant> {
  const { rows } = await client.query<{ at: Instant }>(
    `insert into lading.demand_recipient as known (tenant, recipient, began_at)
     values ($1, $2, to_timestamp($3::float8 / 1000))
     on conflict (tenant, recipient) do update set began_at = known.began_at returning began_at as at`,
    [tenant, recipient, now],
  );
  return (rows[0] as { at: Instant }).at;
}

export type Asking = DueDemand & {
  readonly revision: number;
  readonly purpose: DemandPurpose;
  readonly content: DemandContent;
  /** Who had it asked again, where that was a person. */
  readonly resentBy?: string;
};

/** Writes a message, the demand and the effect that brings it about. */
export async function keepDemand(client: ClientBase, tenant: string, asking: Asking, now: Instant): Promise<void> {
  const { order, customer, askedBy, recipient, revision, purpose, content, resentBy } = asking;
  const subject = `${order}/${customer}/${revision}`;
  await client.query(
    `with counted as (
       update lading.demand_recipient set last_control = last_control % 999999999 + 1
        where tenant = $1 and recipient = $4 returning last_control),
     told as (
       insert into lading.demand_message (tenant, subject, recipient, "order", customer, revision, purpose, content, control, made_at, resent_by)
       select $1, $5, $4, $2, $3, $6, $7, $8, last_control, to_timestamp($9::float8 / 1000), $11 from counted)
     insert into lading.transport_demand as known (tenant, "order", customer, recipient, asked_by, revision, under_way)
     values ($1, $2, $3, $4, $10, $6, true)
     on conflict (tenant, "order", customer) do update
        set revision = excluded.revision, under_way = true, answer_due_at = null,
            acknowledged_at = null, answer = null, answered_at = null`,
    [
      ...[tenant, order, customer, recipient, subject, revision, purpose, JSON.stringify(content), now, askedBy],
      resentBy ?? null,
    ],
  );
  const system = demandSystem(recipient);
  await client.query(
    `insert into lading.effect (tenant, key, system, kind, subject, next_at, created_at, changed_at)
     select $1, $2 || ':' || $3, $2, 'demand', $3, at, at, at from to_timestamp($4::float8 / 1000) as at`,
    [tenant, system, subject, now],
  );
}

export type DemandMessage = DemandName & {
  readonly subject: string;
  readonly recipient: string;
  readonly askedBy: string;
  readonly revision: number;
  /** Another one came after it. */
  readonly isSuperseded: boolean;
  readonly purpose: DemandPurpose;
  readonly content: DemandContent;
  readonly control: number;
  readonly madeAt: Instant;
};

export async function demandMessages(
  client: Queryable,
  tenant: string,
  subjects: readonly string[],
): Promise<Map<string, DemandMessage>> {
  const { rows } = await client.query<Omit<DemandMessage, 'content'> & { content: string }>(
    `select m.subject, m.recipient, d.asked_by as "askedBy", m."order", m.customer, m.revision,
            d.revision > m.revision as "isSuperseded", m.purpose, m.content, m.control::float8 as control, m.made_at as "madeAt"
       from lading.demand_message m join lading.transport_demand d using (tenant, "order", customer)
      where m.tenant = $1 and m.subject = any($2)`,
    [tenant, subjects],
  );
  return new Map(rows.map((row) => [row.subject, { ...row, content: JSON.parse(row.content) as DemandContent }]));
}

/** Somebody has these messages. `answerDueAt`: when the answer to it is overdue; none: no answer is awaited. */
export async function demandsTaken(
  client: ClientBase,
  tenant: string,
  taken: readonly { readonly subject: string; readonly answerDueAt?: Instant; readonly isAcknowledged: boolean }[],
  now: Instant,
): Promise<void> {
  if (taken.length === 0) return;
  await client.query(
    `with taken as (
       update lading.demand_message m
          set taken_at = to_timestamp($2::float8 / 1000),
              receipted_at = case when new.acknowledged then to_timestamp($2::float8 / 1000) else m.receipted_at end
         from unnest($3::text[], $4::float8[], $5::bool[]) as new (subject, due_at, acknowledged)
        where m.tenant = $1 and m.subject = new.subject
       returning m."order", m.customer, m.revision, new.due_at, new.acknowledged)
     update lading.transport_demand d
        set under_way = false, answer_due_at = to_timestamp(taken.due_at / 1000),
            acknowledged_at = case when taken.acknowledged then to_timestamp($2::float8 / 1000) end
       from taken
      where d.tenant = $1 and d."order" = taken."order" and d.customer = taken.customer and d.revision = taken.revision`,
    [
      tenant,
      now,
      taken.map(({ subject }) => subject),
      taken.map(({ answerDueAt }) => answerDueAt),
      taken.map(({ isAcknowledged }) => isAcknowledged),
    ],
  );
}

/** Nobody will have these messages. */
export async function demandsRefused(client: ClientBase, tenant: string, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  await client.query(
    `update lading.transport_demand d set under_way = false from lading.demand_message m
      where m.tenant = $1 and m.subject = any($2) and d.tenant = m.tenant and d."order" = m."order"
        and d.customer = m.customer and d.revision = m.revision`,
    [tenant, subjects],
  );
}

/** Answers that are overdue by now, each told once. */
export async function overdueDemands(
  client: ClientBase,
  tenant: string,
  now: Instant,
): Promise<(DemandName & { recipient: string; isAcknowledged: boolean })[]> {
  const { rows } = await client.query(
    `update lading.transport_demand set answer_due_at = null
      where tenant = $1 and answer_due_at <= to_timestamp($2::float8 / 1000)
    returning "order", customer, recipient, acknowledged_at is not null as "isAcknowledged"`,
    [tenant, now],
  );
  return rows;
}
