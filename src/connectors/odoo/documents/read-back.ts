// What Odoo holds of ours: by key, to settle what is unknown, and all of it, for the conservation check.
import { numberByHand } from '../../../model/by-hand.ts';
import type { LookupResult, Page, StoredDocument, Unavailable, Verdict } from '../../contract.ts';
import { classifyRead } from '../doors/classify.ts';
import type { Odoo } from '../odoo.ts';
import { verdictOn } from '../together.ts';
import { MOVE_FIELDS, MOVE_TYPES, type Move, type MoveType, moveFrom, ORIGIN_PREFIX } from './invoice.ts';
import { resolveMoves } from './resolve.ts';

/** One result for each key, in order. */
export async function lookUp(odoo: Odoo, keys: readonly string[]): Promise<readonly LookupResult[]> {
  try {
    const moves = await resolveMoves(odoo.call, odoo.ids, keys);
    for (const [key, { id, state }] of moves) if (state === 'draft') odoo.seenDrafts.set(key, id);
    return keys.map((key) => found(key, moves.get(key)));
  } catch (error) {
    const trouble = unavailable(verdictOn(error, classifyRead));
    return keys.map((key) => ({ key, lookup: 'unavailable', ...trouble }));
  }
}

function found(key: string, move: Move | undefined): LookupResult {
  if (move === undefined) return { key, lookup: 'absent' };
  const { id, state, name, currency, totalMinor } = move;
  return {
    key,
    lookup: 'found',
    externalId: String(id),
    state,
    erpNumber: name,
    currency,
    storedTotalMinor: totalMinor,
  };
}

const MOVES_PER_PAGE = 200;

/** The cursor is the last database id seen, so pages neither skip nor repeat while others write. */
export async function storedDocuments(odoo: Odoo, cursor = '0'): Promise<Page<StoredDocument>> {
  try {
    const domain = [
      ['move_type', 'in', MOVE_TYPES],
      '|',
      ['invoice_origin', '=like', `${ORIGIN_PREFIX}%`],
      ['reversed_entry_id.invoice_origin', '=like', `${ORIGIN_PREFIX}%`],
      ['id', '>', Number(cursor)],
    ];
    const fields = [...MOVE_FIELDS, 'reversed_entry_id'];
    const args = { domain, fields, order: 'id asc', limit: MOVES_PER_PAGE };
    const records = (await odoo.call({ model: 'account.move', method: 'search_read', args })) as MoveRecord[];
    const moves = records.map((record) => ({ ...moveFrom(record), reverses: linkIn(record.reversed_entry_id) }));
    const items = await ours(odoo, moves);
    const last = moves.at(-1)?.id;
    return { page: 'read', items, next: moves.length < MOVES_PER_PAGE ? undefined : String(last) };
  } catch (error) {
    return { page: 'unavailable', ...unavailable(verdictOn(error, classifyRead)) };
  }
}

type MoveRecord = Record<string, unknown>;
type ListedMove = Move & { readonly reverses: number | undefined };

const linkIn = (value: unknown) => (Array.isArray(value) ? (value[0] as number) : undefined);

// People can copy a document with its source text; only the external id makes it ours. A credit note that they made against
// one of ours belongs to it.
async function ours(odoo: Odoo, moves: readonly ListedMove[]): Promise<StoredDocument[]> {
  if (moves.length === 0) return [];
  const ids = [...new Set(moves.flatMap(({ id, reverses }) => (reverses === undefined ? [id] : [id, reverses])))];
  const externalIds = await odoo.call({ model: 'account.move', method: 'get_external_id', ids });
  const keyOf = (id: number | undefined) => odoo.ids.keyOf((externalIds as Record<string, string>)[id ?? 0] ?? '');
  return moves.flatMap((move) => {
    const key = keyOf(move.id);
    if (key !== undefined) return [storedDocument(key, move)];
    const credits = move.moveType === 'out_refund' ? keyOf(move.reverses) : undefined;
    if (credits === undefined || move.state === 'draft') return [];
    return [{ ...storedDocument(numberByHand(credits, String(move.id)), move), credits }];
  });
}

const KIND_BY_TYPE: Readonly<Record<MoveType, StoredDocument['kind']>> = {
  out_invoice: 'invoice',
  out_refund: 'credit-note',
  in_invoice: 'bill',
  in_refund: 'vendor-credit',
};

function storedDocument(key: string, move: Move): StoredDocument {
  const open = move.residualMinor;
  return {
    key,
    kind: KIND_BY_TYPE[move.moveType],
    externalId: String(move.id),
    erpNumber: move.name,
    currency: move.currency,
    subtotalMinor: move.untaxedMinor,
    taxMinor: move.taxMinor,
    totalMinor: move.totalMinor,
    openMinor: open < 0n ? -open : open,
    state: move.state,
    postedOn: move.state === 'posted' ? move.date : undefined,
  };
}

/** A read that failed, in words; nothing was changed by it. */
export function unavailable(verdict: Verdict): Unavailable {
  if (verdict.verdict === 'refuse') return { reason: verdict.sentence };
  return { reason: verdict.reason, afterMs: verdict.verdict === 'retry' ? verdict.afterMs : undefined };
}
