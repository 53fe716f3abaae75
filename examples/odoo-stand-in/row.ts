// A record as the stand-in keeps it, and a change of one.
export type Value = string | number | boolean | readonly number[];
export type Row = Readonly<Record<string, Value>> & { readonly id: number };
/** A row put, or deleted where `null`. */
export type Change = readonly [model: string, id: number, row: Row | null];
