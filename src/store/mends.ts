// Messages taken in corrected, and those that they mend.
import type { ClientBase } from 'pg';
import type { Queryable } from './database.ts';
import { withoutNulls } from './reading.ts';

export type MendableMessage = {
  readonly id: string;
  readonly partner: string;
  readonly bound: boolean;
  readonly fileName?: string;
  readonly mediaType?: string;
  readonly quarantined: boolean;
  /** The message that corrects it. */
  readonly mendedBy?: string;
};

export async function mendableMessage(db: Queryable, tenant: string, id: string): Promise<MendableMessage | undefined> {
  const { rows } = await db.query(
    `select id::text, partner, bound, file_name as "fileName", media_type as "mediaType", quarantined,
            (select n.id::text from lading.message n where n.tenant = $1 and n.mends = m.id limit 1) as "mendedBy"
       from lading.message m where tenant = $1 and id = $2::bigint`,
    [tenant, id],
  );
  return rows[0] === undefined ? undefined : withoutNulls(rows[0]);
}

/** Says which message a new one mends; before anybody can work on it. */
export async function nameMended(client: ClientBase, tenant: string, id: string, mends: string): Promise<void> {
  await client.query('update lading.message set mends = $3::bigint where tenant = $1 and id = $2::bigint', [
    tenant,
    id,
    mends,
  ]);
}

/** What was wrong with these is mended: nothing of them is set aside any more. */
export async function releaseMended(client: ClientBase, tenant: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await client.query('update lading.message set quarantined = false where tenant = $1 and id = any($2::bigint[])', [
    tenant,
    ids,
  ]);
}

/** What these messages gave; `data` as JSON text. */
export async function saidIn(
  client: ClientBase,
  tenant: string,
  messageIds: readonly string[],
): Promise<{ messageId: string; type: string; data: string }[]> {
  const { rows } = await client.query<{ messageId: string; type: string; data: string }>(
    `select message_id::text as "messageId", type, data from lading.event
      where tenant = $1 and message_id = any($2::bigint[])`,
    [tenant, messageIds],
  );
  return rows;
}
