// Proof of delivery and the like, beside the document it proves.
//
// Odoo gives attachments no key, so one that is there already is known by the SHA-1 of its content on that record.
// They go in before the document is posted: a posted document has them.
import { createHash } from 'node:crypto';
import type { Attachment } from '../contract.ts';
import type { Door } from './door.ts';

const MOST_ATTACHMENTS = 500;

export async function attach(call: Door, moveId: number, attachments: readonly Attachment[]): Promise<void> {
  if (attachments.length === 0) return;
  const onMove = [
    ['res_model', '=', 'account.move'],
    ['res_id', '=', moveId],
  ];
  const args = { domain: onMove, fields: ['checksum'], limit: MOST_ATTACHMENTS };
  const present = (await call({ model: 'ir.attachment', method: 'search_read', args })) as { checksum: string }[];
  const known = new Set(present.map(({ checksum }) => checksum));
  for (const attachment of attachments) {
    const checksum = createHash('sha1').update(attachment.content).digest('hex');
    if (known.has(checksum)) continue;
    known.add(checksum);
    await call({ model: 'ir.attachment', method: 'create', args: { vals_list: [valuesOf(attachment, moveId)] } });
  }
}

function valuesOf({ fileName, mediaType, content }: Attachment, moveId: number) {
  return {
    name: fileName,
    res_model: 'account.move',
    res_id: moveId,
    mimetype: mediaType,
    datas: Buffer.from(content).toString('base64'),
  };
}
