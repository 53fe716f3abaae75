// Documents made, given their files, compared and posted by the companion module, in one call and one transaction.
//
// Where it does not take a document for its size, or the document comes out otherwise than meant, a draft is left, and the
// ordinary way (`send.ts`) takes it from there.
import { formatMinor } from '../../../model/money.ts';
import { COMPANION_FIELD } from '../companion.ts';
import { loadedIds, NEVER_OVERWRITE } from '../load.ts';
import type { Odoo } from '../odoo.ts';
import { BYTES_PER_CALL, distinctFiles } from './attachment.ts';
import { type Draftable, loadTable, subtotalOf, taxOf } from './invoice.ts';

/**
 * Makes and posts documents of one group, all or none; database ids in order. What was there before, what comes out otherwise
 * than meant, and what has too many files for one call is left a draft. Throws `OdooError`.
 */
export async function makeAndPost(
  { call, ids, settings }: Odoo,
  items: readonly Draftable[],
  context: Readonly<Record<string, unknown>> | undefined,
): Promise<readonly number[]> {
  const { fields, data } = loadTable(items, ids);
  const keyOf = new Map(items.map(({ document: { key } }) => [ids.document(key), `${ids.module}:${key}`]));
  const whole = withinOneCall(items);
  const args = {
    columns: fields.toSpliced(1, 0, COMPANION_FIELD),
    rows: data.map((row) => row.toSpliced(1, 0, keyOf.get(row[0] ?? '') ?? '')),
    expected: Object.fromEntries(
      whole.map((item) => [ids.document(item.document.key), expectedOf(item, settings.closedPeriod)]),
    ),
    files: whole.flatMap(({ document: { key, attachments } }) =>
      distinctFiles(attachments).map(({ checksum, attachment: { fileName: name, mediaType: mimetype, content } }) => ({
        id: ids.file(key, checksum),
        document: ids.document(key),
        ...{ name, mimetype, datas: Buffer.from(content).toString('base64') },
      })),
    ),
  };
  const answer = await call({
    model: 'account.move',
    method: 'lading_post',
    args,
    context: { ...NEVER_OVERWRITE, ...context },
  });
  return loadedIds(answer);
}

/** Those whose files go with them; the others get theirs the ordinary way. */
function withinOneCall(items: readonly Draftable[]): readonly Draftable[] {
  let bytes = 0;
  return items.filter(({ document: { attachments } }) => {
    const size = attachments.reduce((sum, { content }) => sum + content.byteLength, 0);
    if (bytes + size > BYTES_PER_CALL) return false;
    bytes += size;
    return true;
  });
}

function expectedOf({ document, partnerId }: Draftable, closedPeriod: string | undefined) {
  const { kind, currency, issuedOn } = document;
  const mayMove = kind === 'bill' || closedPeriod === 'next-open-day';
  return {
    amount_untaxed: formatMinor(subtotalOf(document), currency),
    amount_tax: formatMinor(taxOf(document), currency),
    currency,
    partner_id: partnerId,
    invoice_date: issuedOn,
    // The accounting date it must be booked on.
    date: mayMove ? false : issuedOn,
  };
}
