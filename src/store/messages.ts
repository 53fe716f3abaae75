// What came in, byte for byte, and what became of it.
//
// A message is kept with its place in the inbox in one statement; the inbox holds only what is still to be worked on.
import type { ClientBase } from 'pg';
import type { Instant } from '../model/time.ts';
import { bigintColumn, booleanColumn, bytesColumn, floatColumn, integerColumn, textColumn } from './column.ts';
import type { Queryable } from './database.ts';

export type Channel = 'http' | 'folder' | 'cli' | 'desk' | 'pull' | 'mend';

export type NewMessage = {
  readonly bytes: Uint8Array;
  readonly sha256: Uint8Array;
  readonly partner: string;
  readonly channel: Channel;
  /** The channel proves who it is: a sender named inside must be the same. */
  readonly bound: boolean;
  readonly fileName?: string;
  readonly mediaType?: string;
  readonly receivedAt: Instant;
  readonly correlation: string;
  /** Canonical JSON has a key in each event; anything else is known by its bytes. */
  readonly keyedByBytes: boolean;
};

export type KeptMessage = { readonly id: string; readonly duplicate: boolean };

// A double is kept too, for it was received, but never worked on. Of two alike in one call the first is the original:
// `do nothing` sees the rows of its own statement.
const KEEP = `
  with new as (
    select nextval('lading.message_id_seq') as id, given.*
      from unnest($2::bytea[], $3::bytea[], $4::text[], $5::text[], $6::boolean[], $7::text[], $8::text[],
                  $9::float8[], $10::text[], $11::boolean[])
        with ordinality as given (body, sha256, partner, channel, bound, file_name, media_type, received_ms, correlation,
                                  keyed_by_bytes, position)
  ), original as (
    insert into lading.message_key (tenant, partner, sha256, message_id)
    select $1, partner, sha256, id from new where keyed_by_bytes order by sha256, partner, id
    on conflict do nothing
    returning message_id
  ), judged as (
    select new.*, to_timestamp(received_ms / 1000) as received_at,
           keyed_by_bytes and original.message_id is null as duplicate
      from new left join original on original.message_id = new.id
  ), queued as (
    insert into lading.inbox (tenant, message_id, received_at, bytes)
    select $1, id, received_at, length(body) from judged where not duplicate
  ), kept as (
    insert into lading.message (tenant, id, received_at, partner, channel, bound, file_name, media_type, sha256, body,
                                correlation, state, duplicate)
    select $1, id, received_at, partner, channel, bound, file_name, media_type, sha256, body, correlation,
           case when duplicate then 'translated' else 'received' end, duplicate
      from judged
  )
  select id, duplicate from judged order by position`;

/** Keeps messages and queues those that are new, in the order given. */
export async function keepMessages(
  client: Queryable,
  tenant: string,
  messages: readonly NewMessage[],
): Promise<KeptMessage[]> {
  const { rows } = await client.query<KeptMessage>({
    name: 'keep-messages',
    text: KEEP,
    values: [
      tenant,
      bytesColumn(messages, (message) => message.bytes),
      bytesColumn(messages, (message) => message.sha256),
      textColumn(messages, (message) => message.partner),
      textColumn(messages, (message) => message.channel),
      booleanColumn(messages, (message) => message.bound),
      textColumn(messages, (message) => message.fileName),
      textColumn(messages, (message) => message.mediaType),
      floatColumn(messages, (message) => message.receivedAt),
      textColumn(messages, (message) => message.correlation),
      booleanColumn(messages, (message) => message.keyedByBytes),
    ],
  });
  return rows;
}

export type ClaimedMessage = {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly partner: string;
  readonly bound: boolean;
  readonly fileName: string | null;
  readonly mediaType: string | null;
  readonly sha256: Buffer;
  readonly body: Buffer;
  readonly correlation: string;
  /** Worked on before: its events may be there already. */
  readonly again: boolean;
  /** The message that it is the correction of. */
  readonly mends: string | null;
};

export type Claim = {
  readonly messages: number;
  readonly bytes: number;
  /** This one and no other. */
  readonly only?: string;
};

/**
 * The oldest messages of the inbox that nobody else works on, in order of arrival; at most `messages`, and no more once
 * there are `bytes`. They stay claimed until the transaction ends; all others stay free.
 */
export async function claimMessages(client: ClientBase, tenant: string, claim: Claim): Promise<ClaimedMessage[]> {
  const { rows } = await client.query<ClaimedMessage>({
    name: 'claim-messages',
    text: `
      select m.id, m.received_at as "receivedAt", m.partner, m.bound, m.file_name as "fileName",
             m.media_type as "mediaType", m.sha256, m.body, m.correlation, m.again, m.mends
        from lading.claim_inbox($1, $2, $3, $4) as claimed
       cross join lateral (
         select * from lading.message where tenant = $1 and id = claimed.id and received_at = claimed.at offset 0) as m
       order by m.id`,
    values: [tenant, claim.messages, claim.bytes, claim.only ?? null],
  });
  return rows;
}

export type MessageVerdict = {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly kind: string;
  readonly sender?: string;
  readonly duplicate: boolean;
  readonly quarantined: boolean;
  /** How many events were new. */
  readonly events: number;
  /** JSON, where there is something to say. */
  readonly problems?: string;
  readonly acknowledgement?: Uint8Array;
};

/** Writes what became of claimed messages and takes them out of the inbox. */
export async function settleMessages(
  client: ClientBase,
  tenant: string,
  verdicts: readonly MessageVerdict[],
): Promise<void> {
  await client.query({
    name: 'settle-messages',
    text: `
      with verdict as (
        select * from unnest($2::bigint[], $3::float8[], $4::text[], $5::text[], $6::boolean[], $7::boolean[],
                             $8::int[], $9::text[], $10::bytea[])
          as v (id, received_ms, kind, sender, duplicate, quarantined, events, problems, acknowledgement)
      ), done as (
        delete from lading.inbox where inbox.tenant = $1 and inbox.message_id = any($2)
      )
      update lading.message m
         set state = 'translated', kind = v.kind, sender = v.sender, duplicate = v.duplicate,
             quarantined = v.quarantined, events = m.events + v.events, problems = v.problems::jsonb,
             acknowledgement = v.acknowledgement
        from verdict v
       where m.tenant = $1 and m.id = any($2) and m.id = v.id and m.received_at = to_timestamp(v.received_ms / 1000)`,
    values: [
      tenant,
      bigintColumn(verdicts, (verdict) => verdict.id),
      floatColumn(verdicts, (verdict) => verdict.receivedAt),
      textColumn(verdicts, (verdict) => verdict.kind),
      textColumn(verdicts, (verdict) => verdict.sender),
      booleanColumn(verdicts, (verdict) => verdict.duplicate),
      booleanColumn(verdicts, (verdict) => verdict.quarantined),
      integerColumn(verdicts, (verdict) => verdict.events),
      textColumn(verdicts, (verdict) => verdict.problems),
      bytesColumn(verdicts, (verdict) => verdict.acknowledgement),
    ],
  });
}

/** Claims the key of a message that turned out to be known by its bytes. True where they were there before. */
export async function keyByBytes(
  client: ClientBase,
  tenant: string,
  messages: readonly { readonly id: string; readonly partner: string; readonly sha256: Uint8Array }[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>({
    name: 'key-by-bytes',
    text: `
      with new as (select * from unnest($2::bigint[], $3::text[], $4::bytea[]) as n (id, partner, sha256)),
      original as (
        insert into lading.message_key (tenant, partner, sha256, message_id)
        select $1, partner, sha256, id from new order by sha256, partner, id
        on conflict do nothing
        returning message_id)
      select n.id from new n
       where not exists (select from original where message_id = n.id)
         and not exists (select from lading.message_key k where k.tenant = $1 and k.message_id = n.id
                            and k.sha256 = n.sha256 and k.partner = n.partner)`,
    values: [
      tenant,
      messages.map(({ id }) => id),
      messages.map(({ partner }) => partner),
      messages.map((m) => m.sha256),
    ],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Puts messages back into the inbox, to be translated anew. Returns how many there were. */
export async function requeueMessages(client: Queryable, tenant: string, ids: readonly string[]): Promise<number> {
  const { rowCount } = await client.query(
    `with again as (
       update lading.message set state = 'received', again = true
        where tenant = $1 and id = any($2::bigint[]) and not duplicate and state = 'translated'
       returning id, received_at, length(body) as bytes)
     insert into lading.inbox (tenant, message_id, received_at, bytes)
     select $1, id, received_at, bytes from again
     on conflict do nothing`,
    [tenant, ids],
  );
  return rowCount ?? 0;
}
