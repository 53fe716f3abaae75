// Which of our documents Odoo already has. The question comes before every act that could double something.
//
// `ir.model.data.check_object_reference` is open to ordinary users and asks the index that makes external ids unique.
// It answers an unknown id with a ValueError; `false` in place of a record's id is what a worker remembers of a
// `load` that was rolled back, and means "not there" too.
import type { Door } from '../doors/door.ts';
import { OdooError } from '../doors/failure.ts';
import type { ExternalIds } from '../external-id.ts';
import { inTurns } from '../in-turns.ts';
import { MOVE_FIELDS, type Move, moveFrom } from './invoice.ts';

/** The database id behind one of our external ids; `undefined` when there is none. */
export async function recordBehind(call: Door, externalId: string): Promise<number | undefined> {
  const [module, name] = externalId.split('.', 2);
  try {
    const args = { module, xml_id: name };
    const answer = await call({ model: 'ir.model.data', method: 'check_object_reference', args });
    const id = Array.isArray(answer) ? answer[1] : undefined;
    return typeof id === 'number' ? id : undefined;
  } catch (error) {
    if (error instanceof OdooError && error.failure.kind === 'fault' && error.failure.name === 'builtins.ValueError') {
      return undefined;
    }
    throw error;
  }
}

/** Moves by key, for those that exist. A record that was deleted behind its external id does not. */
export async function resolveMoves(
  call: Door,
  ids: ExternalIds,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Move>> {
  const moveIds = new Map<string, number>();
  await inTurns([...new Set(keys)], async (key) => {
    const id = await recordBehind(call, ids.document(key));
    if (id !== undefined) moveIds.set(key, id);
  });
  const moves = await readMoves(call, [...moveIds.values()]);
  return new Map([...moveIds].flatMap(([key, id]) => (moves.has(id) ? [[key, moves.get(id) as Move] as const] : [])));
}

/** Moves by database id; ids that do not exist are left out, as Odoo does. */
export async function readMoves(call: Door, ids: readonly number[]): Promise<ReadonlyMap<number, Move>> {
  if (ids.length === 0) return new Map();
  const records = await call({ model: 'account.move', method: 'read', ids, args: { fields: MOVE_FIELDS } });
  return new Map((records as Record<string, unknown>[]).map(moveFrom).map((move) => [move.id, move]));
}

/** A line as Odoo holds it, in the order of the document. */
export type StoredLine = { readonly description: string; readonly amount: number };

/**
 * The lines of drafts, by move: somebody may have changed them, and what they come to in the books, which the document's amounts are
 * made of, is said beside their prices.
 */
export async function linesOfDrafts(
  call: Door,
  moves: readonly Move[],
): Promise<ReadonlyMap<number, readonly StoredLine[]>> {
  const drafts = moves.filter(({ state }) => state === 'draft').map(({ id }) => id);
  if (drafts.length === 0) return new Map();
  const domain = [
    ['move_id', 'in', drafts],
    ['display_type', '=', 'product'],
  ];
  // Bare ids: a label for each line's document costs more than all the rest.
  const args = { domain, fields: ['move_id', 'name', 'price_subtotal'], order: 'id asc', load: 'ids' };
  const records = (await call({ model: 'account.move.line', method: 'search_read', args })) as LineRecord[];
  const lines = Map.groupBy(records, ({ move_id }) => move_id);
  return new Map(
    drafts.map((id) => {
      const stored = lines.get(id) ?? [];
      return [id, stored.map(({ name, price_subtotal }) => ({ description: name || '', amount: price_subtotal }))];
    }),
  );
}

type LineRecord = { move_id: number; name: string | false; price_subtotal: number };
