// Lists come in pages. A cursor is opaque to the caller: it names the list and the place after the last row seen, so
// that rows arriving meanwhile neither shift nor repeat a page.

import { type TSchema, Type } from 'typebox';
import type { PageRequest } from '../store/reading.ts';
import { ApiProblem } from './problems.ts';

export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100, description: 'Rows in a page' })),
  cursor: Type.Optional(Type.String({ maxLength: 1_000, description: '`next` of the page before' })),
};

export function PageOf(items: TSchema) {
  return Type.Object({
    items: Type.Array(items),
    next: Type.Optional(Type.String({ description: 'Give it as `cursor` to read on; missing on the last page' })),
  });
}

/** What a list is searched for: how a number or a name begins. */
export const SearchText = Type.String({
  maxLength: 200,
  description: 'How a number, a name or a place begins: any reference, order, invoice, customer, carrier, city',
});

/** `pickup` and `-pickup` for each. */
export function bothWays(names: readonly string[]): string[] {
  return names.flatMap((name) => [name, `-${name}`]);
}

/** `-pickup` → pickup, descending. */
export function sortFrom(sort: string): { sort: string; descending: boolean } {
  return sort.startsWith('-') ? { sort: sort.slice(1), descending: true } : { sort, descending: false };
}

/** The sort columns of the last row seen. */
type Place = readonly string[];

export function pageRequest(
  list: string,
  query: { limit?: number; cursor?: string },
  placeLength: number,
): PageRequest {
  const limit = query.limit ?? 100;
  if (query.cursor === undefined) return { limit };
  const after = placeFrom(list, query.cursor);
  if (after?.length !== placeLength) {
    throw invalidCursor();
  }
  return { limit, after };
}

export function invalidCursor(): ApiProblem {
  return new ApiProblem('invalid-cursor', 'cursor: give `next` of the page before, unchanged, or leave it out');
}

/** `rows` may hold one more than the limit: that one says that there is a further page. */
export function pageFrom<Row, Item>(
  list: string,
  limit: number,
  rows: readonly Row[],
  itemFrom: (row: Row) => Item,
  placeOf: (row: Row) => Place,
): { items: Item[]; next?: string } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(itemFrom), ...(more ? { next: cursorOf(list, placeOf(last)) } : {}) };
}

export function cursorOf(list: string, place: Place): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url');
}

function placeFrom(list: string, cursor: string): Place | undefined {
  try {
    const [name, ...place] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    return name === list && place.every((part) => typeof part === 'string') ? (place as string[]) : undefined;
  } catch {
    return undefined;
  }
}
