// What lists that are sorted and searched by the database share: an order in which every row has a place, what comes after
// a place, and how a text begins.

/** An expression that has a value for every row, and what it is compared as. */
export type Sort = { readonly by: string; readonly type: 'text' | 'timestamptz' | 'date' | 'numeric' | 'bigint' };

/** The rows' own key makes equal values tell apart; its expression is ours, never the caller's. */
export type SortedBy = { readonly sort: Sort; readonly key: Sort; readonly descending: boolean };

/** Adds a value to the statement and says its place: `$3`. */
export type Given = (value: unknown) => string;

const SHAPES: Readonly<Record<Sort['type'], RegExp>> = {
  text: /^/,
  timestamptz: /^(-infinity|[-0-9:. ]{10,30}\+00)$/,
  date: /^\d{4,6}-\d\d-\d\d$/,
  numeric: /^-?\d{1,60}$/,
  bigint: /^\d{1,18}$/,
};

/** A place that this order can have given: what is compared with a time must be one. */
export function isPlaceOf({ sort, key }: Pick<SortedBy, 'sort' | 'key'>, [value = '', id = '']: readonly string[]) {
  return SHAPES[sort.type].test(value) && SHAPES[key.type].test(id);
}

export function orderBy({ sort, key, descending }: SortedBy): string {
  const way = descending ? 'desc' : 'asc';
  return sort.by === key.by ? `${key.by} ${way}` : `${sort.by} ${way}, ${key.by} ${way}`;
}

export function comesAfter({ sort, key, descending }: SortedBy, [value, id]: readonly string[], given: Given): string {
  const place = `(${given(value)}::${sort.type}, ${given(id)}::${key.type})`;
  return `(${sort.by}, ${key.by}) ${descending ? '<' : '>'} ${place}`;
}

/** By its bytes, as it may be written. Comparing is all that the tables' guard lets an index do: no `like`. */
export function beginsWith(column: string, text: string, given: Given): string {
  const ways = [...new Set([text, text.toUpperCase(), text.toLowerCase()])];
  return ways
    .map((way) => `(${column} collate "C" >= ${given(way)} and ${column} collate "C" < ${given(`${way}\u{10ffff}`)})`)
    .join(' or ');
}
