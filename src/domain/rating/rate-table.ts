// Rows that hold from a value on, up to the next row: weight breaks, fuel tables.

import { type Decimal, decimal } from '../../model/decimal.ts';

type Row = { readonly from: string };

const SORTED = new WeakMap<readonly Row[], readonly Row[]>();

/** By `from`. Sorted once for each table: agreements never change in place. */
export function ascending<R extends Row>(rows: readonly R[]): readonly R[] {
  let sorted = SORTED.get(rows);
  if (sorted === undefined) {
    sorted = [...rows].sort((a, b) => decimal(a.from).cmp(decimal(b.from)));
    SORTED.set(rows, sorted);
  }
  return sorted as readonly R[];
}

/** The row with the greatest `from` not above the value; -1 below the first row. `rows` ascend. */
export function rowIndexAt(rows: readonly Row[], value: Decimal): number {
  return rows.findLastIndex(({ from }) => decimal(from).lte(value));
}
