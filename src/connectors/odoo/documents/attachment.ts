// Proof of delivery and the like, beside the document it proves.
//
// Files are loaded under external ids of their own, made of the document's key and the SHA-1 of the content: asking what
// is there and then creating would attach a file twice, when the first act is still under way behind a broken
// connection. They go in before the document is posted, so a posted document has them.
import { createHash } from 'node:crypto';
import type { Attachment, OrderNews, Verdict } from '../../contract.ts';
import type { ExternalIds } from '../external-id.ts';
import { loadRecords } from '../load.ts';
import type { Odoo } from '../odoo.ts';
import { together } from '../together.ts';
import type { Draft, LoadTable } from './invoice.ts';

type File = { readonly draft: Draft; readonly attachment: Attachment; readonly checksum: string };

/** What a call may carry; a file that is larger goes alone. Odoo takes 128 MB, as base64. */
export const BYTES_PER_CALL = 16 * 1024 * 1024;

/** Attaches the files of all drafts. Tells of those drafts that did not get all of theirs, by move. */
export async function attachFiles(odoo: Odoo, drafts: readonly Draft[]): Promise<ReadonlyMap<number, Verdict>> {
  const troubled = new Map<number, Verdict>();
  for (const files of inCalls(drafts.flatMap(filesOf))) {
    const outcomes = await together(files, (some) =>
      loadRecords(odoo.call, 'ir.attachment', fileTable(some, odoo.ids)),
    );
    for (const outcome of outcomes) {
      if ('verdict' in outcome) troubled.set(outcome.item.draft.moveId, outcome.verdict);
    }
  }
  return troubled;
}

function filesOf(draft: Draft): readonly File[] {
  return distinctFiles(draft.document.attachments).map((file) => ({ draft, ...file }));
}

/** Each content once, with its SHA-1. */
export function distinctFiles(attachments: readonly Attachment[]): readonly Omit<File, 'draft'>[] {
  const byChecksum = new Map<string, Omit<File, 'draft'>>();
  for (const attachment of attachments) {
    const checksum = createHash('sha1').update(attachment.content).digest('hex');
    byChecksum.set(checksum, { attachment, checksum });
  }
  return [...byChecksum.values()];
}

function inCalls(files: readonly File[]): readonly (readonly File[])[] {
  const calls: File[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const file of files) {
    const size = file.attachment.content.byteLength;
    if (bytes + size > BYTES_PER_CALL) {
      calls.push([]);
      bytes = 0;
    }
    calls.at(-1)?.push(file);
    bytes += size;
  }
  return calls;
}

const FIELDS = ['id', 'name', 'res_model', 'res_id', 'mimetype', 'datas'];

function fileTable(files: readonly File[], ids: ExternalIds): LoadTable {
  const data = files.map(({ draft, attachment, checksum }) => [
    ids.file(draft.document.key, checksum),
    attachment.fileName,
    'account.move',
    String(draft.moveId),
    attachment.mediaType,
    Buffer.from(attachment.content).toString('base64'),
  ]);
  return { fields: FIELDS, data };
}

/** Files beside any other record, each once. Throws `OdooError`. */
export async function attachTo(
  { call, ids }: Odoo,
  model: string,
  recordId: number,
  { key, attachments }: Pick<OrderNews, 'key' | 'attachments'>,
): Promise<void> {
  for (const { fileName, mediaType, content } of attachments) {
    const checksum = createHash('sha1').update(content).digest('hex');
    const externalId = ids.file(`${key}/${model}/${recordId}`, checksum);
    const data = [[externalId, fileName, model, String(recordId), mediaType, Buffer.from(content).toString('base64')]];
    await loadRecords(call, 'ir.attachment', { fields: FIELDS, data });
  }
}
