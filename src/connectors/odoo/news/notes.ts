// Notes beside a record (its chatter), each at most once.
//
// `message_post` gives its message no name, and a lost answer would double it. A message is a record like any other, so it is
// loaded under an external id: what was said is not said again, whoever asks.
import { loadRecords } from '../load.ts';
import type { Odoo } from '../odoo.ts';

export type Note = {
  readonly externalId: string;
  readonly model: 'sale.order' | 'stock.picking';
  readonly recordId: number;
  readonly text: string;
};

const FIELDS = ['id', 'model', 'res_id', 'body', 'message_type', 'subtype_id/id'];

/** Database ids of the messages, in order; of those that were there before, theirs. */
export async function writeNotes({ call }: Odoo, notes: readonly Note[]): Promise<readonly number[]> {
  if (notes.length === 0) return [];
  const data = notes.map(({ externalId, model, recordId, text }) => {
    return [externalId, model, String(recordId), `<p>${asHtml(text)}</p>`, 'comment', 'mail.mt_note'];
  });
  return loadRecords(call, 'mail.message', { fields: FIELDS, data });
}

/**
 * The record on which a note stands, and it stays there: the first to write it decides. So a note can also say, once and for
 * all, which record it is that something belongs to.
 */
export async function recordOfNote(odoo: Odoo, note: Note): Promise<number> {
  const ids = await writeNotes(odoo, [note]);
  const read = await odoo.call({ model: 'mail.message', method: 'read', ids, args: { fields: ['res_id'] } });
  return (read as { res_id: number }[])[0]?.res_id ?? note.recordId;
}

function asHtml(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] as string);
}
