// What all read queries share: how a page is asked for, and how a time leaves the database.

/** `after`: the sort columns of the last row seen. Queries give one row more than `limit`, to tell whether there is more. */
export type PageRequest = { readonly limit: number; readonly after?: readonly string[] };

/** A time as RFC 3339 text, UTC, to the millisecond. The column's name is ours, never the caller's. */
export const utc = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A row as pg gives it, untyped, as what the query's columns say it is. Nulls of the database are absent keys of ours. */
export function withoutNulls<Row>(row: object): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Row;
}
