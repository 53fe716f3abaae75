// The content of documents (proofs of delivery and others), kept once by its hash.
import type { ClientBase } from 'pg';
import type { Queryable } from './database.ts';

export type NewAttachment = {
  /** SHA-256 of the content, hex. */
  readonly sha256: string;
  readonly mediaType?: string;
  readonly content: Uint8Array;
};

export async function keepAttachments(client: ClientBase, tenant: string, attachments: readonly NewAttachment[]) {
  // One by one: they are few and large.
  for (const { sha256, mediaType, content } of attachments) {
    await client.query(
      `insert into lading.attachment (tenant, sha256, media_type, content) values ($1, decode($2, 'hex'), $3, $4)
       on conflict do nothing`,
      [tenant, sha256, mediaType, content],
    );
  }
}

/** By its hash, hex. */
export async function attachmentOf(
  db: Queryable,
  tenant: string,
  sha256: string,
): Promise<{ mediaType?: string; content: Uint8Array } | undefined> {
  const { rows } = await db.query<{ mediaType: string | null; content: Buffer }>(
    `select media_type as "mediaType", content from lading.attachment where tenant = $1 and sha256 = decode($2, 'hex')`,
    [tenant, sha256],
  );
  const [row] = rows;
  return row && { content: row.content, ...(row.mediaType === null ? {} : { mediaType: row.mediaType }) };
}
