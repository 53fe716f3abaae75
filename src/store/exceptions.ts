// Problems with an owner, as they come and go. Of one kind and subject at most one is open.
import type { ClientBase } from 'pg';
import { dueAt, type ExceptionKind, type OpenException, termsOf } from '../model/exception.ts';
import type { Instant } from '../model/time.ts';

export type RaisedException = OpenException & { readonly shipment?: string; readonly messageId?: string };

/**
 * Opens those that are not open, and says of the others what is now true. Due times count from the first opening. What a
 * person waived stays closed while the same message says it in the same words.
 */
export async function openExceptions(
  client: ClientBase,
  tenant: string,
  raised: readonly RaisedException[],
  now: Instant,
): Promise<void> {
  if (raised.length === 0) return;
  // One row a kind and subject, in a fixed order: two workers that raise the same ones never wait in a circle.
  const byKey = new Map(raised.map((exception) => [`${exception.kind} ${exception.subject}`, exception]));
  const rows = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, exception]) => exception);
  await client.query({
    name: 'open-exceptions',
    text: `
      insert into lading.exception (tenant, kind, subject, detail, owner, shipment, message_id, opened_at, due_at)
      select $1, kind, subject, detail, owner, shipment, message_id, to_timestamp($2::float8 / 1000),
             to_timestamp(due_ms / 1000)
        from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::float8[])
          as new (kind, subject, detail, owner, shipment, message_id, due_ms)
       where not exists (
         select from lading.exception w
          where w.tenant = $1 and w.kind = new.kind and w.subject = new.subject and w.waives
            and w.detail = new.detail and w.message_id is not distinct from new.message_id)
      on conflict (tenant, kind, subject) where closed_at is null do update
         set detail = excluded.detail, to_weigh = exception.to_weigh or exception.detail <> excluded.detail`,
    values: [
      tenant,
      now,
      rows.map(({ kind }) => kind),
      rows.map(({ subject }) => subject),
      rows.map(({ detail }) => detail),
      rows.map(({ kind }) => termsOf(kind).owner),
      rows.map(({ shipment }) => shipment),
      rows.map(({ messageId }) => messageId),
      rows.map(({ kind }) => dueAt(kind, now)),
    ],
  });
}

/** Subjects of one kind that are open and begin so. */
export async function openSubjects(
  client: ClientBase,
  tenant: string,
  kind: ExceptionKind,
  beginning: string,
): Promise<string[]> {
  const { rows } = await client.query<{ subject: string }>(
    `select subject from lading.exception
      where tenant = $1 and kind = $2 and starts_with(subject, $3) and closed_at is null order by subject`,
    [tenant, kind, beginning],
  );
  return rows.map(({ subject }) => subject);
}

/** Closes what is open of these; what was waived of them may open again. */
export async function closeExceptions(
  client: ClientBase,
  tenant: string,
  gone: readonly { readonly kind: ExceptionKind; readonly subject: string }[],
  now: Instant,
): Promise<void> {
  if (gone.length === 0) return;
  await client.query({
    name: 'close-exceptions',
    text: `
      with gone as (select * from unnest($3::text[], $4::text[]) as g (kind, subject)), forgotten as (
        update lading.exception e set waives = false from gone
         where e.tenant = $1 and e.kind = gone.kind and e.subject = gone.subject and e.waives)
      update lading.exception e set closed_at = to_timestamp($2::float8 / 1000) from gone
       where e.tenant = $1 and e.kind = gone.kind and e.subject = gone.subject and e.closed_at is null`,
    values: [tenant, now, gone.map(({ kind }) => kind), gone.map(({ subject }) => subject)],
  });
}

/** Closes what these messages raised when they were worked on before. */
export async function closeExceptionsOfMessages(
  client: ClientBase,
  tenant: string,
  messageIds: readonly string[],
  now: Instant,
): Promise<void> {
  if (messageIds.length === 0) return;
  await client.query(
    `update lading.exception set closed_at = to_timestamp($2::float8 / 1000)
      where tenant = $1 and message_id = any($3::bigint[]) and closed_at is null`,
    [tenant, now, messageIds],
  );
}
