// Facts whose shipment is not known yet, and the names under which it may become known.
import type { ClientBase } from 'pg';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';
import type { Name } from './references.ts';

export type WaitingFact = {
  readonly eventId: string;
  readonly messageId: string;
  readonly sender: string;
  /** See store/facts.ts; empty for an event that decides nothing and only belongs to a shipment's history. */
  readonly fact: string;
  /** What `unmatched-reference` will be about. */
  readonly subject: string;
  /** When its event was recorded. */
  readonly since: Instant;
  readonly names: readonly Name[];
  /** `unmatched-reference` was raised for it. */
  readonly raised: boolean;
};

export async function keepWaiting(client: ClientBase, tenant: string, facts: readonly WaitingFact[]): Promise<void> {
  if (facts.length === 0) return;
  await client.query(
    `insert into lading.waiting (tenant, event_id, message_id, sender, fact, subject, since, names)
     select $1, event_id, message_id, sender, fact, subject, to_timestamp(since_ms / 1000), names
       from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::text[])
         as new (event_id, message_id, sender, fact, subject, since_ms, names)`,
    [
      tenant,
      facts.map(({ eventId }) => eventId),
      facts.map(({ messageId }) => messageId),
      facts.map(({ sender }) => sender),
      facts.map(({ fact }) => fact),
      facts.map(({ subject }) => subject),
      facts.map(({ since }) => since),
      facts.map(({ names }) => JSON.stringify(names.map(({ type, value }) => [type, value]))),
    ],
  );
  const names = facts.flatMap(({ eventId, names }) => names.map((name) => ({ ...name, eventId })));
  await client.query(
    `insert into lading.waiting_name (tenant, type, value, event_id)
     select $1, * from unnest($2::text[], $3::text[], $4::bigint[]) on conflict do nothing`,
    [tenant, names.map(({ type }) => type), names.map(({ value }) => value), names.map(({ eventId }) => eventId)],
  );
}

/** The facts that wait under any of these names; they are held until the transaction ends. */
export async function lockWaitingUnder(
  client: ClientBase,
  tenant: string,
  names: readonly Name[],
): Promise<WaitingFact[]> {
  if (names.length === 0) return [];
  const { rows } = await client.query({
    name: 'lock-waiting-under',
    text: `
      select event_id as "eventId", message_id as "messageId", sender, fact, subject, since, names, raised
        from lading.waiting
       where tenant = $1 and event_id in (
         select w.event_id from unnest($2::text[], $3::text[]) as given (type, value)
           join lading.waiting_name w on w.tenant = $1 and w.value = given.value and w.type = given.type)
       order by event_id for update`,
    values: [tenant, names.map(({ type }) => type), names.map(({ value }) => value)],
  });
  return rows.map((row) => ({ ...row, names: namesFrom(row.names) }));
}

function namesFrom(text: string): Name[] {
  return (JSON.parse(text) as [string, string][]).map(([type, value]) => ({ type, value }));
}

/** Facts that found their shipment wait no more. */
export async function dropWaiting(client: ClientBase, tenant: string, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length === 0) return;
  await client.query(
    `with gone as (delete from lading.waiting where tenant = $1 and event_id = any($2::bigint[]) returning event_id, names)
     delete from lading.waiting_name w
      using (select event_id, n ->> 0 as type, n ->> 1 as value from gone, jsonb_array_elements(names::jsonb) as n) as name
      where w.tenant = $1 and w.event_id = name.event_id and w.type = name.type and w.value = name.value`,
    [tenant, eventIds],
  );
}

// A name finds where exactly one shipment carries it, or where a lesson decides between several. Of `w`, what waits.
export const FINDS_BY_NOW = `
  (w.type = 'shipment' and exists (
     select from lading.shipment s where s.tenant = w.tenant and s.shipment = w.value))
  or (select count(*) = 1 or count(r.taught_at) > 0 from lading.reference r
       where r.tenant = w.tenant and r.value = w.value and r.type = w.type)`;

/** Of the names under which facts wait, those that find a shipment by now: all of them, or some of `among`. */
export async function namesFoundMeanwhile(
  client: Queryable,
  tenant: string,
  limit: number,
  among?: readonly Name[],
): Promise<Name[]> {
  const { rows } = await client.query<Name>(
    `select distinct w.type, w.value from lading.waiting_name w
      where w.tenant = $1 and (${FINDS_BY_NOW})
        and ($2::text[] is null or (w.type, w.value) in (select * from unnest($2::text[], $3::text[])))
      limit $4`,
    [tenant, among?.map(({ type }) => type) ?? null, among?.map(({ value }) => value) ?? null, limit],
  );
  return rows;
}

/** Marks up to `limit` facts that wait since `since` or longer, and returns what is to be said of them. */
export async function markRaised(
  client: ClientBase,
  tenant: string,
  since: Instant,
  limit: number,
): Promise<{ eventId: string; messageId: string; subject: string; names: readonly Name[] }[]> {
  const { rows } = await client.query(
    `update lading.waiting w set raised = true
       from (select event_id from lading.waiting
              where tenant = $1 and not raised and since <= to_timestamp($2::float8 / 1000)
              order by since limit $3 for update skip locked) as due
      where w.tenant = $1 and w.event_id = due.event_id
     returning w.event_id as "eventId", w.message_id as "messageId", w.subject, w.names`,
    [tenant, since, limit],
  );
  return rows.map((row) => ({ ...row, names: namesFrom(row.names) }));
}

/** Of these subjects, those under which nothing raised waits any more. */
export async function subjectsSettled(
  client: ClientBase,
  tenant: string,
  subjects: readonly string[],
): Promise<string[]> {
  if (subjects.length === 0) return [];
  const { rows } = await client.query<{ subject: string }>(
    `select subject from unnest($2::text[]) as asked (subject)
      where not exists (select from lading.waiting w where w.tenant = $1 and w.subject = asked.subject and w.raised)`,
    [tenant, subjects],
  );
  return rows.map(({ subject }) => subject);
}
